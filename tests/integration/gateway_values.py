#!/usr/bin/env python3
"""From an OPC UA server through the gateway and a broker into the history: values, the source's own times to the millisecond, and why a
value is bad, as they left the server.

  gateway_values.py CASTNER
"""
import datetime, json, pathlib, queue, socket, subprocess, sys, tempfile, threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import needs, peers
from live_server import LiveServer
from peers import moment, wait_for

NODE = needs.node("gateway")
needs.broker()

TAG = "PI-3001"
SENSOR, LAST_USABLE = 0x808C0000, 0x40900000  # OPC 10000-6: BadSensorFailure, UncertainLastUsableValue
QUALITY = ["good", "uncertain", "bad"]


class Plant:
    """What the OPC UA server serves: a line of JSON for each word given to say()."""

    def __init__(self):
        self.listener, self.lines = socket.create_server(("127.0.0.1", 0)), queue.Queue()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        line, _ = self.listener.accept()
        with line:
            while True:
                line.sendall((json.dumps(self.lines.get()) + "\n").encode())

    def say(self, time, value, status):
        self.lines.put({"t": time.isoformat(), "values": {TAG: value}, "status": {TAG: status}})


def history(server):
    s = server.get(f"/api/v1/history?tag={TAG}&from=now-10min&limit=100000")["series"][0]
    return [(moment(t), v, q) for t, v, q in zip(s["times"], s["values"], s["quality"])]


with tempfile.TemporaryDirectory(prefix="castner-") as folder:
    folder, plant = pathlib.Path(folder), Plant()
    # A minute ago, and milliseconds that no clock of today gives by chance: not when it came, but when it was measured.
    begin = peers.now().replace(microsecond=7000) - datetime.timedelta(minutes=1)
    said = [(begin + datetime.timedelta(milliseconds=613 * k), 1.25 + k / 8, (0, 0, SENSOR, 0, LAST_USABLE, 0)[k % 6]) for k in range(21)]
    plant.say(*said[0])
    broker, port = peers.broker(folder), peers.free_port()
    opcua = peers.Peer([str(NODE), str(ROOT / "gateway/virtual_opcua_server.mjs"), "--from", f"127.0.0.1:{plant.listener.getsockname()[1]}",
                        "--listen", str(port), "--certificates", str(folder / "server-pki")], port)
    (folder / "gateway.toml").write_text(f"""
[opcua]
endpoint = "opc.tcp://127.0.0.1:{port}"
sampling = "50 ms"
publishing = "100 ms"
[mqtt]
url = "mqtt://127.0.0.1:{broker.port}"
group = "cell_room"
node = "opcua"
device = "gases"
[[node]]
id = "ns=1;s={TAG}"
metric = "{TAG}"
""")
    configuration = (f'[[source]]\nname = "gases"\nkind = "sparkplug"\nurl = "tcp://127.0.0.1:{broker.port}"\nrebirth = true\n'
                     f'[[tag]]\nname = "{TAG}"\nsource = "gases"\naddress = "cell_room/opcua/gases/{TAG}"\n')
    gateway = None
    try:
        with LiveServer(sys.argv[1], folder, configuration).start() as server:
            with open(folder / "gateway.log", "wb") as log:
                gateway = subprocess.Popen([NODE, ROOT / "gateway/gateway.mjs", folder / "gateway.toml"], stdout=log, stderr=log)
            for k, (time, value, status) in enumerate(said):
                if k > 0:
                    plant.say(time, value, status)
                wait_for(f"the history has what was measured at {time}", lambda: [r for r in history(server) if r[0] == time], 30)
                latest = server.get(f"/api/v1/latest?tags={TAG}")["values"][0]
                assert moment(latest["time"]) == time and latest["value"] == value, (latest, said[k])
                assert latest["status"] == status and latest["quality"] == QUALITY[status >> 30], (latest, said[k])
                assert moment(latest["arrival"]) - time > datetime.timedelta(seconds=30), latest
            found = [r for r in history(server) if r[0] >= begin]
            wanted = [(time, value, QUALITY[status >> 30]) for time, value, status in said]
            assert found == wanted, (found, wanted)
            assert server.stop() == 0
            print(f"{len(found)} readings as they left the OPC UA server, {sum(q != 'good' for _, _, q in found)} of them with their reason")
    except AssertionError:
        print((folder / "gateway.log").read_text()[-3000:] if gateway else "", file=sys.stderr)
        raise
    finally:
        for process in [p for p in (gateway, opcua.process, broker.process) if p]:
            process.kill()
            process.wait()
