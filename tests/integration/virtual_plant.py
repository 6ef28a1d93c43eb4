#!/usr/bin/env python3
"""castner virtual-plant as a newcomer starts it, on free ports and 60 times faster: it is read over Modbus and as JSON lines, a
device of it dies and comes back as the scenario says, and it ends when told to.

  virtual_plant.py CASTNER
"""
import json, pathlib, re, signal, socket, struct, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
castner = str(pathlib.Path(sys.argv[1]).resolve())
SCENARIO = """
[[event]]
at = "4 min"
kind = "source"
source = "plc"
fault = "down"
for = "3 min"

[[event]]
at = "1 min"
kind = "instrument"
tag = "TI-3001"
fault = "bad"
"""


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def read_registers(port, function, first, count):
    """Modbus by hand: what a device sends is judged without any library of ours."""
    with connect(port) as s:
        s.sendall(struct.pack(">HHHBBHH", 1, 0, 6, 1, function, first, count))
        want, got = 9 + 2 * count, b""
        while len(got) < want:
            part = s.recv(want - len(got))
            assert part, f"the device hung up after {got!r}"
            got += part
    assert got[7] == function, f"the device refused: {got!r}"
    return struct.unpack(f">{count}H", got[9:])


def reachable(port):
    try:
        connect(port).close()
        return True
    except OSError:
        return False


def wait_for(what, is_so, seconds=30):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"after {seconds} s still not: {what}"
        time.sleep(0.05)


with tempfile.TemporaryDirectory() as scratch:
    settings, scenario = pathlib.Path(scratch, "virtual.toml"), pathlib.Path(scratch, "scenario.toml")
    text = re.sub(r"(?m)^port = \d+", "port = 0", (ROOT / "plants/cell_room/virtual.toml").read_text())
    settings.write_text(text.replace("tcp://127.0.0.1:11883", "tcp://127.0.0.1:1"))   # no broker: the rest runs all the same
    scenario.write_text(SCENARIO)
    plant = subprocess.Popen([castner, "virtual-plant", str(ROOT / "plants/cell_room/plant.toml"), "--settings", str(settings),
                              "--scenario", str(scenario), "--speed", "60"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        ports = {}
        for line in plant.stdout:
            if m := re.match(r"(\w+) +tcp://127\.0\.0\.1:(\d+)$", line):
                ports[m[1]] = int(m[2])
            elif "693 tags" in line:
                break
        assert {"plc", "cell_monitor", "gases"} <= ports.keys(), f"{ports}\n{plant.stderr.read()}"

        wait_for("values", lambda: read_registers(ports["cell_monitor"], 4, 0, 1)[0] > 0)
        volts = [v * 1e-4 for i in range(5) for v in read_registers(ports["cell_monitor"], 4, 120 * i, 120)]
        assert all(2.7 < v < 3.4 for v in volts), sorted(volts)
        assert max(volts[150:300]) == volts[150 + 76], "E2/077 is the weak one"
        low, high = read_registers(ports["plc"], 3, 0, 2)
        brine = struct.unpack(">f", struct.pack(">HH", high, low))[0]   # FI-1001, word order cdab
        assert 100 < brine < 135, brine

        with connect(ports["gases"]) as s, s.makefile() as lines:
            said = json.loads(next(lines))
            assert 118 < said["values"]["PI-3001"] < 125, said
            while "TI-3001" not in said["status"]:
                said = json.loads(next(lines))

        wait_for("the plc is down", lambda: not reachable(ports["plc"]))
        assert reachable(ports["cell_monitor"])
        wait_for("the plc is back", lambda: reachable(ports["plc"]))
        assert read_registers(ports["plc"], 3, 0, 2) != (0, 0)

        plant.send_signal(signal.SIGTERM)
        assert plant.wait(timeout=20) == 0, plant.returncode
    finally:
        if plant.poll() is None:
            plant.kill()
            plant.wait()
print("the virtual plant runs, is read, dies and comes back")
