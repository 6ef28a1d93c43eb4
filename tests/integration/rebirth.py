#!/usr/bin/env python3
"""A Sparkplug node with a hole in its sequence: with `rebirth = true` castner asks it once to tell everything anew, and it does; without,
nothing but what a listener must send leaves the running server. A wire tap between server and broker has recorded every packet.

  rebirth.py CASTNER
"""
import pathlib, socket, struct, sys, tempfile, threading, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import needs, peers
from live_server import LiveServer
from peers import wait_for

needs.broker()

CONNECT, PUBLISH, PUBACK, SUBSCRIBE, PINGREQ, DISCONNECT = 1, 3, 4, 8, 12, 14  # MQTT 3.1.1, table 2.1
LISTENS = {CONNECT, PUBACK, SUBSCRIBE, PINGREQ, DISCONNECT}


def packets(stream):
    """[(type, body)] of the whole packets in what one side has sent."""
    found, at = [], 0
    while at + 2 <= len(stream):
        length = shift = 0
        place = at + 1
        while place < len(stream):
            length |= (stream[place] & 127) << shift
            shift, place = shift + 7, place + 1
            if stream[place - 1] < 128:
                break
        else:
            break
        if place + length > len(stream):
            break
        found.append((stream[at] >> 4, bytes(stream[place:place + length])))
        at = place + length
    return found


class Tap:
    """Between server and broker: passes everything on, keeps what the server sends."""

    def __init__(self, port):
        self.listener, self.to, self.lines = socket.create_server(("127.0.0.1", 0)), port, []
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            line, _ = self.listener.accept()
            broker, heard = socket.create_connection(("127.0.0.1", self.to), timeout=10), bytearray()
            broker.settimeout(None)
            self.lines.append(heard)
            for a, b, keep in ((line, broker, heard), (broker, line, bytearray())):
                threading.Thread(target=self.pass_on, args=(a, b, keep), daemon=True).start()

    @staticmethod
    def pass_on(a, b, keep):
        try:
            while some := a.recv(65536):
                keep += some
                b.sendall(some)
            b.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def sent(self):
        return [p for heard in self.lines for p in packets(bytes(heard))]


def varint(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def field(number, content):
    """Of a protobuf message: integers, doubles, or bytes with their length."""
    if isinstance(content, float):
        return varint(number << 3 | 1) + struct.pack("<d", content)
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


class EdgeNode:
    """The node G/N with one metric, by hand; hears what it is asked."""

    def __init__(self, port):
        self.line = peers.Publisher(port)
        topic = b"spBv1.0/G/NCMD/N"
        self.line.socket.sendall(bytes([0x82, 5 + len(topic)]) + b"\x00\x01" + struct.pack(">H", len(topic)) + topic + b"\x00")
        self.asked, self.heard = [], bytearray()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        self.line.socket.settimeout(None)
        try:
            while some := self.line.socket.recv(4096):
                self.heard += some
                self.asked = [body for kind, body in packets(bytes(self.heard)) if kind == PUBLISH]
        except OSError:
            pass

    def say(self, kind, seq, value, name=b""):
        now = int(time.time() * 1000)
        metrics = [field(1, b"bdSeq") + field(3, now) + field(4, 8) + field(11, 0)] if kind == "NBIRTH" else []
        metrics.append((field(1, name) if name else b"") + field(2, 7) + field(3, now) + field(4, 10) + field(13, value))
        self.line.publish(f"spBv1.0/G/{kind}/N", field(1, now) + b"".join(field(2, m) for m in metrics) + field(3, seq))

    def birth(self, value):
        self.say("NBIRTH", 0, value, b"temp")


def run(castner, may):
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        broker = peers.broker(folder)
        try:
            tap, node = Tap(broker.port), EdgeNode(broker.port)
            configuration = (f'[[source]]\nname = "edge"\nkind = "sparkplug"\nurl = "tcp://127.0.0.1:{tap.port}"\nrebirth = {str(may).lower()}\n'
                             '[[tag]]\nname = "T"\nsource = "edge"\naddress = "G/N/temp"\n')
            with LiveServer(castner, folder, configuration).start() as server:
                latest = lambda: server.get("/api/v1/latest?tags=T")["values"][0]
                wait_for("it has subscribed", lambda: any(kind == SUBSCRIBE for kind, _ in tap.sent()))
                wait_for("the first birth is heard", lambda: node.birth(80.0) or time.sleep(0.1) or latest()["value"] == 80.0)
                node.say("NDATA", 1, 81.0)
                wait_for("data count as good", lambda: latest()["value"] == 81.0 and latest()["quality"] == "good")
                assert not node.asked, node.asked
                node.say("NDATA", 5, 82.0)  # 2 to 4 are missing
                node.say("NDATA", 9, 83.0)
                if may:
                    asked = wait_for("the node is asked to be born again", lambda: node.asked)[0]
                    assert b"Node Control/Rebirth" in asked, asked
                    node.birth(84.0)
                    node.say("NDATA", 1, 85.0)
                    wait_for("after the birth data are good", lambda: latest()["value"] == 85.0 and latest()["quality"] == "good")
                else:
                    wait_for("data after the hole are kept", lambda: latest()["value"] == 83.0)
                    after = latest()["quality"]
                    assert after == "uncertain", after
                time.sleep(0.3)
                assert server.stop() == 0
            sent = tap.sent()
            kinds = {kind for kind, _ in sent}
            assert len([k for k, _ in sent if k == PUBLISH]) == len(node.asked) == (1 if may else 0), (kinds, node.asked)
            assert kinds <= LISTENS | ({PUBLISH} if may else set()) and {CONNECT, SUBSCRIBE, DISCONNECT} <= kinds, kinds
            return sorted(kinds)
        finally:
            broker.kill()


for may in (False, True):
    kinds = run(sys.argv[1], may)
    print(f"rebirth = {str(may).lower()}: packets of types {kinds} left the server")
