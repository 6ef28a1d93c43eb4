#!/usr/bin/env python3
"""A broker and a Modbus device are killed under a running server and started again: it says so, data flow again, the ledger has the gap.

  cut_off.py CASTNER
"""
import pathlib, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import needs, peers
from live_server import LiveServer
from peers import LONG_AGO, moment, wait_for

needs.broker()


def configuration(broker, device):
    def source(kind, name, port, tag, address, more=""):
        return (f'[[source]]\nname = "{name}"\nkind = "{kind}"\nurl = "tcp://127.0.0.1:{port}"\nperiod = "200 ms"\ntimeout = "1 s"\n'
                f'retry_limit = "1 s"\n{more}[[tag]]\nname = "{tag}"\nsource = "{name}"\naddress = "{address}"\n')
    return source("mqtt", "messages", broker.port, "II-201", "plant/ii201") + source("modbus_tcp", "plc", device.port, "FI-101", "holding:40001")


def newest_good(server, tag):
    """Time of the newest reading that is not marked bad."""
    series = server.get(f"/api/v1/history?tag={tag}&from=now-5min&limit=100000")["series"][0]
    return max((moment(t) for t, q in zip(series["times"], series["quality"]) if q == "good"), default=LONG_AGO)


def bad_reasons(server, tag):
    series = server.get(f"/api/v1/history?tag={tag}&from=now-5min&limit=100000")["series"][0]
    return [q for q in series["quality"] if q != "good"]


with tempfile.TemporaryDirectory(prefix="castner-") as folder:
    broker, device = peers.broker(folder), peers.modbus_device()
    publisher = peers.publish_counts(broker.port, "plant/ii201")
    watched = [("messages", "II-201", broker), ("plc", "FI-101", device)]
    try:
        with LiveServer(sys.argv[1], folder, configuration(broker, device)).start() as server:
            for source, tag, _ in watched:
                wait_for(f"{source} is ok", lambda: server.source(source)["health"] == "ok")
                wait_for(f"{tag} has a history", lambda: newest_good(server, tag) > LONG_AGO)
                assert server.gaps(tag) == []

            killed = peers.now()
            for *_, peer in watched:
                peer.kill()
            for source, tag, peer in watched:
                wait_for(f"{source} is down", lambda: server.source(source)["health"] == "down")
                said = server.source(source)
                assert f"127.0.0.1:{peer.port}: " in said["last_error"] and moment(said["last_error_at"]) >= killed, said
                assert said["tags"][0]["health"] == "down" and said["tags"][0]["last_error"], said
            for _, tag, _ in watched:  # a silence counts after five seconds
                gap = wait_for(f"the ledger has the gap of {tag}", lambda: server.gaps(tag))[0]
                assert gap["to"] is None and gap["why"], gap
                assert bad_reasons(server, tag) == ["bad"], "one mark ends the curve"
            assert server.health() == (200, "ok"), "a peer's death is not the server's"

            back = peers.now()
            for *_, peer in watched:
                peer.start()
            for source, tag, peer in watched:
                wait_for(f"{tag} flows again", lambda: newest_good(server, tag) > back)
                wait_for(f"{source} is ok again", lambda: server.source(source)["health"] == "ok")
                said = server.source(source)
                assert said["tags"][0]["health"] == "ok" and said["tags"][0]["last_error"] is None, said
                assert f"127.0.0.1:{peer.port}: " in said["last_error"], "what was last wrong stays readable"
                gap = wait_for("the gap is over", lambda: [g for g in server.gaps(tag) if g["to"]])
                assert len(gap) == 1 == len(server.gaps(tag)), gap
                assert moment(gap[0]["from"]) < back < moment(gap[0]["to"]), (gap, back)
                assert f"127.0.0.1:{peer.port}: " in gap[0]["why"], gap
                print(f"{source}: silent from {gap[0]['from']} to {gap[0]['to']}: {gap[0]['why']}")
            assert server.stop() == 0
    finally:
        publisher.stop()
        broker.kill()
        device.kill()
