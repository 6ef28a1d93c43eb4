#!/usr/bin/env python3
"""The gateway against an OPC UA server that sends malformed messages, and the virtual plant's OPC UA server against clients that do:
recorded streams, spoiled, for a while. Both count and log them, drop the connection, and serve on; what the gateway had queued on the
disk before arrives in castner afterwards. The gateway tries again at its own pace, so a program of many of its readers, which wait for
nothing, meets the thousands beside it.

  opcua_rubbish.py CASTNER [SECONDS] [SEED]
"""
import contextlib, pathlib, random, re, socket, subprocess, sys, tempfile, threading, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import needs, peers
from live_server import LiveServer
from opcua_mutator import Wire
from opcua_replay import FalseServer, Recording
from peers import wait_for

NODE = needs.node("gateway")
needs.broker()
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 60
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 17
READERS, CLIENTS = 16, 4
ENOUGH = 1000  # spoiled messages to either side, however busy the machine is


class Program:
    """A Node program with its log; alive() fails once it has ended."""

    def __init__(self, name, log, *command):
        self.name, self.log = name, log
        with open(log, "wb") as out:
            self.process = subprocess.Popen([str(NODE), *command], stdout=subprocess.DEVNULL, stderr=out)

    def text(self):
        return self.log.read_text(errors="replace")

    def alive(self):
        assert self.process.poll() is None, f"the {self.name} ended with {self.process.returncode}, seed {SEED}:\n{self.text()[-3000:]}"
        return True

    def malformed(self):
        """How many it has counted, as the log knows."""
        return max((int(n) for n in re.findall(r"opcua_malformed .*count=(\d+)", self.text())), default=0)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def says(self, event, after=0):
        return self.alive() and event in self.text()[after:]


def attack(server_port, wire, recording, programs, start_readers):
    """All at once, until the time is over; how many spoiled messages the server was sent, the gateway, and its readers."""
    to_gateway, to_readers, over = FalseServer(recording, SEED), FalseServer(recording, SEED + 1), threading.Event()
    said = [0] * CLIENTS

    def client(k):
        for stream in recording.known_to_kill() if k == 0 else ():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server_port), timeout=5) as s:
                s.sendall(stream)
                s.settimeout(0.5)
                s.recv(4096)
            said[k] += 1
        dice = random.Random(SEED + k)
        while not over.is_set():
            said[k] += recording.play(server_port, dice)

    wire.turn_to(to_gateway.port)
    players = [threading.Thread(target=client, args=(k,), daemon=True) for k in range(CLIENTS)]
    for player in players:
        player.start()
    readers = start_readers(to_readers.port)  # one of the programs now
    end, latest = time.monotonic() + SECONDS, time.monotonic() + 10 * SECONDS
    while time.monotonic() < end or (min(sum(said), to_readers.count, 100 * to_gateway.count) < ENOUGH and time.monotonic() < latest):
        time.sleep(0.2)
        for program in programs:
            program.alive()
    over.set()
    for player in players:
        player.join(10)
    print(f"{to_readers.count} spoiled messages to {READERS} readers of the gateway's over {to_readers.connections} connections, "
          f"{readers.malformed()} or more thrown, {readers.memory():.0f} MB")
    return sum(said), to_gateway.count, to_readers.count


def main():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        folder = pathlib.Path(folder)
        port, broker_port = peers.free_port(), peers.free_port()
        opcua = Program("virtual OPC UA server", folder / "opcua.log", str(ROOT / "gateway/virtual_opcua_server.mjs"), "--from",
                        f"127.0.0.1:{peers.opcua_plant()}", "--listen", str(port), "--certificates", str(folder / "pki"))
        # The broker is away until castner listens: what the gateway sends then was on its disk all the while.
        wire, to_broker, programs = Wire(port), Wire(peers.free_port()), [opcua]
        try:
            wait_for("the OPC UA server listens", lambda: opcua.says("virtual_opcua_server endpoint"), 60)
            (folder / "gateway.toml").write_text(
                f'[opcua]\nendpoint = "opc.tcp://127.0.0.1:{wire.port}"\nsampling = "100 ms"\npublishing = "100 ms"\ncheck = "500 ms"\n'
                f'[mqtt]\nurl = "mqtt://127.0.0.1:{to_broker.port}"\ngroup = "cell_room"\nnode = "opcua"\ndevice = "gases"\n'
                '[[node]]\nid = "ns=1;s=PI-3001"\nmetric = "PI-3001"\n')
            gateway = Program("gateway", folder / "gateway.log", str(ROOT / "gateway/gateway.mjs"), str(folder / "gateway.toml"))
            programs.append(gateway)
            wait_for("data flow", lambda: gateway.says("opcua_data_flow"), 60)
            began, before = peers.now(), gateway.memory()
            wait_for("there is a queue", lambda: sum(f.stat().st_size for f in (folder / "gateway-data/queue").iterdir()) > 1000)
            recording = Recording(next(r for r in wire.recorded if any(m[24:28] == FalseServer.PUBLISH for _, m in r)))

            def start_readers(false_port):
                programs.append(Program("readers", folder / "readers.log", str(ROOT / "gateway/test/many_readers.mjs"), str(READERS),
                                        f"opc.tcp://127.0.0.1:{false_port}", str(folder / "readers-pki")))
                return programs[-1]

            to_server, to_gateway, to_readers = attack(port, wire, recording, programs, start_readers)
            readers = programs.pop().process
            readers.kill()
            readers.wait()

            mark = len(gateway.text())
            wire.turn_to(port)
            wait_for("data flow again", lambda: gateway.says("opcua_data_flow", mark), 120)
            print(f"{to_server} spoiled messages to the virtual OPC UA server, {opcua.malformed()} or more of them thrown by its library, "
                  f"{opcua.memory():.0f} MB; {to_gateway} to the gateway, {gateway.malformed()} or more thrown, {before:.0f} to {gateway.memory():.0f} MB")
            assert min(to_server, to_readers, 100 * to_gateway) >= ENOUGH, "too few to mean anything"
            assert opcua.malformed() > 0, "no message was malformed enough: does the test spoil anything?"

            peers.Peer([needs.MOSQUITTO, "-p", str(broker_port)], broker_port)
            configuration = (f'[[source]]\nname = "gases"\nkind = "sparkplug"\nurl = "tcp://127.0.0.1:{broker_port}"\nperiod = "200 ms"\nrebirth = true\n'
                             '[[tag]]\nname = "PI-3001"\nsource = "gases"\naddress = "cell_room/opcua/gases/PI-3001"\n')
            with LiveServer(sys.argv[1], folder, configuration).start() as server:
                def early():
                    text = began.strftime("%Y-%m-%dT%H:%M:%SZ")
                    series = server.get(f"/api/v1/history?tag=PI-3001&from={text}&limit=100000")["series"][0]
                    good = [peers.moment(t) for t, q in zip(series["times"], series["quality"]) if q == "good"]
                    return good and (min(good) - began).total_seconds() < 3 and (peers.now() - max(good)).total_seconds() < 5

                wait_for("castner listens", lambda: server.source("gases")["health"] != "down")
                to_broker.turn_to(broker_port)
                wait_for("castner has what was queued before, and what is new", early, 60)
        finally:
            for program in programs:
                program.process.kill()
                program.process.wait()


main()
