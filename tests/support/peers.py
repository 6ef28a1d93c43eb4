"""The other sides of a server under test, each a process of its own that can be killed: a broker, a Modbus device. And who sends to it.

  peers.py modbus PORT [rubbish]     a Modbus TCP device with counting registers
"""
import contextlib, datetime, json, pathlib, random, signal, socket, struct, subprocess, sys, threading, time

import needs


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, is_so, seconds=20):
    """What is_so() gives once it is true of it; fails after so many seconds."""
    end = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < end, f"after {seconds} s still not: {what}"
        time.sleep(0.05)
    return found


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def moment(text):
    """A time as the server writes it. As text, "12.5Z" would come after "12.51Z"."""
    return datetime.datetime.fromisoformat(text)


LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Peer:
    """A process on one port, that can be killed and started again."""

    def __init__(self, command, port):
        self.command, self.port, self.process = command, port, None
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(f"{self.command[0]} listens", self.listens)

    def listens(self):
        assert self.process.poll() is None, f"{self.command} ended with {self.process.returncode}"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True

    def kill(self):
        """At once and without a word; also when it has ended already."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def broker(folder, *more):
    """mosquitto on a free port of loopback, that keeps nothing on the disk."""
    port, file = free_port(), pathlib.Path(folder, "mosquitto.conf")
    file.write_text("\n".join([f"listener {port} 127.0.0.1", "allow_anonymous true", *more, ""]))
    return Peer([needs.MOSQUITTO, "-c", str(file)], port)


def modbus_device(*more):
    port = free_port()
    return Peer([sys.executable, __file__, "modbus", str(port), *more], port)


def opcua_plant():
    """What the virtual OPC UA server serves: a line of JSON every 100 ms, PI-3001 counting up; returns its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(line):
        with line, contextlib.suppress(OSError):
            while True:
                line.sendall((json.dumps({"t": now().isoformat(), "values": {"PI-3001": round(time.time() * 10) % 100000}}) + "\n").encode())
                time.sleep(0.1)

    def accept():
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


class Publisher:
    """Sends to a broker, MQTT 3.1.1 at QoS 0, by hand: what arrives is judged without any library of ours."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.sendall(bytes.fromhex("100c 0004 4d515454 04 02 0000 0000"))  # no name: two of one name push each other out
        assert self.socket.recv(4) == b"\x20\x02\x00\x00", "the broker does not accept us"

    @staticmethod
    def packet(topic, payload):
        body = struct.pack(">H", len(topic)) + topic.encode() + (payload.encode() if isinstance(payload, str) else payload)
        length, left = b"", len(body)
        while left or not length:
            left, low = divmod(left, 128)
            length += bytes([low | (128 if left else 0)])
        return b"\x30" + length + body

    def publish(self, topic, payload):
        self.socket.sendall(self.packet(topic, payload))

    def close(self):
        self.socket.close()


class Every(threading.Thread):
    """Does something every so many seconds, until told to stop; a peer that is not there just now is no reason to stop."""

    def __init__(self, seconds, what):
        super().__init__(daemon=True)
        self.seconds, self.what, self.ends = seconds, what, threading.Event()
        self.start()

    def run(self):
        while not self.ends.wait(self.seconds):
            with contextlib.suppress(OSError, AssertionError):
                self.what()

    def stop(self):
        self.ends.set()
        self.join(20)


def publish_counts(port, topic):
    """A number that goes up by one, every 100 ms, over a connection that is made anew where it has gone."""
    state = {"line": None, "count": 0}

    def step():
        try:
            if not state["line"]:
                state["line"] = Publisher(port)
            state["line"].publish(topic, str(state["count"]))
            state["count"] += 1
        except (OSError, AssertionError):
            state["line"] = None
            raise

    return Every(0.1, step)


# ---- the device -----------------------------------------------------------------------------------------------------

def serve_modbus(port, rubbish):
    """Every register holds the tenths of seconds since it began; rubbish: answers of random bytes, of any length, half of them with
    a header that looks right."""
    began, rng = time.monotonic(), random.Random(port)

    def answer(ask):
        if not rubbish:
            values = [int((time.monotonic() - began) * 10) % 65536] * ask[5]
            body = struct.pack(">BBB", ask[3], ask[4] & 0x7F, 2 * ask[5]) + struct.pack(f">{ask[5]}H", *values)
            return struct.pack(">HHH", ask[0], 0, len(body)) + body
        noise = rng.randbytes(rng.randrange(1, 300))
        return noise if rng.random() < 0.5 else struct.pack(">HHH", ask[0], 0, rng.randrange(0, 300)) + noise

    def serve(line):
        with line, contextlib.suppress(OSError):
            while ask := line.recv(12, socket.MSG_WAITALL):
                transaction, protocol, length, unit, function, _, count = struct.unpack(">HHHBBHH", ask)
                line.sendall(answer((transaction, protocol, length, unit, function, count)))

    listener = socket.create_server(("127.0.0.1", port))
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


if __name__ == "__main__":
    serve_modbus(int(sys.argv[2]), "rubbish" in sys.argv)
