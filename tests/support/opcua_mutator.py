"""A wire between an OPC UA client and its server that records what they say, and messages spoiled as no peer means them."""
import contextlib, socket, struct, threading

TYPES = [b"HEL", b"ACK", b"ERR", b"OPN", b"CLO", b"MSG", b"RHE", b"\0\0\0"]
LENGTHS = [-1, 0, 1, 7, 8, 11, 12, 255, 65535, 65536, 1 << 20, (1 << 24) + 1, (1 << 31) - 1, -(1 << 31)]
KEPT = 400  # messages of a connection


def read_exactly(stream, size):
    data = b""
    while len(data) < size:
        more = stream.recv(size - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


def read_message(stream):
    """One chunk of OPC UA TCP: three letters, a flag, the length of all of it, the rest [OPC 10000-6, 7.1.2]."""
    head = read_exactly(stream, 8)
    size = struct.unpack("<I", head[4:])[0]
    if not 8 <= size <= 1 << 24:
        raise ConnectionError
    return head + read_exactly(stream, size - 8)


def spoiled(message, earlier, dice):
    """The message as no peer means it: a list of what to send instead."""
    body, kind = bytearray(message), dice.randrange(13)
    if kind == 0:  # some bits
        for _ in range(dice.choice([1, 1, 2, 8, 64])):
            body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
    elif kind <= 4 and len(body) > 16:  # a number within, of four bytes: counts, lengths, identifiers, times
        for _ in range(dice.choice([1, 1, 3])):
            at = dice.randrange(8, len(body) - 4)
            body[at:at + 4] = struct.pack("<i", dice.choice(LENGTHS))
    elif kind == 5:  # a length that lies
        body[4:8] = struct.pack("<i", dice.choice(LENGTHS + [len(body) - 1, len(body) + 1]))
    elif kind == 6:  # cut off, with a length that says so
        del body[dice.randrange(8, len(body) + 1):]
        body[4:8] = struct.pack("<I", len(body))
    elif kind == 7:  # longer, likewise
        body += dice.randbytes(dice.choice([1, 8, 1000, 70000]))
        body[4:8] = struct.pack("<I", len(body))
    elif kind == 8:  # another type, or a chunk that never ends
        body[:4] = dice.choice(TYPES) + dice.choice([b"F", b"C", b"A", b"Z"])
    elif kind == 9 and len(body) > 28:  # the service that it names
        body[24:28] = b"\x01\x00" + struct.pack("<H", dice.choice([397, 461, 473, 474, 527, 631, 673, 787, 826, 829, dice.randrange(65536)]))
    elif kind == 10 and earlier:  # something that was said before, perhaps on another connection
        return [bytes(body), dice.choice(earlier)] if dice.random() < 0.5 else [dice.choice(earlier)]
    elif kind == 11:  # bytes without any sense
        return [dice.randbytes(dice.choice([3, 8, 64, 5000]))]
    else:  # the same content, with a hole
        at = dice.randrange(8, len(body) + 1)
        del body[at:at + dice.choice([1, 2, 4, 16])]
        body[4:8] = struct.pack("<I", len(body))
    return [bytes(body)]


class Wire:
    """Listens on .port and calls a server for each connection; .recorded has the messages of each with their way."""

    def __init__(self, server_port):
        self.server_port, self.recorded, self.sockets = server_port, [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def turn_to(self, server_port):
        """From now on another server answers; connections break."""
        self.server_port = server_port
        for stream in self.sockets:
            with contextlib.suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        self.sockets = []

    def accept(self):
        while True:
            client = self.listener.accept()[0]
            try:
                server = socket.create_connection(("127.0.0.1", self.server_port), timeout=10)
            except OSError:
                client.close()
                continue
            record = []
            self.recorded.append(record)
            self.sockets += [client, server]
            for way, here, there in (("up", client, server), ("down", server, client)):
                here.settimeout(None)
                threading.Thread(target=self.carry, args=(way, here, there, record), daemon=True).start()

    @staticmethod
    def carry(way, here, there, record):
        """Bytes as they come, whole messages or not; the record gets those that are whole."""
        pending = b""
        try:
            while data := here.recv(65536):
                there.sendall(data)
                if len(record) >= KEPT:
                    continue
                pending += data
                while len(pending) >= 8 and len(pending) >= (size := struct.unpack("<I", pending[4:8])[0]) >= 8:
                    record.append((way, pending[:size]))
                    pending = pending[size:]
        except OSError:
            pass
        finally:
            for stream in (here, there):
                with contextlib.suppress(OSError):
                    stream.shutdown(socket.SHUT_RDWR)
