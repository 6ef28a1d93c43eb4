#!/usr/bin/env python3
"""A broker and 60 writers send far more than the server can take: it answers, stays small, and the other tags go on undisturbed.

  flooded.py CASTNER
"""
import pathlib, sys, tempfile, threading, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import needs, peers
from live_server import LiveServer
from peers import wait_for

SECONDS, WRITERS, BATCH = 3, 60, 500
MOST_MEMORY = 500     # [MB]: buffers have limits; without them a minute of this is gigabytes
MOST_WAIT = 5         # [s] for /healthz on a busy machine
START = 1_795_046_400_000

needs.broker()


def configuration(broker, device):
    return (f'[[source]]\nname = "messages"\nkind = "mqtt"\nurl = "tcp://127.0.0.1:{broker.port}"\n'
            '[[tag]]\nname = "II-201"\nsource = "messages"\naddress = "plant/ii201"\n'
            f'[[source]]\nname = "plc"\nkind = "modbus_tcp"\nurl = "tcp://127.0.0.1:{device.port}"\nperiod = "200 ms"\n'
            '[[tag]]\nname = "FI-101"\nsource = "plc"\naddress = "holding:40001"\n')


class Flood(threading.Thread):
    """One that does something until the end."""
    ends = threading.Event()

    def __init__(self, step):
        super().__init__(daemon=True)
        self.step, self.done = step, 0
        self.start()

    def run(self):
        while not self.ends.is_set():
            self.done += self.step(self.done)


def writer(server, number):
    def step(done):
        lines = "".join(f"flood{number} value={k} {START + k}\n" for k in range(done, done + BATCH))
        return BATCH if server.write(lines) else 0
    return Flood(step)


with tempfile.TemporaryDirectory(prefix="castner-") as folder:
    broker, device = peers.broker(folder), peers.modbus_device()
    try:
        with LiveServer(sys.argv[1], folder, configuration(broker, device)) as server:
            server.make_token()
            for source in ("messages", "plc"):
                wait_for(f"{source} is connected", lambda: server.source(source)["health"] != "down")
            wait_for("FI-101 is ok", lambda: server.source("plc")["health"] == "ok")
            before = server.source("plc")["readings"]
            line = peers.Publisher(broker.port)
            packets = b"".join(peers.Publisher.packet("plant/ii201", str(k)) for k in range(2000))

            def messages(_):
                line.socket.sendall(packets)
                return 2000

            floods = [Flood(messages)] + [writer(server, n) for n in range(WRITERS)]
            worst, memory, end = 0, 0, time.monotonic() + SECONDS
            while time.monotonic() < end:
                asked = time.monotonic()
                assert server.health()[0] == 200
                worst = max(worst, time.monotonic() - asked)
                memory = max(memory, server.resident())
                time.sleep(0.1)
            Flood.ends.set()
            for flood in floods:
                flood.join(40)
            line.close()

            assert server.process.poll() is None
            assert worst < MOST_WAIT, f"/healthz took {worst:.1f} s"
            assert memory < MOST_MEMORY, f"{memory:.0f} MB"
            taken = server.source("messages")["readings"]
            assert taken > 0
            plc = server.source("plc")
            assert plc["health"] == "ok", plc
            assert plc["readings"] - before > SECONDS / 0.2 / 4, "the device was read all the while"
            assert server.gaps("FI-101") == []
            for number, flood in enumerate(floods[1:]):
                found = [value for _, value in server.history(f"flood{number}", "2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z")]
                assert found[:flood.done] == list(range(flood.done)), f"flood{number}: {len(found)} of {flood.done} acknowledged"

            def last_arrives():
                again = peers.Publisher(broker.port)
                again.publish("plant/ii201", "-1")
                again.close()
                return server.get("/api/v1/latest?tags=II-201")["values"][0]["value"] == -1
            wait_for("after the flood, the newest message arrives", last_arrives, 40)
            assert server.stop() == 0
            print(f"{floods[0].done} messages sent, {taken} taken so far; {sum(f.done for f in floods[1:])} readings by HTTP acknowledged and found; "
                  f"at most {memory:.0f} MB, /healthz within {worst:.2f} s; {server.verify()}")
    finally:
        broker.kill()
        device.kill()
