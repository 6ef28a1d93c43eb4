#!/usr/bin/env python3
"""Records and history copied from a server that is written to, restored after everything is lost, as docs/guide/installation.md says:
accounts, tokens, the audit trail and the readings are those of the backup, and what was removed before it stays removed.

  restored.py CASTNER
"""
import json, pathlib, shutil, stat, subprocess, sys, tempfile, threading, time, urllib.error, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_server import LiveServer


def back_up(what, path, to):
    done = subprocess.run([sys.argv[1], what, "backup", str(path), "--to", str(to)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert stat.S_IMODE(to.stat().st_mode) == 0o600, oct(to.stat().st_mode)
    return done.stdout


def json_of(request):
    with urllib.request.urlopen(request, timeout=20) as answer:
        body = answer.read()
        return json.loads(body) if body else None


def make_token(server, name):
    return json_of(server.as_root("/api/v1/tokens", json.dumps({"name": name, "role": "engineer"}).encode()))


def remove_token(server, name):
    (one,) = [t for t in json_of(server.as_root("/api/v1/tokens"))["tokens"] if t["name"] == name]
    json_of(server.as_root(f"/api/v1/tokens/{one['id']}", method="DELETE"))
    return str(one["id"])


def works(server, token):
    server.token, kept = token, server.token
    try:
        server.get("/api/v1/overview")
        return True
    except urllib.error.HTTPError as answer:
        assert answer.code == 401, answer.code
        return False
    finally:
        server.token = kept


def trail(server):
    return [(e["what"], e["detail"]) for e in json_of(server.as_root("/api/v1/audit"))["entries"]]


with tempfile.TemporaryDirectory(prefix="castner-") as scratch:
    scratch = pathlib.Path(scratch)
    plant, safe = scratch / "server", scratch / "safe"
    plant.mkdir()
    safe.mkdir()
    with LiveServer(sys.argv[1], plant) as server:
        server.make_token()
        lost = make_token(server, "stolen")["token"]
        assert works(server, lost)
        gone = remove_token(server, "stolen")
        first = int(time.time() * 1000) - 3_600_000
        acknowledged, stop = [], threading.Event()

        def push():
            while not stop.is_set() and server.write(f"x value={len(acknowledged)} {first + len(acknowledged)}\n"):
                acknowledged.append(len(acknowledged))

        writer = threading.Thread(target=push)
        writer.start()
        while len(acknowledged) < 20:
            assert writer.is_alive()
            time.sleep(0.01)
        # Nothing has been stopped, so accounts and the removal may still lie in -wal alone.
        said = back_up("records", plant / "castner-records.db", safe / "records.db")
        assert "1 account" in said and "1 token," in said, said
        before = len(acknowledged)
        back_up("historian", plant / "history.db", safe / "history.db")
        after = len(acknowledged) + 1  # one may be on its way
        stop.set()
        writer.join()
        entries = trail(server)
        remove_token(server, "test")  # after the backup: comes back, as the guide says
        assert not works(server, server.token)
        for name in ("history.db", "castner-records.db"):
            for suffix in ("", "-wal", "-shm"):
                mode = stat.S_IMODE((plant / (name + suffix)).stat().st_mode)
                assert mode == 0o600, (name + suffix, oct(mode))
        server.kill()

        # Everything is lost, then restored. Old logs stay away from the new files.
        (plant / "before").mkdir()
        for file in plant.glob("*.db*"):
            shutil.move(file, plant / "before")
        shutil.copy(safe / "history.db", plant / "history.db")
        shutil.copy(safe / "records.db", plant / "castner-records.db")
        server.verify()
        server.start()
        assert works(server, server.token) and not works(server, lost)
        found = [value for _, value in server.history("x", "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")]
        assert found == list(range(len(found))) and before <= len(found) <= after, (before, len(found), after)
        restored = trail(server)
        assert ("token.removed", gone) in restored, restored
        assert restored[-1] == entries[-1], "the trail begins as before"
        # It goes on: what is written now is kept.
        assert server.write(f"x value=-1 {first - 1}\n") and server.stop() == 0
    print(f"records and {len(found)} readings restored to the moment of their backup; what was removed before stays removed")
