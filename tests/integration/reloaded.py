#!/usr/bin/env python3
"""SIGHUP: a file with problems is refused whole, all of them said, and the old one watched on; a good one is taken.

  reloaded.py CASTNER
"""
import pathlib, signal, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import peers
from live_server import LiveServer
from peers import wait_for

TAG = '[[tag]]\nname = "{}"\nsource = "plc"\naddress = "{}"\n'


def source(device):
    return f'[[source]]\nname = "plc"\nkind = "modbus_tcp"\nurl = "tcp://127.0.0.1:{device.port}"\nperiod = "200 ms"\n'


with tempfile.TemporaryDirectory(prefix="castner-") as folder:
    device = peers.modbus_device()
    try:
        with LiveServer(sys.argv[1], folder, source(device) + TAG.format("FI-101", "holding:40001")).start() as server:
            sound = server.file.read_text()
            wait_for("FI-101 is ok", lambda: server.source("plc")["health"] == "ok")

            def refused(text, *words):
                """Reloads the file as given: refused with these words, and data flow on from the old one."""
                server.log.write_text("")
                server.file.unlink() if text is None else server.file.write_text(text)
                before = server.source("plc")["readings"]
                server.process.send_signal(signal.SIGHUP)
                wait_for("it is refused", lambda: "configuration_refused" in server.log.read_text())
                said = server.log.read_text()
                for word in words:
                    assert word in said, f"{word!r} is not said:\n{said}"
                wait_for("readings come on", lambda: server.source("plc")["readings"] >= before + 3)
                assert [t["name"] for t in server.source("plc")["tags"]] == ["FI-101"], "nothing of it was taken"
                assert server.process.poll() is None and server.gaps("FI-101") == []

            bad = sound + TAG.format("FI-102", "holding:99999999") + TAG.format("FI-103", "drum:1") + '[[tag]]\nname = "FI-104"\nsource = "nobody"\n'
            line = lambda tag: 1 + bad[:bad.index(tag)].count("\n")
            refused(bad, f'castner.toml:{line("FI-102") - 1}: [[tag]] "FI-102"', f'castner.toml:{line("FI-103") - 1}: [[tag]] "FI-103"',
                    f'castner.toml:{line("nobody")}: [[tag]] "FI-104": there is no [[source]] "nobody"')
            refused(sound + '[[source]\n', "castner.toml:")
            refused(sound + '[plant]\nfile = "not_there.toml"\n', "not_there.toml")
            refused(None, "castner.toml")

            server.file.write_text(sound + TAG.format("FI-105", "input:30007"))
            server.process.send_signal(signal.SIGHUP)
            wait_for("the good file is taken", lambda: "configuration_read" in server.log.read_text())
            wait_for("the new tag is ok", lambda: {t["name"]: t["health"] for t in server.source("plc")["tags"]} == {"FI-101": "ok", "FI-105": "ok"})
            wait_for("and has a history", lambda: server.get("/api/v1/history?tag=FI-105&from=now-1min")["series"][0]["values"])
            assert server.stop() == 0
            print(f"four files refused whole, the fifth taken; {server.verify()}")
    finally:
        device.kill()
