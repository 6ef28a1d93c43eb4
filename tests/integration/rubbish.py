#!/usr/bin/env python3
"""Random bytes from every side: MQTT, Sparkplug, a Modbus device, HTTP bodies. The server says what is wrong and the good tags go on.

  rubbish.py CASTNER [SEED]
"""
import gzip, json, pathlib, random, sys, tempfile, time, urllib.error, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import needs, peers
from live_server import LiveServer
from peers import wait_for

SECONDS, MOST_MEMORY = 4, 300  # [s], [MB]
rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20261123)

needs.broker()


def configuration(broker, good, mad):
    text = ""
    for name, kind, port, tags in [("messages", "mqtt", broker.port, {"II-201": "plant/ii201", "II-202": "plant/ii202"}),
                                   ("edge", "sparkplug", broker.port, {"UI-301": "hall/edge/UI-301", "UI-302": "hall/edge/train/UI-302"}),
                                   ("plc", "modbus_tcp", good.port, {"FI-101": "holding:40001"}),
                                   ("mad_plc", "modbus_tcp", mad.port, {"FI-102": "holding:40001", "FI-103": "input:30500"})]:
        text += (f'[[source]]\nname = "{name}"\nkind = "{kind}"\nurl = "tcp://127.0.0.1:{port}"\nperiod = "200 ms"\ntimeout = "500 ms"\nretry_limit = "1 s"\n')
        text += "".join(f'[[tag]]\nname = "{tag}"\nsource = "{name}"\naddress = "{address}"\n' for tag, address in tags.items())
    return text


def some_bytes():
    """Random, or something right with a few bytes changed."""
    if rng.random() < 0.4:
        return rng.randbytes(rng.randrange(0, 2000))
    seed = rng.choice([b"3.14", b'{"value": 3.14, "ts": 1795046400000}', b"a,tag=b value=1.5 1795046400000000000\n",
                       b'{"readings": [{"tag": "x", "time": "2026-11-23T06:00:00Z", "value": 1}]}', bytes.fromhex("08a0c4b0e0c73312100a06") + b"UI-301" + b"\x10\x01\x20\x0a\x69" + b"\0" * 8])
    data = bytearray(seed * rng.randrange(1, 4))
    for _ in range(rng.randrange(1, 6)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def push_rubbish(server):
    """One body; the status that it got. 5xx but 503 would be the server's own fault."""
    body, path = some_bytes(), rng.choice(["/api/v1/write", "/api/v1/write?precision=ms", "/api/v1/samples"])
    request = server.request(path, body, "application/json" if "samples" in path else "text/plain")
    if rng.random() < 0.3:
        request.add_header("Content-Encoding", "gzip")
        request.data = gzip.compress(body) if rng.random() < 0.5 else body
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        said = json.load(answer)
        assert answer.code < 500 and said["detail"], (answer.code, said)
        return answer.code


with tempfile.TemporaryDirectory(prefix="castner-") as folder:
    broker, good, mad = peers.broker(folder), peers.modbus_device(), peers.modbus_device("rubbish")
    publisher = peers.publish_counts(broker.port, "plant/ii202")
    try:
        with LiveServer(sys.argv[1], folder, configuration(broker, good, mad)) as server:
            server.make_token()
            wait_for("FI-101 is ok", lambda: server.source("plc")["health"] == "ok")
            wait_for("II-202 is ok", lambda: server.source("messages")["health"] == "ok")
            wait_for("the edge's link stands", lambda: server.source("edge")["health"] != "down")
            before = server.source("plc")["readings"], server.source("messages")["readings"]
            line, statuses, sent, memory, end = peers.Publisher(broker.port), {}, 0, 0, time.monotonic() + SECONDS
            while time.monotonic() < end:
                for topic in ("plant/ii201", "spBv1.0/hall/NBIRTH/edge", "spBv1.0/hall/NDATA/edge", "spBv1.0/hall/DBIRTH/edge/train",
                              "spBv1.0/hall/DDATA/edge/train", "spBv1.0/hall/NDEATH/edge", "spBv1.0/hall/DDEATH/edge/" + rng.choice("abc")):
                    line.publish(topic, some_bytes())
                    sent += 1
                status = push_rubbish(server)
                statuses[status] = statuses.get(status, 0) + 1
                memory = max(memory, server.resident())
            line.close()

            assert server.process.poll() is None and server.health() == (200, "ok")
            assert memory < MOST_MEMORY, f"{memory:.0f} MB"
            assert statuses.get(400, 0) > 20, statuses
            said = {name: server.source(name) for name in ("messages", "edge", "plc", "mad_plc")}
            for name in ("messages", "edge"):
                assert said[name]["rejected"] > 0 and said[name]["last_error"], said[name]
            assert "plant/ii201" in said["messages"]["last_error"], said["messages"]
            assert said["mad_plc"]["last_error"] and said["mad_plc"]["last_error_at"], said["mad_plc"]
            tags = {t["name"]: t for t in said["messages"]["tags"]}
            assert tags["II-202"]["health"] == "ok" and tags["II-201"]["last_error"], tags
            assert said["plc"]["health"] == "ok" and said["plc"]["readings"] - before[0] > SECONDS / 0.2 / 4, said["plc"]
            assert said["messages"]["readings"] - before[1] > SECONDS / 0.1 / 4
            assert server.gaps("FI-101") == [] and server.gaps("II-202") == []

            mad.kill()  # mended
            mad.command.remove("rubbish")
            mad.start()
            wait_for("the device that is mended is read", lambda: all(t["health"] == "ok" for t in server.source("mad_plc")["tags"]))
            assert server.stop() == 0
            print(f"{sent} messages and {sum(statuses.values())} bodies of rubbish ({statuses}), at most {memory:.0f} MB; {server.verify()}")
            for name in ("messages", "edge", "mad_plc"):
                print(f"{name}: {said[name]['last_error']!r}")
    finally:
        publisher.stop()
        broker.kill()
        good.kill()
        mad.kill()
