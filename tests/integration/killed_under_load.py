#!/usr/bin/env python3
"""kill -9 of the server at random moments under load: no acknowledged reading is lost, none is changed.

  killed_under_load.py CASTNER [KILLS] [SEED]

Four writers send batches by HTTP as fast as the server takes them and note what was acknowledged; the server is killed 0.05 to
0.5 s after it began to listen, started again, and at the end every acknowledged reading is asked for and the file is verified.
"""
import datetime, pathlib, random, subprocess, sys, tempfile, threading, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_server import LiveServer

BATCH, WRITERS, START = 100, 4, 1_795_046_400_000  # ms; 2026-11-19


def reading(writer, k):
    """What reading k of a writer is: a value that no neighbour shares, so that a mixed-up one is seen."""
    return (k * 7919 + writer) % 1_000_003 / 1000


class Writer(threading.Thread):
    def __init__(self, number, server):
        super().__init__(daemon=True)
        self.number, self.server, self.next, self.ends = number, server, 0, False  # all before `next` are acknowledged

    def run(self):
        while not self.ends:
            first = self.next
            lines = "".join(f"load{self.number} value={reading(self.number, k)} {START + k}\n" for k in range(first, first + BATCH))
            if self.server.write(lines, timeout=5):
                self.next += BATCH
            else:
                time.sleep(0.01)  # the same batch again, as a client must


def main():
    castner, kills, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 25, int(sys.argv[3]) if len(sys.argv) > 3 else 20261123
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        server = LiveServer(castner, folder)
        server.make_token()
        port = server.url.rsplit(":", 1)[1]
        server.file.write_text(server.file.read_text().replace("127.0.0.1:0", "127.0.0.1:" + port))
        writers = [Writer(k, server) for k in range(WRITERS)]
        for w in writers:
            w.start()
        for n in range(kills):
            time.sleep(rng.uniform(0.05, 0.5))
            server.kill()
            server.start()
        time.sleep(0.5)
        for w in writers:
            w.ends = True
        for w in writers:
            w.join(30)
        total = lost = changed = 0
        for w in writers:
            found = {}
            for at, value in server.history(f"load{w.number}", "2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z"):
                ms = round(datetime.datetime.fromisoformat(at).timestamp() * 1000)
                found[ms - START] = value
            total += w.next
            lost += sum(k not in found for k in range(w.next))
            changed += sum(value != reading(w.number, k) for k, value in found.items())
        code = server.stop()
        verified = subprocess.run([castner, "historian", "verify", str(pathlib.Path(folder) / "history.db")], capture_output=True, text=True)
        print(f"seed {seed}: {kills} kills, {total} readings acknowledged, {lost} lost, {changed} changed; the server stopped with {code}; {verified.stdout.strip()}")
        if total < kills * BATCH or lost or changed or code or verified.returncode:
            sys.exit(f"{verified.stdout}{verified.stderr}\n{server.log.read_text()[-3000:]}")


main()
