#!/usr/bin/env python3
"""A server whose history cannot grow: writes are refused and said, nothing acknowledged is lost, and room brings it back.

  starved.py CASTNER

A limit on the size of its files, with a client and with a device; a small tmpfs that is full, of everything or of the accounts alone, where
mounting is allowed; a history that may only be read.
"""
import collections, contextlib, ctypes, json, os, pathlib, re, resource, subprocess, sys, tempfile, urllib.error, urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import peers
from live_server import PASSWORD, LiveServer
from peers import wait_for

START, BATCH = 1_795_046_400_000, 2000  # ms; readings in one body
FOREVER = resource.RLIM_INFINITY


class Client:
    """Sends batches of readings that do not compress well, and remembers which were acknowledged."""

    def __init__(self, server):
        self.server, self.next, self.acknowledged = server, 0, []

    @staticmethod
    def value(k):
        return (k * 2654435761 % 4294967296) / 7

    def send(self):
        """None where the server took it, else its answer (status, detail)."""
        first = self.next
        self.next += BATCH
        lines = "".join(f"x value={self.value(k)!r} {START + k}\n" for k in range(first, first + BATCH))
        try:
            with urllib.request.urlopen(self.server.request("/api/v1/write?precision=ms", lines), timeout=20) as answer:
                assert answer.status == 204
                self.acknowledged.append(first)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)["detail"]

    def send_until_refused(self, most=3000):
        for _ in range(most):
            if refused := self.send():
                return refused
        raise AssertionError("the disk was never full")

    def check(self):
        """Every batch that was acknowledged is there whole and right, each other one whole or not at all. How many readings."""
        found = [value for _, value in self.server.history("x", "2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z")]
        known = {self.value(k): k // BATCH for k in range(self.next)}
        there = collections.Counter(known[value] for value in found)
        assert len(set(found)) == len(found) and set(there.values()) == {BATCH}, "a reading twice, or a batch in part"
        missing = [first for first in self.acknowledged if first // BATCH not in there]
        assert not missing, f"{len(missing)} acknowledged batches are missing"
        return len(self.acknowledged) * BATCH


def full_and_well_again(what, server, make_room, words):
    client = Client(server)
    status, detail = client.send_until_refused()
    assert status == 503 and "history.db" in detail and words in detail, (status, detail)
    assert client.acknowledged, "some went in before"
    for _ in range(5):
        assert client.send()[0] == 503
    assert server.process.poll() is None
    assert server.health() == (503, "storage"), server.health()
    assert server.get("/api/v1/latest?tags=x")["values"][0]["value"] is not None, "reading goes on"
    known = client.check()
    make_room()
    wait_for("the server takes readings again", lambda: client.send() is None)
    assert server.health() == (200, "ok")
    assert server.process.poll() is None
    assert client.check() > known
    return client, f"{what}: {detail}"


def file_size_limit(castner, folder):
    server = LiveServer(castner, folder)
    with server:
        server.make_token()
        assert server.stop() == 0
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, FOREVER))
        server.start(preexec=limit)
        def room():
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (4_000_000, FOREVER))
        client, said = full_and_well_again("file-size limit", server, room, "a limit on the size of files")
        client.send_until_refused()
        server.kill()  # full again, killed while it is, started with room
        server.start()
        total = client.check()
        assert client.send() is None and server.health() == (200, "ok")
        assert server.stop() == 0
        print(f"{said}; {total} readings acknowledged, all there; {server.verify()}")


PLC = """[[source]]
name = "plc"
kind = "modbus_tcp"
url = "tcp://127.0.0.1:{}"
period = "100 ms"
[[tag]]
name = "FI-101"
source = "plc"
address = "holding:40001"
"""


def device_while_full(castner, folder):
    """What a device says meanwhile waits, and is there when there is room; at a stop without room the log says how many are lost."""
    device = peers.modbus_device()
    server = LiveServer(castner, folder, PLC.format(device.port))
    limit = lambda size: resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, FOREVER))
    try:
        with server:
            server.make_token()
            client = Client(server)
            said = lambda: server.source("plc")["readings"]

            def fill_up_and_listen():
                limit(os.path.getsize(server.folder / "history.db-wal") + 200_000)
                client.send_until_refused()
                before = said()
                wait_for("the device speaks on", lambda: said() > before + 60)

            fill_up_and_listen()
            limit(20_000_000)
            wait_for("what waited is kept", lambda: server.get("/api/v1/overview")["storage"]["stored"] >= said() - 10)
            times = [peers.moment(t) for t, _ in server.history("FI-101", "now-10min", "now")]
            hole = max(b - a for a, b in zip(times, times[1:])).total_seconds()
            assert hole < 1, f"{hole} s without a reading: the device speaks ten times a second"
            assert server.source("plc")["lost"] == 0

            fill_up_and_listen()
            total = said()
            assert server.stop() == 0
            lost = sum(int(n) for n in re.findall(r"readings_lost .*count=(\d+)", server.log.read_text()))
            server.start()
            kept = len(server.history("FI-101", "now-10min", "now"))
            assert lost >= 30 and kept + lost >= total, (kept, lost, total)
            print(f"device while full: {len(times)} readings without a hole; then {lost} lost at the stop, and said; {server.verify()}")
    finally:
        device.kill()


@contextlib.contextmanager
def tmpfs(folder, size):
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "castner-test", folder], capture_output=True).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def said_on_the_pages(server, key):
    """What the top of every page says: "error" of the history, "records_error" of accounts and the audit trail."""
    return server.get("/api/v1/overview")["storage"][key]


def people_get_in(server):
    """An administrator signs in and asks for what only he may see."""
    for _ in range(3):
        with urllib.request.urlopen(server.as_root("/api/v1/accounts"), timeout=20) as answer:
            assert any(a["name"] == "root" for a in json.load(answer)["accounts"])


def fill(folder):
    """Whatever room is left goes to somebody else."""
    with open(pathlib.Path(folder, "somebody-else"), "ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


def full_disk(castner, folder):
    """Killed or stopped, then started while somebody else has every free page, the server comes up, and goes on when there is room."""
    with tmpfs(folder, "6m") as mounted:
        if not mounted:
            return print("full tmpfs: skipped, mounting is not allowed here")
        server = LiveServer(castner, folder)
        with server:
            server.make_token()
            def room():
                people_get_in(server)
                for end in (server.kill, server.stop, server.kill, server.stop, server.stop):
                    end()
                    fill(folder)
                    server.start()
                    people_get_in(server)
                    assert server.get("/api/v1/latest?tags=x")["values"][0]["value"] is not None
                    sent = "".join(f"y value={k * 0.7} {START + k}\n" for k in range(200000))
                    assert not server.write(sent), "taken on a full disk"
                    assert "history.db" in said_on_the_pages(server, "error")
                subprocess.run(["mount", "-o", "remount,size=40m", folder], check=True)

            client, said = full_and_well_again("full tmpfs", server, room, "free some space on its disk")
            people_get_in(server)
            assert said_on_the_pages(server, "error") is None and said_on_the_pages(server, "records_error") is None
            assert server.stop() == 0
            print(f"{said}; {len(client.acknowledged) * BATCH} readings acknowledged; {server.verify()}")


def asked(request):
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code


def cut_off(server, n):
    """An administrator removes a token and disables an account. The status of both answers; what is cut off opens nothing."""
    made = [asked(server.as_root(f"/api/v1/tokens/{n}", method="DELETE")),
            asked(server.as_root(f"/api/v1/accounts/leaves{n}", b'{"disabled": true}', method="PATCH"))]
    is_cut_off(server, n)
    return made


def is_cut_off(server, n):
    server.token, engineer = server.gone[n], server.token
    assert asked(server.request("/api/v1/overview")) == 401, "a removed token opens"
    server.token = engineer
    kind = {"Content-Type": "application/json"}
    body = json.dumps({"name": f"leaves{n}", "password": PASSWORD}).encode()
    assert asked(urllib.request.Request(server.url + "/api/v1/session", body, kind)) == 401, "a disabled account signs in"


def who_will_be_cut_off(server, most):
    """Accounts leaves2, leaves3 ... and tokens of the same numbers."""
    server.gone = {}
    for n in range(2, most + 2):
        account = json.dumps({"name": f"leaves{n}", "role": "engineer", "password": PASSWORD}).encode()
        assert asked(server.as_root("/api/v1/accounts", account)) == 201
        with urllib.request.urlopen(server.as_root("/api/v1/tokens", b'{"name": "x", "role": "engineer"}'), timeout=20) as answer:
            made = json.load(answer)
        assert made["id"] == n
        server.gone[n] = made["token"]


def full_disk_of_the_records(castner, folder):
    """The history has room on another disk: readings go on, people get in, and the pages say what is not kept. Whoever is cut off is so for good,
    killed or not: the log of the records owns room for it. Without that room it holds until a restart, and that is said."""
    records = pathlib.Path(folder, "records")
    records.mkdir()
    with tmpfs(records, "3m") as mounted:
        if not mounted:
            return print("full tmpfs of the records: skipped, mounting is not allowed here")
        server = LiveServer(castner, folder)
        server.file.write_text(server.file.read_text().replace("[historian]", 'records = "records/records.db"\n[historian]'))
        with server:
            server.make_token()
            who_will_be_cut_off(server, 6)
            assert said_on_the_pages(server, "records_error") is None
            number = iter(server.gone)
            for end in (lambda: None, server.kill, server.stop, server.stop):
                end()
                fill(records)
                if server.process.poll() is not None:
                    server.start()
                for _ in range(12):  # what room the log still has is used up
                    people_get_in(server)
                assert "free some space on its disk" in said_on_the_pages(server, "records_error")
                n = next(number)
                assert cut_off(server, n) == [204, 200], "the log has room for it"
                server.kill()
                server.start()
                for earlier in range(2, n + 1):
                    is_cut_off(server, earlier)
                assert said_on_the_pages(server, "error") is None and server.health() == (200, "ok")
                assert server.write(f"x value=1.5 {START}\n"), "readings go on"
                assert server.history("x", "2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z")[0][1] == 1.5
            people_get_in(server)
            said = said_on_the_pages(server, "records_error")
            limit = lambda size: resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, FOREVER))
            limit(1)  # not even the room that is kept can be used
            n = next(number)
            assert cut_off(server, n) == [202, 202]
            assert "until the server restarts" in said_on_the_pages(server, "records_error")
            subprocess.run(["mount", "-o", "remount,size=8m", records], check=True)
            limit(FOREVER)
            people_get_in(server)
            assert asked(server.as_root("/api/v1/accounts/leaves2", b'{"disabled": true}', method="PATCH")) == 200  # which writes what was owed
            assert said_on_the_pages(server, "records_error") is None
            server.kill()
            server.start()
            is_cut_off(server, n)
            with urllib.request.urlopen(server.as_root("/api/v1/audit?limit=1000"), timeout=20) as answer:
                trail = json.load(answer)
            assert trail["intact"]
            for k in range(2, n + 1):
                for what, detail in (("token.removed", str(k)), ("account.changed", f"leaves{k}: disabled")):
                    assert any(e["what"] == what and e["detail"] == detail for e in trail["entries"]), (what, detail)
            assert server.stop() == 0
            print(f"full tmpfs of the records: {said}")


def without_root_powers():
    """So that root, too, is held to what a file's mode says: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH are given up."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP, which exec makes good


def read_only(castner, folder):
    server = LiveServer(castner, folder)
    with server:
        server.start()
        assert server.stop() == 0
        folder = pathlib.Path(folder)
        # Accounts open before the history, so a folder that is shut is first told of theirs. Where the logs are there already, as after
        # every stop, a shut folder is none of the server's business: it makes nothing.
        modes = [("file", "history.db", folder / "history.db", 0o444, 0o644),
                 ("folder", "castner-records.db", folder, 0o555, 0o755)]
        for what, named, path, shut, open_again in modes:
            server.log.write_text("")
            for log in (*folder.glob("*.db-wal"), *folder.glob("*.db-shm")):
                log.unlink()
            path.chmod(shut)
            try:
                server.start(preexec=without_root_powers)
                raise AssertionError(f"it started on a read-only {what}")
            except RuntimeError as e:
                said = str(e)
            finally:
                path.chmod(open_again)
            assert said.startswith("castner serve ended: 3\n") and named in said and "server's account" in said, said
            print(f"read-only {what}: {said.splitlines()[1]}".replace(str(folder), "FOLDER"))
        server.start()
        assert server.health() == (200, "ok") and server.stop() == 0


for fault in (file_size_limit, device_while_full, full_disk, full_disk_of_the_records, read_only):
    with tempfile.TemporaryDirectory(prefix="castner-") as scratch:
        fault(sys.argv[1], scratch)
