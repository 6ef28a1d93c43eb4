#!/usr/bin/env python3
"""The memory of `castner serve` under a steady load: does it reach a plateau? Readings of 500 tags at 1 Hz, pages that ask and read the stream, people
who sign in and out, now and then a large packed body; the resident memory every ten seconds, its median of five minutes, and its rise over the last half.

  soak_memory.py CASTNER [HOURS [SPEED]]      6 hours without; 0.25 is a first look; at speed 4 the readings of 6 hours, all pushes
                                              and all that is asked come within 1.5
"""
import gzip, pathlib, re, statistics, sys, tempfile, threading, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))
from live_server import LiveServer

HOURS = float(sys.argv[2]) if len(sys.argv) > 2 else 6.0  # of the plant
SPEED = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
BEGAN, FIRST = time.monotonic(), time.time() - HOURS * 3600 * (1 - 1 / SPEED)  # the plant's clock reaches now at the end
TAGS = 500
MOST_RISE = 0.05  # of the median, over the last half


def status(server, key):
    text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(rf"{key}:\s+(\d+)", text)[1]) / 1024


def send(server, path, body, **headers):
    request = urllib.request.Request(server.url + path, body, {"Authorization": f"Bearer {server.token}", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def plant_time():
    """[s] since the epoch"""
    return FIRST + (time.monotonic() - BEGAN) * SPEED


def every(seconds, over, failed, act):
    """Calls `act` with 0, 1, 2, ... every `seconds` of the plant until `over`; counts what was refused, for a load of refusals is none."""
    n = 0
    while not over.wait(seconds / SPEED):
        try:
            act(n)
        except OSError as e:
            failed.append(f"{act.__name__}: {e}")
        n += 1


def loads(server):
    def push(n):
        now = int(plant_time() * 1e9)
        lines = "".join(f"T{k:03d} value={(n * 7 + k) % 1000 / 10} {now}\n" for k in range(TAGS))
        send(server, "/api/v1/write", lines.encode())
        if n % 60 == 30:  # some hours of one tag that was kept elsewhere
            late = "".join(f"L{n // 60 % 7} value={k} {now - k * 10**9}\n" for k in range(20000))
            send(server, "/api/v1/write", gzip.compress(late.encode()), **{"Content-Encoding": "gzip"})

    def look(n):
        end = plant_time()
        since, until = (time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t)) for t in (end - 3600, end))
        for path in ("/api/v1/latest", f"/api/v1/history?tag=T{n % TAGS:03d}&from={since}&to={until}&points=500", "/api/v1/sources", "/healthz", "/metrics"):
            send(server, path, None)

    def watch(_):
        """A page that is open for a minute."""
        request = urllib.request.Request(server.url + "/api/v1/stream", headers={"Authorization": f"Bearer {server.token}"})
        with urllib.request.urlopen(request, timeout=30) as stream:
            end = time.monotonic() + 60 / SPEED
            while time.monotonic() < end and stream.readline():
                pass

    def sign_in_and_out(_):
        with urllib.request.urlopen(server.as_root("/api/v1/session", method="DELETE"), timeout=30):
            pass

    return (push, 1.0), (look, 0.5), (look, 0.5), (watch, 1.0), (sign_in_and_out, 60.0)


def main():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LiveServer(sys.argv[1], folder) as server:
        server.make_token()
        over, failed = threading.Event(), []
        for act, seconds in loads(server):
            threading.Thread(target=every, args=(seconds, over, failed, act), daemon=True).start()
        samples = []
        while (elapsed := (time.monotonic() - BEGAN) * SPEED) < HOURS * 3600:
            time.sleep(10 / SPEED)
            samples.append((elapsed, status(server, "VmRSS")))
            if len(samples) % 30 == 0:
                print(f"{elapsed / 60:6.1f} min  {samples[-1][1]:6.1f} MB now, {statistics.median(m for _, m in samples[-30:]):6.1f} MB median of five minutes, "
                      f"{status(server, 'Threads') * 1024:.0f} threads", flush=True)
        over.set()
        half = [m for t, m in samples if t > HOURS * 1800]
        third = max(1, len(half) // 3)
        before, after = statistics.median(half[:third]), statistics.median(half[-third:])
        print(f"over the last {HOURS / 2:g} h: {before:.1f} to {after:.1f} MB, {100 * (after / before - 1):+.1f} %; at most {status(server, 'VmHWM'):.1f} MB; {len(failed)} requests failed {failed[:3]}")
        sys.exit(len(failed) > 10 or after > before * (1 + MOST_RISE))


main()
