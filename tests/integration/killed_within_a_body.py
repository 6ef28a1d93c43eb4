#!/usr/bin/env python3
"""kill -9 while the server takes one large body: it is there whole or not at all, and whole where it was acknowledged.

  killed_within_a_body.py CASTNER [KILLS] [SEED]

Half a million readings of eight tags take several rows of the write-ahead log. The shortest time that one took so far tells
at which moments to kill the server within the next.
"""
import pathlib, random, re, sys, tempfile, threading, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_server import LiveServer

TAGS, EACH, START = 8, 60_000, 1_795_046_400_000  # ms; 2026-11-19
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 12
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 20261129


def body(number):
    first = START + number * EACH
    return "".join(f"large{tag} value={(k * 7919 + tag) % 100_003 / 8} {first + k}\n" for k in range(EACH) for tag in range(TAGS))


def readings(server):
    return int(re.search(r"(\d+) readings", server.verify())[1])


rng = random.Random(SEED)
with tempfile.TemporaryDirectory(prefix="castner-") as folder, LiveServer(sys.argv[1], folder) as server:
    server.make_token()
    times = []

    def send(text):
        began = time.monotonic()
        if server.write(text, timeout=120):
            times.append(time.monotonic() - began)

    send(body(0))
    kept, acknowledged = [0], 0
    for number in range(1, KILLS + 1):
        before, text = len(times), body(number)
        sender = threading.Thread(target=send, args=(text,))
        sender.start()
        time.sleep(rng.uniform(0.1, 1.1) * min(times))
        server.kill()
        sender.join()
        said = len(times) > before
        more = readings(server) - len(kept) * TAGS * EACH
        assert more in (0, TAGS * EACH), f"body {number}, seed {SEED}: {more} of its {TAGS * EACH} readings are there"
        assert more or not said, f"body {number}, seed {SEED}: acknowledged and not there"
        acknowledged += said
        if more:
            kept.append(number)
        server.start()
    found = [(number, k) for number in kept for k in range(EACH)]
    values = [value for _, value in server.history("large5", "2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z")]
    assert values == [(k * 7919 + 5) % 100_003 / 8 for _, k in found], "not what was sent, in its order"
    assert server.stop() == 0
    print(f"seed {SEED}: {KILLS} kills within a body of {TAGS * EACH} readings ({min(times):.2f} s), {len(kept) - 1} of them whole, of which {acknowledged} "
          f"acknowledged, the others not there at all; {server.verify()}")
    assert len(kept) <= KILLS, "no kill came before a body was kept, which is what it is about"
