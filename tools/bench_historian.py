#!/usr/bin/env python3
"""castner serve beside VictoriaMetrics and InfluxDB, on the same generated data and with the same client, in one run.

    tools/bench_historian.py [build/release/castner] [--only NAME] [--quick] [--record]

Two sets. "hosts" restates TSBS's cpu-only set: 100 hosts x 10 integers (a walk held between 0 and 100), every 10 s for a day.
"cells" is a cell room: 2000 voltages at 0.1 mV, every second for an hour, and a month of one of them every 10 s. The client is
two HTTP connections posting line protocol, 10000 lines at once, bodies made beforehand; client and server share the machine.
"""
import argparse, contextlib, http.client, json, os, pathlib, shutil, signal, socket, subprocess, sys, tempfile, threading, time
import urllib.parse

import numpy as np

from performance_table import finish

ROOT = pathlib.Path(__file__).resolve().parent.parent
START = 1767225600           # [s] 2026-01-01T00:00:00Z
BATCH = 10000                # lines in one request
FIELDS = ["usage_user", "usage_system", "usage_idle", "usage_nice", "usage_iowait", "usage_irq", "usage_softirq", "usage_steal",
          "usage_guest", "usage_guest_nice"]
CELL = "cell,room=A,tag=EI-{:04d}"


# ---- the data -------------------------------------------------------------------------------------------------------

def batches(lines):
    return ["\n".join(lines[i:i + BATCH]).encode() + b"\n" for i in range(0, len(lines), BATCH)]


def hosts(steps, seed=123):
    """Walks with steps of the sum of four uniforms, times 1.7, clamped; integers. Returns (bodies, samples)."""
    random = np.random.default_rng(seed)
    x, out, lines = random.uniform(0, 100, (100, 10)), [], []
    heads = [f"cpu,hostname=host_{h},rack={h % 97},region=eu-west-1 " for h in range(100)]
    form = ",".join(f + "=%di" for f in FIELDS)
    for k in range(steps):
        x = np.clip(x + (random.uniform(size=(4, 100, 10)).sum(axis=0) - 2) * 1.7, 0, 100)
        end = f" {(START + 10 * k) * 10**9}"
        lines += [head + form % tuple(row) + end for head, row in zip(heads, x.astype(int).tolist())]
        if len(lines) >= BATCH * 20:
            out += batches(lines)
            lines = []
    return out + batches(lines), steps * 1000


def voltages(n, steps, random):
    """[V] to 0.1 mV: a cell's own level, a slow common drift with the load, noise of 0.3 mV; (steps, n)."""
    level = 3.0 + 0.03 * random.standard_normal(n)
    drift = np.cumsum(0.00002 * random.standard_normal(steps))
    return np.round(level + drift[:, None] + 0.0003 * random.standard_normal((steps, n)), 4)


def cells(count, steps, seed=7):
    random = np.random.default_rng(seed)
    v = voltages(count, steps, random)
    heads = [CELL.format(i) + " voltage=" for i in range(count)]
    out, lines = [], []
    for k in range(steps):
        end = f" {(START + k) * 10**9}"
        lines += [f"{head}{value:.4f}{end}" for head, value in zip(heads, v[k].tolist())]
        if len(lines) >= BATCH * 20:
            out += batches(lines)
            lines = []
    deltas = np.diff(np.rint(v * 1e4).astype(int), axis=0)
    counts = np.unique(deltas, return_counts=True)[1] / deltas.size
    return out + batches(lines), count * steps, v[:, 0].tolist(), float(-(counts * np.log2(counts)).sum() / 8)


def month(days, seed=9):
    random = np.random.default_rng(seed)
    v = voltages(1, days * 8640, random)[:, 0].tolist()
    return batches([f"cell,room=A,tag=MONTH voltage={value:.4f} {(START + 10 * k) * 10**9}" for k, value in enumerate(v)]), v


# ---- the client -----------------------------------------------------------------------------------------------------

def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A server under test: its process, its folder, its HTTP interface."""
    headers = {}

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        self.process = None

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, cwd=self.folder)
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get(self.alive)[0] < 300:
                    return self.ready()
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"{self.name} does not start; its words: {(self.folder / 'log').read_text()[-2000:]}")

    def ready(self):
        pass

    def settle(self):
        """Makes written samples visible to queries; nothing to do for a server whose acknowledged samples are visible."""

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        try:
            self.process.wait(120)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)

    def get(self, path):
        connection = self.connect()
        connection.request("GET", path, headers=self.headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def json(self, path, **query):
        status, body = self.get(path + ("?" + urllib.parse.urlencode(query, doseq=True) if query else ""))
        if status != 200:
            raise SystemExit(f"{self.name}: GET {path} answered {status}: {body[:300]!r}")
        return json.loads(body)

    def write(self, bodies, connections=2, until=None):
        """Posts the bodies; the number acknowledged and the seconds. With `until` a dying server is no error."""
        left, done, refused, lock = list(reversed(bodies)), [], [], threading.Lock()

        def work():
            connection = self.connect()
            while True:
                with lock:
                    if not left or refused:
                        return
                    body = left.pop()
                try:
                    connection.request("POST", self.write_path, body, self.headers)
                    answer = connection.getresponse()
                    words = answer.read()
                except (OSError, http.client.HTTPException):
                    if until is None:
                        refused.append("connection lost")
                    return
                if answer.status != 204:
                    refused.append((answer.status, words[:300]))
                    return
                done.append(body)

        threads = [threading.Thread(target=work) for _ in range(connections)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        if until:
            time.sleep(until)
            self.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()
        if refused and until is None:
            raise SystemExit(f"{self.name}: a write was refused: {refused[0]}")
        return done, time.perf_counter() - began

    def small_writes(self, seconds):
        """[ms] each of single readings every 20 ms, from when it is sent until it is acknowledged; to be run beside a flood."""
        connection, taken, end = self.connect(), [], time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            try:
                connection.request("POST", self.write_path, b"small value=1 %d\n" % time.time_ns(), self.headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                break
            if answer.status == 204:
                taken.append(1000 * (time.perf_counter() - began))
            time.sleep(0.02)
        return sorted(taken)

    def memory(self, key):
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith(key):
                return int(line.split()[1]) * 1024
        return 0

    def disk(self):
        return sum(os.stat(f).st_blocks * 512 for f in (self.folder / "data").rglob("*") if f.is_file())


def groups(items, n):
    return [items[i:i + n] for i in range(0, len(items), n)]


class Castner(Server):
    name, write_path, alive = "castner", "/api/v1/write", "/healthz"
    package = None                # acknowledges after fsync, in groups of 100 ms at most

    live = None

    def start(self):
        """As in the tests: an account, and a token with which an engineer writes."""
        if self.live:
            self.live.start()
        else:
            sys.path.insert(0, str(ROOT / "tests/support"))
            from live_server import LiveServer
            self.live = LiveServer(Castner.program, self.folder)
            self.live.make_token()
        self.process, self.port = self.live.process, int(self.live.url.rsplit(":", 1)[1])
        self.headers = {"Authorization": f"Bearer {self.live.token}"}

    def disk(self):
        return sum(os.stat(f).st_blocks * 512 for f in self.folder.glob("history.db*"))

    def names(self, words):
        return [t["name"] for t in self.json("/api/v1/tags", search=words)["tags"]]

    def latest(self):
        return sum(v["tag"].startswith("cell,room=A,tag=EI-") for v in self.json("/api/v1/latest")["values"])

    def by_minute(self, days):
        answer = self.json("/api/v1/history", tag="cell,room=A,tag=MONTH.voltage", bucket="60s", aggregate="mean", **self.span(days * 86400))
        return len(answer["series"][0]["mean"])

    def means(self, seconds):
        names = self.names("cpu,")
        return sum(len(s["mean"]) for part in groups(names, 50) for s in
                   self.json("/api/v1/history", tag=part, bucket="60s", aggregate="mean", **self.span(seconds))["series"])

    def span(self, seconds):
        text = lambda t: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
        return {"from": text(START), "to": text(START + seconds)}

    def raw(self):
        return self.json("/api/v1/history", tag=CELL.format(0) + ".voltage", limit=100000, units="own", **self.span(86400))["series"][0]["values"]

    def count(self):
        return sum(sum(s["good"]) for part in groups(self.names("cell,"), 50) for s in
                   self.json("/api/v1/history", tag=part, bucket="1h", aggregate="mean", **self.span(86400))["series"])


class Victoria(Server):
    name, write_path, alive = "VictoriaMetrics", "/write", "/health"
    package = "victoria-metrics"  # acknowledges before it is on the disk: a kill 8 s later lost all, 20 s later nothing

    def command(self):
        return ["victoria-metrics", f"-storageDataPath={self.folder}/data", f"-httpListenAddr=127.0.0.1:{self.port}", "-retentionPeriod=100y",
                "-search.disableCache", "-search.latencyOffset=0s", "-search.maxPointsPerTimeseries=100000", "-search.maxUniqueTimeseries=1000000"]

    def settle(self):
        self.get("/internal/force_flush")

    def query(self, query, **more):
        return self.json("/api/v1/query" + ("_range" if "step" in more else ""), query=query, **more)["data"]["result"]

    def latest(self):
        return len(self.query('last_over_time(cell_voltage{tag=~"EI-.*"}[2h])', time=START + 3600))

    def by_minute(self, days):
        return len(self.query('avg_over_time(cell_voltage{tag="MONTH"}[60s])', start=START + 60, end=START + days * 86400, step=60)[0]["values"])

    def means(self, seconds):
        return sum(len(s["values"]) for s in self.query('avg_over_time({__name__=~"cpu_.*"}[60s])', start=START + 60, end=START + seconds, step=60))

    def raw(self):
        status, body = self.get("/api/v1/export?" + urllib.parse.urlencode({"match[]": 'cell_voltage{tag="EI-0000"}', "start": START, "end": START + 86400}))
        return [v for line in body.splitlines() for v in json.loads(line)["values"]]

    def count(self):
        return int(sum(float(s["value"][1]) for s in self.query('count_over_time(cell_voltage[1d])', time=START + 86400 - 1)))


class Influx(Server):
    name, write_path, alive = "InfluxDB", "/write?db=bench", "/ping"
    package = "influxdb"          # acknowledges after its log's fsync

    def command(self):
        (self.folder / "influx.conf").write_text(f"""reporting-disabled = true
bind-address = "127.0.0.1:{free_port()}"
[meta]
  dir = "{self.folder}/data/meta"
[data]
  dir = "{self.folder}/data/data"
  wal-dir = "{self.folder}/data/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:{self.port}"
  log-enabled = false
""")
        return ["influxd", "-config", str(self.folder / "influx.conf")]

    def ready(self):
        connection = self.connect()
        connection.request("POST", "/query?" + urllib.parse.urlencode({"q": "CREATE DATABASE bench"}))
        connection.getresponse().read()

    def query(self, text):
        answer = self.json("/query", db="bench", epoch="s", q=text)["results"][0]
        if "error" in answer:
            raise SystemExit(f"{self.name}: {text}: {answer['error']}")
        return answer.get("series", [])

    def until(self, seconds):
        return f"time >= {START}s AND time < {START + seconds}s"

    def latest(self):
        return len(self.query('SELECT last(voltage) FROM cell WHERE "tag" =~ /^EI-/ GROUP BY "tag"'))

    def by_minute(self, days):
        return len(self.query(f"SELECT mean(voltage) FROM cell WHERE \"tag\" = 'MONTH' AND {self.until(days * 86400)} GROUP BY time(60s)")[0]["values"])

    def means(self, seconds):
        return sum(len(s["values"]) * (len(s["columns"]) - 1) for s in
                   self.query(f"SELECT mean(*) FROM cpu WHERE {self.until(seconds)} GROUP BY time(60s), hostname"))

    def raw(self):
        return [row[1] for row in self.query("SELECT voltage FROM cell WHERE \"tag\" = 'EI-0000'")[0]["values"]]

    def count(self):
        series = self.query("SELECT count(voltage) FROM cell")
        return series[0]["values"][0][1] if series else 0


# ---- the run --------------------------------------------------------------------------------------------------------

def median_ms(question, expected, times=5):
    """Median time of an answer, after a check that it is complete."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        got = question()
        taken.append(time.perf_counter() - began)
        if abs(got - expected) > max(2, 0.001 * expected):
            raise SystemExit(f"an answer has {got} values and should have {expected}")
    return 1000 * sorted(taken)[times // 2]


def named(kind):
    """The name with the version of Debian's package, "InfluxDB 1.6.7"."""
    if not kind.package:
        return kind.name
    version = subprocess.run(["dpkg-query", "-W", "-f", "${source:Upstream-Version}", kind.package], capture_output=True, text=True).stdout
    return f"{kind.name} {version.split('+')[0].split('~')[0]}"


def measure(kind, data):
    """Every figure of one server."""
    row = {"who": named(kind)}
    with tempfile.TemporaryDirectory() as folder:
        server = kind(folder)
        server.start()
        try:
            done, seconds = server.write(data.hosts)
            row["hosts/s"] = data.host_samples / seconds
            server.settle()
            row["means_ms"] = median_ms(lambda: server.means(data.host_steps * 10), 1000 * (data.host_steps * 10 // 60), 3)
            row["memory_hosts"] = server.memory("VmHWM")
        finally:
            server.stop()
        row["hosts_bytes"] = server.disk() / data.host_samples
    with tempfile.TemporaryDirectory() as folder:
        server = kind(folder)
        server.start()
        try:
            done, seconds = server.write(data.cells)
            row["cells/s"] = data.cell_samples / seconds
            server.stop()
            row["cells_bytes"] = server.disk() / data.cell_samples
            server.start()
            server.write(data.month)
            server.stop()
            server.start()
            row["latest_ms"] = median_ms(server.latest, data.count)
            row["month_ms"] = median_ms(lambda: server.by_minute(data.days), data.days * 1440)
            raw = server.raw()
            row["exact"] = sum(a == b for a, b in zip(raw, data.first)), len(data.first)
            row["memory_cells"] = server.memory("VmHWM")
        finally:
            server.stop()
    with tempfile.TemporaryDirectory() as folder:   # acknowledged, then killed
        server = kind(folder)
        server.start()
        small = []
        beside = threading.Thread(target=lambda: small.extend(server.small_writes(10)))
        beside.start()
        done, _ = server.write(data.cells, until=6.0)
        beside.join()
        row["small_ms"] = [small[min(len(small) - 1, int(len(small) * q))] for q in (0.5, 0.99)] + [len(small)]
        acknowledged = sum(body.count(b"\n") for body in done)
        server.start()
        server.settle()
        try:
            row["killed"] = max(0, acknowledged - server.count()), acknowledged
        finally:
            server.stop()
    return row


def measurements(rows, data):
    """(what, unit, better, who, value) of every server."""
    figures = [("lost of what was acknowledged, killed after 6 s", "readings", "lower", lambda r: r["killed"][0]),
               ("ingest, hosts", "1000 readings/s", "higher", lambda r: r["hosts/s"] / 1e3),
               ("ingest, cells", "1000 readings/s", "higher", lambda r: r["cells/s"] / 1e3),
               ("one reading acknowledged beside that, median", "ms", "lower", lambda r: r["small_ms"][0]),
               ("one reading acknowledged beside that, 99 %", "ms", "lower", lambda r: r["small_ms"][1]),
               ("disk, hosts", "bytes a reading", "lower", lambda r: r["hosts_bytes"]),
               ("disk, cells", "bytes a reading", "lower", lambda r: r["cells_bytes"]),
               (f"newest of {data.count} tags", "ms", "lower", lambda r: r["latest_ms"]),
               (f"{data.days} days of one tag by minute", "ms", "lower", lambda r: r["month_ms"]),
               ("means by minute of 1000 tags over a day", "ms", "lower", lambda r: r["means_ms"]),
               ("memory, hosts", "MB", "lower", lambda r: r["memory_hosts"] / 1e6),
               ("memory, cells", "MB", "lower", lambda r: r["memory_cells"] / 1e6)]
    return [(what, unit, better, r["who"], value(r)) for what, unit, better, value in figures for r in rows]


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("castner", nargs="?", default=str(ROOT / "build/release/castner"))
    parse.add_argument("--only", action="append", help="castner, VictoriaMetrics or InfluxDB; may be given again")
    parse.add_argument("--quick", action="store_true", help="a twelfth of the data: to try the script")
    parse.add_argument("--record", action="store_true", help="keep the figures in bench/results/historian.csv")
    args = parse.parse_args()
    if args.quick and args.record:
        parse.error("--quick measures too little to be kept")
    Castner.program = str(pathlib.Path(args.castner).resolve())
    kinds = [k for k in (Castner, Victoria, Influx) if not args.only or k.name in args.only]
    programs = {Castner: Castner.program, Victoria: "victoria-metrics", Influx: "influxd"}
    for kind in kinds:
        if not shutil.which(programs[kind]):
            raise SystemExit(f"{programs[kind]} is not there; make bench installs the peers and builds castner")
    less = 12 if args.quick else 1
    data = argparse.Namespace(host_steps=8640 // less, count=2000, days=30 // (5 if args.quick else 1))
    data.hosts, data.host_samples = hosts(data.host_steps)
    data.cells, data.cell_samples, data.first, data.entropy = cells(data.count, 3600 // less)
    data.month, _ = month(data.days)
    rows = []
    for kind in kinds:
        print(f"{kind.name} ...", file=sys.stderr, flush=True)
        rows.append(measure(kind, data))
    for r in rows:
        print("{}: {} of {} came back bit for bit".format(r["who"], *r["exact"]))
    print(f"{data.host_samples} readings of hosts, {data.cell_samples} of cells; zero-order entropy of the cells' differences {data.entropy:.2f} bytes a reading")
    finish("historian", measurements(rows, data))


if __name__ == "__main__":
    main()
