#!/usr/bin/env python3
"""The OPC UA server behind the gateway is killed and started again: the running castner says so, data flow again, the ledger has the gap.

  cut_off_opcua.py CASTNER
"""
import pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import needs, peers
from live_server import LiveServer
from peers import LONG_AGO, moment, wait_for

NODE = needs.node("gateway")
needs.broker()


def newest_good(server):
    series = server.get("/api/v1/history?tag=PI-3001&from=now-5min&limit=100000")["series"][0]
    return max((moment(t) for t, q in zip(series["times"], series["quality"]) if q == "good"), default=LONG_AGO)


def tag(server):
    return server.source("gases")["tags"][0]


with tempfile.TemporaryDirectory(prefix="castner-") as folder:
    folder = pathlib.Path(folder)
    broker, port = peers.broker(folder), peers.free_port()
    opcua = peers.Peer([str(NODE), str(ROOT / "gateway/virtual_opcua_server.mjs"), "--from", f"127.0.0.1:{peers.opcua_plant()}", "--listen", str(port),
                        "--certificates", str(folder / "server-pki")], port)
    (folder / "gateway.toml").write_text(f"""
[opcua]
endpoint = "opc.tcp://127.0.0.1:{port}"
sampling = "100 ms"
publishing = "200 ms"
check = "1 s"
[mqtt]
url = "mqtt://127.0.0.1:{broker.port}"
group = "cell_room"
node = "opcua"
device = "gases"
[[node]]
id = "ns=1;s=PI-3001"
metric = "PI-3001"
""")
    with open(folder / "gateway.log", "wb") as log:
        gateway = subprocess.Popen([NODE, ROOT / "gateway/gateway.mjs", folder / "gateway.toml"], stdout=log, stderr=log)
    try:
        configuration = (f'[[source]]\nname = "gases"\nkind = "sparkplug"\nurl = "tcp://127.0.0.1:{broker.port}"\nperiod = "200 ms"\nrebirth = true\n'
                         '[[tag]]\nname = "PI-3001"\nsource = "gases"\naddress = "cell_room/opcua/gases/PI-3001"\n')
        with LiveServer(sys.argv[1], folder, configuration).start() as server:
            wait_for("PI-3001 is ok", lambda: tag(server)["health"] == "ok")
            first = newest_good(server)
            wait_for("its history grows", lambda: newest_good(server) > first)

            opcua.kill()
            wait_for("the tag is unwell", lambda: tag(server)["health"] != "ok")
            assert tag(server)["last_error"], tag(server)
            gap = wait_for("the ledger has the gap", lambda: server.gaps("PI-3001"))[0]
            assert gap["to"] is None and gap["why"], gap
            latest = server.get("/api/v1/latest?tags=PI-3001")["values"][0]
            assert latest["quality"] == "bad", latest

            back = peers.now()
            opcua.start()
            wait_for("readings flow again", lambda: newest_good(server) > back, 30)
            wait_for("the tag is ok again", lambda: tag(server)["health"] == "ok")
            gap = wait_for("the gap is over", lambda: [g for g in server.gaps("PI-3001") if g["to"]])[0]
            assert moment(gap["from"]) < back < moment(gap["to"]), (gap, back)
            assert server.stop() == 0
            print(f"silent from {gap['from']} to {gap['to']}: {gap['why']}; then data flowed again")
    except AssertionError:
        print((folder / "gateway.log").read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        for process in (gateway, opcua.process, broker.process):
            process.kill()
            process.wait()
