#!/usr/bin/env python3
"""Retention and clocks with the real server: no clock deletes a history, what is unusual waits and is said, a person's word deletes it;
a reading from the future is kept, counted and never the newest, after a restart neither.

  kept.py CASTNER
"""
import json, pathlib, sys, tempfile, time, urllib.error, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_server import LiveServer
from peers import wait_for

DAY = 86400
RULE = '[[retention]]\ntags = "*"\nkeep = "30 d"\n'


def lines(tag, days, now):
    """A reading each ten minutes for two hours of each day."""
    return "".join(f"{tag} value={d}.5 {int((now - d * DAY + k * 600) * 1000)}\n" for d in days for k in range(12))


def count(server, tag):
    return len(server.history(tag, "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"))


def health(server):
    with urllib.request.urlopen(server.url + "/healthz", timeout=20) as answer:
        return json.load(answer)


def waits(server):
    return server.get("/api/v1/overview")["storage"]["deletion_waits"]


def from_the_future():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LiveServer(sys.argv[1], folder, 'clock_tolerance = "10 min"\n') as server:
        server.make_token()
        now = time.time()
        at = lambda seconds: int((now + seconds) * 1000)
        assert server.write(f"x value=1 {at(-60)}\nx value=99 {at(315e6)}\nx value=2 {at(540)}\nx value=98 {at(660)}\ny value=7 {at(86400)}\n")
        newest = lambda: [v["value"] for v in server.get("/api/v1/latest?tags=x,y")["values"]]
        assert newest() == [2, None], newest()
        server.kill()
        server.start()
        assert newest()[1] is None and newest()[0] in (1, 2), newest()  # the file knows no tolerance but the usual one
        assert server.write(f"x value=3 {at(-1)}\n") and newest()[0] in (2, 3)
        found = server.get("/api/v1/history?tags=x&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")["series"][0]
        assert found["values"] == [1, 3, 2, 98, 99] and found["quality"] == ["good"] * 3 + ["uncertain"] * 2, found
        assert "castner_readings_ahead_total 0" in server.text("/metrics") and server.stop() == 0


from_the_future()
with tempfile.TemporaryDirectory(prefix="castner-") as folder:
    now = time.time() - 3 * 3600
    server = LiveServer(sys.argv[1], folder, RULE)
    with server:
        server.make_token()
        # A history that ended 400 days ago: to the rule's clock all of it would be too old.
        assert server.write(lines("old", range(430, 400, -1), now))
        assert server.stop() == 0
        server.start()
        time.sleep(2.5)  # it looks each second, and deletes at the first look
        assert count(server, "old") == 360 and waits(server) is None and not health(server)["deletion_waits"]

        # Readings come again, as from a server whose clock was set 400 days ahead. The history waits for a person, over restarts too.
        assert server.write(lines("new", range(20, 0, -1), now))
        for _ in range(2):
            server.kill()
            server.start()
            found = wait_for("the deletion waits and is said", lambda: waits(server))
            assert found["readings"] == 360 and health(server)["deletion_waits"], found
            assert count(server, "old") == 360 and count(server, "new") == 240
        assert "deletion_waits readings=360" in server.log.read_text()

        request = urllib.request.Request(server.url + "/api/v1/history/deletion", b"", {"Authorization": f"Bearer {server.token}"})
        try:
            urllib.request.urlopen(request, timeout=20)
            raise AssertionError("an engineer's token deleted history")
        except urllib.error.HTTPError as answer:
            assert answer.code == 403
        with urllib.request.urlopen(server.as_root("/api/v1/history/deletion", b""), timeout=20) as answer:
            assert json.load(answer) == {"deleted": 360}
        assert count(server, "old") == 0 and count(server, "new") == 240 and waits(server) is None
        assert server.stop() == 0
    print(f"a history that is too old at once waits, and goes by a word; {server.verify()}")
