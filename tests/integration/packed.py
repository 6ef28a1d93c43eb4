#!/usr/bin/env python3
"""Ten packed bodies of 2 MB at once, 700,000 readings in each: the server takes what it can and says 503 to the rest, its memory has a limit, and
a minute later it has given back what they took.

  packed.py CASTNER
"""
import gzip, pathlib, re, sys, tempfile, threading, urllib.error, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_server import LiveServer
from peers import wait_for

BODIES, READINGS, START = 10, 700_000, 1_795_046_400_000
MOST_MEMORY, LEFT = 1000, 100  # [MB]; it was 2600 before bodies that are unpacked shared a limit

body = gzip.compress("".join(f"t value=1 {START + k}\n" for k in range(READINGS)).encode())
with tempfile.TemporaryDirectory(prefix="castner-") as folder, LiveServer(sys.argv[1], folder) as server:
    server.make_token()
    answers = []

    def send():
        request = server.request("/api/v1/write?precision=ms", body)
        request.add_header("Content-Encoding", "gzip")
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                answers.append(answer.status)
        except urllib.error.HTTPError as answer:
            answers.append(answer.code)

    senders = [threading.Thread(target=send) for _ in range(BODIES)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
    assert len(answers) == BODIES and set(answers) <= {204, 503} and 204 in answers, answers
    assert peak < MOST_MEMORY, f"{peak:.0f} MB"
    wait_for("the memory is given back", lambda: server.resident() < LEFT, 90)
    print(f"{BODIES} bodies of {len(body) / 1e6:.2f} MB, packed: {answers.count(204)} taken, {answers.count(503)} told to come again; "
          f"at most {peak:.0f} MB, a minute later {server.resident():.0f} MB")
    assert server.health() == (200, "ok") and server.stop() == 0
