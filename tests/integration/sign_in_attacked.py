#!/usr/bin/env python3
"""Two hundred addresses of loopback guess an operator's password and keep every connection and every password-hashing place busy. He signs in
within two seconds, from a device that the server knows and from one that it has never seen; his own mistakes do not lock him out.
Before that a viewer does so with a right password and a known device: the operator gets in from a new device of any network.

  sign_in_attacked.py CASTNER [SECONDS]
"""
import contextlib, http.client, json, pathlib, socket, subprocess, sys, tempfile, threading, time, urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
from live_server import PASSWORD, LiveServer

LIMIT = 2.0  # [s] to be in
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 20
ADDRESSES = [f"127.0.1.{n}" for n in range(1, 201)]


INSIDER = "127.0.2.5"


def body(name, password):
    return json.dumps({"name": name, "password": password}).encode()


def sign_in(port, password, source="127.0.0.1", cookie="", name="operator"):
    """(status, seconds, the device's cookie or "")"""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    with contextlib.closing(connection):
        headers = {"Content-Type": "application/json", **({"Cookie": cookie} if cookie else {})}
        connection.request("POST", "/api/v1/session", body(name, password), headers)
        answer = connection.getresponse()
        answer.read()
        cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
    return answer.status, time.monotonic() - began, next((c for c in cookies if c.startswith("castner_device=")), "")


def guess(port, address, over, counts):
    """Signs in with wrong passwords, again and again, over connections that stay; and holds some that ask nothing."""
    request = body("operator", "a wrong sentence for sure")
    head = f"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(request)}\r\n\r\n".encode()
    idle = []
    while not over.is_set():
        with contextlib.suppress(OSError):
            if len(idle) < 6:
                idle.append(socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(address, 0)))
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(address, 0)) as s:
            while not over.is_set():
                s.sendall(head + request)
                answer = s.recv(4096)
                if not answer:
                    break
                status = answer[9:12].decode()
                counts[status] = counts.get(status, 0) + 1
                time.sleep(0.05)
    for s in idle:
        s.close()


def insider(port, device, over, counts):
    while not over.is_set():
        with contextlib.suppress(OSError):
            status = sign_in(port, PASSWORD, INSIDER, device, "viewer")[0]
            counts[status] = counts.get(status, 0) + 1


def beside_an_insider(port, alone):
    """The operator's sign-ins on a new device, of another network, of the insider's, and behind one address with him."""
    _, _, device = sign_in(port, PASSWORD, INSIDER, "", "viewer")
    for threads, cookie in ((4, device), (8, device), (8, "")):
        over, counts = threading.Event(), {}
        all_ = [threading.Thread(target=insider, args=(port, cookie, over, counts), daemon=True) for _ in range(threads)]
        for t in all_:
            t.start()
        time.sleep(1)
        try:
            for n in range(6):
                source = ("127.9.0.9", "127.0.2.6", INSIDER)[n % 3]
                status, seconds, _ = sign_in(port, PASSWORD, source, "", "shift")
                assert status == 200, f"beside {threads} of a viewer, from {source}: {status} after {seconds:.1f} s; they got {counts}"
                assert seconds < LIMIT + 4 * alone, f"{seconds:.1f} s beside {threads} of a viewer, from {source}"
                time.sleep(0.2)
        finally:
            over.set()
        for t in all_:
            t.join(15)
        print(f"beside {threads} of a viewer{' on a known device' if cookie else ''}, who got {counts}: in each time")


def main():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LiveServer(sys.argv[1], folder) as server:
        for name, role in (("operator", "operator"), ("shift", "operator"), ("viewer", "viewer")):
            subprocess.run([server.castner, "account", "add", name, "--role", role, "--config", str(server.file)],
                           input=PASSWORD + "\n", text=True, check=True, capture_output=True)
        server.start()
        port = urllib.parse.urlsplit(server.url).port
        alone = [sign_in(port, PASSWORD)[1] for _ in range(3)]
        status, _, device = sign_in(port, PASSWORD)
        assert status == 200 and device, (status, device)

        beside_an_insider(port, max(alone))
        over, counts = threading.Event(), {}
        threads = [threading.Thread(target=guess, args=(port, a, over, counts), daemon=True) for a in ADDRESSES]
        for t in threads:
            t.start()
        time.sleep(2)
        took = {"known device": [], "new device": [], "new device of the attackers' network": []}
        ways = [("known device", "127.0.0.1", device), ("new device", "127.0.0.1", ""), ("new device of the attackers' network", "127.0.1.201", "")]
        end, n = time.monotonic() + SECONDS, 0
        try:
            while time.monotonic() < end:
                way, source, cookie = ways[n % 3]
                n += 1
                status, seconds, _ = sign_in(port, PASSWORD, source, cookie)
                assert status == 200, f"{way}: {status} after {seconds:.1f} s; the attackers got {counts}"
                took[way].append(seconds)
                if n % 5 == 0:  # he mistypes too
                    status = sign_in(port, "mistyped, but long enough", source, cookie)[0]
                    assert status == 401, f"{way}, mistyped: {status}"
                time.sleep(0.1)
        finally:
            over.set()
        for t in threads:
            t.join(15)
        print(f"alone {max(alone):.2f} s; while {len(ADDRESSES)} addresses got {counts}: "
              + "; ".join(f"{way} {len(all)} times, {max(all):.2f} s at most" for way, all in took.items()))
        slowest = max(max(all) for all in took.values())
        assert slowest < LIMIT + 4 * max(alone), f"{slowest:.1f} s to sign in"  # of a machine that does much else, by as much as it is slower
        assert counts.get("200", 0) == 0, counts
        assert counts.get("401", 0) > 0, counts


main()
