#!/usr/bin/env python3
"""Retention with the real server: no clock deletes a history, what is unusual waits and is said, a person's word deletes it.

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
