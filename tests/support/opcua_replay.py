"""Plays what an OPC UA client once said again to a server, without security: each connection goes as far as it likes into the recording with
the identifiers that this server gave out, and then says spoiled messages."""
import contextlib, random, socket, struct, threading, time

from opcua_mutator import read_exactly, read_message, spoiled

CREATE_SESSION_RESPONSE = 464


def node_id(data, at):
    """The bytes of a NodeId that begins at `at` [OPC 10000-6, 5.2.2.9]."""
    kind = data[at] & 0x3f
    size = {0: 2, 1: 4, 2: 7, 4: 19}.get(kind)
    if size is None:  # text or bytes with their length
        size = 7 + max(0, struct.unpack_from("<i", data, at + 3)[0])
    return data[at:at + size]


def body_of(opened):
    """Where the body of an OPN message begins; its sequence header, number and request, lies before it."""
    at = 12
    for _ in range(3):  # policy, certificate, thumbprint
        at += 4 + max(0, struct.unpack_from("<i", opened, at)[0])
    return at + 8


def channel_and_token(opened):
    """Of the answer to OpenSecureChannel: the two numbers that every later message carries."""
    at = body_of(opened) + 4 + 24 + 4  # type, response header, protocol version
    return opened[at:at + 8]


def session_key(created):
    """Of the answer to CreateSession: what every later request begins with; None if this is another answer."""
    if created[24:28] != b"\x01\x00" + struct.pack("<H", CREATE_SESSION_RESPONSE):
        return None
    at = 24 + 4 + 24
    return node_id(created, at + len(node_id(created, at)))


class Recording:
    """What passed on one connection: each message with its way, in order."""

    def __init__(self, messages):
        self.messages = messages
        self.requests = [m for way, m in messages if way == "up"]
        answers = [m for way, m in messages if way == "down"]
        self.channel = next(channel_and_token(m) for m in answers if m[:3] == b"OPN")
        self.key = next((k for m in answers if m[:3] == b"MSG" and (k := session_key(m))), b"")

    def known_to_kill(self):
        """Streams that ended node-opcua's server in one breath: what ends the connection, and behind it in the same packet what cannot be
        read any more."""
        hello, opened = self.requests[0], self.requests[1]
        for last in (b"MSGF" + struct.pack("<I", 1), b"MSGF" + struct.pack("<I", 0xFFFFFFFF), b"OPNF" + struct.pack("<I", 1 << 24)):
            for first in (last, hello + last, hello + hello, hello + opened[:8] + bytes(len(opened) - 8), hello + b"MSGF" + struct.pack("<I", 24) + bytes(16)):
                yield first + last * 3

    def play(self, port, dice, most=40):
        """One connection; how many spoiled messages went over it."""
        said = 0
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as server:
            server.settimeout(0.5)
            channel, key = self.channel, self.key
            true_to = dice.randrange(len(self.requests) + 1)
            for k, request in enumerate(self.requests):
                own = request
                if request[:3] == b"MSG":
                    own = request[:8] + channel + request[16:]
                    if self.key:
                        own = own.replace(self.key, key)
                if k >= true_to:
                    for part in spoiled(own, self.requests, dice):
                        server.sendall(part)
                    said += 1
                    if said >= most:
                        break
                    continue
                server.sendall(own)
                answer = b"" if request[24:28] == b"\x01\x00\x3a\x03" else read_message(server)  # a Publish waits
                if answer[:3] == b"OPN":
                    channel = channel_and_token(answer)
                elif answer[:3] == b"MSG":
                    key = session_key(answer) or key
            with contextlib.suppress(OSError):
                server.settimeout(0.05)
                read_exactly(server, 1 << 20)
        return said


def request_handle(request):
    """Four bytes that the answer repeats: they follow the session's key and a time."""
    at = 28 + len(node_id(request, 28)) + 8
    return request[at:at + 4]


class FalseServer:
    """Answers an OPC UA client as a recorded server did, until a moment that dice choose for each connection; from then on spoiled.
    Publishes are answered at once, and spoiled most of the time: that is where a gateway spends its life."""

    PUBLISH = b"\x01\x00\x3a\x03"

    def __init__(self, recording, seed):
        self.dice, self.count, self.connections = random.Random(seed), 0, 0
        self.spoils = True
        down = [m for way, m in recording.messages if way == "down"]
        by_id = {m[20:24]: m for m in down if m[:3] == b"MSG"}
        self.answers = {}
        for request in recording.requests:
            if request[:3] == b"MSG" and request[20:24] in by_id:
                self.answers.setdefault(request[24:28], []).append(by_id[request[20:24]])
        self.hello = next(m for m in down if m[:3] == b"ACK")
        self.opened = next(m for m in down if m[:3] == b"OPN")
        self.all = down
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client = self.listener.accept()[0]
            self.connections += 1
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def answer_to(self, request, turn):
        if request[:3] == b"HEL":
            return self.hello
        if request[:3] == b"OPN":
            asked, said = body_of(request), body_of(self.opened)
            answer = bytearray(self.opened)
            answer[said - 4:said] = request[asked - 4:asked]
            answer[said + 12:said + 16] = request_handle(bytes(24) + request[asked:])
            return bytes(answer)
        known = self.answers.get(request[24:28])
        if not known:
            return None
        answer = bytearray(known[turn % len(known)])
        answer[20:24] = request[20:24]
        answer[36:40] = request_handle(request)
        return bytes(answer)

    def serve(self, client):
        true_for = self.dice.choice([0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 20, 20, 20, 20])
        sequence = 0
        with contextlib.suppress(OSError, IndexError, struct.error), client:
            client.settimeout(60)
            for turn in range(10000):
                request = read_message(client)
                answer = self.answer_to(request, turn)
                if answer is None:
                    continue
                if answer[:3] != b"ACK":
                    sequence += 1
                    at = 16 if answer[:3] == b"MSG" else body_of(answer) - 8
                    answer = answer[:at] + struct.pack("<I", sequence) + answer[at + 4:]
                publish = request[24:28] == self.PUBLISH
                if publish:
                    time.sleep(0.02)
                spoil = self.spoils and (turn >= true_for or (publish and self.dice.random() < 0.7))
                for part in spoiled(answer, self.all, self.dice) if spoil else [answer]:
                    client.sendall(part)
                self.count += spoil
                if spoil:
                    client.settimeout(1)  # a client that waits for the rest of what never comes is let go
