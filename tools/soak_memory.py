#!/usr/bin/env python3
"""The memory of `castner serve` under a steady load: does it reach a plateau? Readings of 500 tags at 1 Hz, pages that ask and read the stream, people
who sign in and out, now and then a large packed body; the resident memory every ten seconds, its median by hour, and its rise over the last half.

  soak_memory.py CASTNER [HOURS]      6 hours without; 0.25 is a first look
"""
import contextlib, gzip, pathlib, re, statistics, sys, tempfile, threading, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))
from live_server import LiveServer

HOURS = float(sys.argv[2]) if len(sys.argv) > 2 else 6.0
TAGS = 500
MOST_RISE = 0.05  # of the median, over the last half


def status(server, key):
    text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(rf"{key}:\s+(\d+)", text)[1]) / 1024


def send(server, path, body, **headers):
    request = urllib.request.Request(server.url + path, body, {"Authorization": f"Bearer {server.token}", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def push(server, over):
    n = 0
    while not over.wait(1.0):
        now = time.time_ns()
        lines = "".join(f"T{k:03d} value={(n * 7 + k) % 1000 / 10} {now}\n" for k in range(TAGS))
        with contextlib.suppress(OSError):
            send(server, "/api/v1/write", lines.encode())
            if n % 60 == 30:  # an hour of one tag that was kept elsewhere
                late = "".join(f"L{n % 7} value={k} {now - k * 10**9}\n" for k in range(20000))
                send(server, "/api/v1/write", gzip.compress(late.encode()), **{"Content-Encoding": "gzip"})
        n += 1


def look(server, over):
    n = 0
    while not over.wait(0.5):
        n += 1
        with contextlib.suppress(OSError):
            for path in ("/api/v1/latest", f"/api/v1/history?tags=T{n % TAGS:03d}&from=now-1h&points=500", "/api/v1/sources", "/healthz", "/metrics"):
                send(server, path, None)


def main():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LiveServer(sys.argv[1], folder) as server:
        server.make_token()
        over = threading.Event()
        for work in (push, look, look):
            threading.Thread(target=work, args=(server, over), daemon=True).start()
        samples, began = [], time.monotonic()
        while (elapsed := time.monotonic() - began) < HOURS * 3600:
            time.sleep(10)
            samples.append((elapsed, status(server, "VmRSS")))
            if len(samples) % 30 == 0:
                print(f"{elapsed / 60:6.1f} min  {samples[-1][1]:6.1f} MB now, {statistics.median(m for _, m in samples[-30:]):6.1f} MB median of five minutes, "
                      f"{status(server, 'Threads') * 1024:.0f} threads", flush=True)
        over.set()
        half = [m for t, m in samples if t > HOURS * 1800]
        third = max(1, len(half) // 3)
        before, after = statistics.median(half[:third]), statistics.median(half[-third:])
        print(f"over the last {HOURS / 2:g} h: {before:.1f} to {after:.1f} MB, {100 * (after / before - 1):+.1f} %; at most {status(server, 'VmHWM'):.1f} MB")
        sys.exit(after > before * (1 + MOST_RISE))


main()
