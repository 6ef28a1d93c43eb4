#!/usr/bin/env python3
"""The watch over single cells: a month of them as a file, 10 000 of them in a running server, and one row, in one run of about six minutes.

  bench_cells.py [build/release/castner] [--only file|serve|row] [--record]     after `make bench` has built build/bench

1. file: 180 cells every 10 s for 30 days, made from a seed, are watched by `castner cells`; in turn pandas reads the same file, and reads it
   and draws three sigma of the group and an EWMA chart of each cell; and numpy fits each cell's line by recursive least squares with
   forgetting, all cells at once. statsmodels' RecursiveLS does so for one cell's first rows, and its processor time is scaled to all.
   Elapsed, processor and memory are those of whole processes.
2. serve: two servers get the same past of 26 hours and then the same 10 050 readings a second over HTTP, one of them with [cells]. After a
   minute their processor time (utime + stime) is counted for two minutes, in which the cells' state is once kept on the disk. Memory at rest
   is what a server has a quarter of these minutes or less.
3. row: the Google Benchmarks of cells and service.
It fails where castner does not name the cells that are sick, or does not watch every cell.
--record keeps the figures in bench/results/cells_file.csv, cells_serve.csv and cells_row.csv.
"""
import argparse, http.client, json, os, pathlib, subprocess, sys, tempfile, time

import numpy as np

from performance_table import finish

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))
from live_server import LiveServer

FOLDER, ROUNDS, SEED = ROOT / "build/bench_cells", 3, 14
AREA = 2.7                                   # [m2] of a membrane
FILE_CELLS, DAYS, STEP = 180, 30, 10         # [d], [s]
SICK = (16, 99)                              # cells, from 0: one loses its coating from the tenth day on, one a contact on the twentieth
ELECTROLYSERS, EACH = 50, 200
PAST, PAST_STEP = 26 * 3600, 600             # [s] before the live readings, and from one to the next
WARM, COUNTED = 60, 120                      # [s] of the servers


# ---- made-up cells ----------------------------------------------------------------------------------------------------

class Cells:
    """Voltages of cells in series: each its own level and slope over current, a wander of hours, noise of 1 mV."""

    def __init__(self, n):
        self.random = np.random.default_rng([SEED, n])
        self.level, self.slope = 0.012 * self.random.standard_normal(n), 0.002 * self.random.standard_normal(n)
        self.period, self.phase = self.random.uniform(9e3, 5e4, (2, n)), self.random.uniform(0, 2 * np.pi, (2, n))

    @staticmethod
    def load(t):
        """[kA/m2] at these seconds: that of the day, and two hours at 4 every third day."""
        j = 5.2 + 0.5 * np.sin(t * (2 * np.pi / 86400))
        return np.where(t % (3 * 86400) < 7200, 4.0, j)

    def volts(self, t):
        """(seconds, cells)"""
        j = self.load(t)
        v = (2.42 + 0.12 * j)[:, None] + self.level + self.slope * (j - 5)[:, None]
        for period, phase in zip(self.period, self.phase):
            v += 0.6e-3 * np.sin(t[:, None] * (2 * np.pi / period) + phase)
        return v + 1e-3 * self.random.standard_normal(v.shape)


class Form:
    """Rows of text of one width, whose digits are filled in: ten million numbers a second."""

    def __init__(self, line, rows=1):
        self.line, self.text = line, np.frombuffer((line * rows).encode(), np.uint8).reshape(rows, len(line)).copy()

    def fill(self, at, digits, numbers, every=1):
        """Digits at column `at`; numbers of two dimensions go every so many columns from there."""
        numbers = np.asarray(numbers)
        for k in range(digits):
            into = self.text[:, at + digits - 1 - k::every] if numbers.ndim == 2 else self.text[:, at + digits - 1 - k]
            into[..., :numbers.shape[-1]] = 48 + (numbers // 10**k) % 10

    def volts(self, at, volts, every=1):
        """As 3.123"""
        millivolts = np.rint(volts * 1000).astype(np.int64)
        self.fill(at, 1, millivolts // 1000, every)
        self.fill(at + 2, 3, millivolts % 1000, every)


def month():
    path = FOLDER / "month.csv"
    cells, per_day = Cells(FILE_CELLS), 86400 // STEP
    names = "".join(f",EI-1101-{i:03d} [V]" for i in range(1, FILE_CELLS + 1))
    stamp = "2026-03-01T00:00:00Z"
    form = Form(stamp + ",0.000" * FILE_CELLS + ",00.000,000.00,90.0\n", per_day)
    with open(path, "wb") as out:
        out.write(f"time{names},II-1101 [kA],EI-1101 [V],TI-1104 [degC]\n".encode())
        second, after = np.arange(per_day) * STEP, len(stamp) + 6 * FILE_CELLS
        for column, of, size in ((11, 3600, 24), (14, 60, 60), (17, 1, 60)):
            form.fill(column, 2, second // of % size)
        for day in range(DAYS):
            t = (day * 86400 + second).astype(float)
            v = cells.volts(t)
            v[:, SICK[0]] += 0.006 * np.maximum(0, t / 86400 - 10)
            v[:, SICK[1]] += 0.05 * cells.load(t) * (t > 20 * 86400 + 30000)
            form.fill(8, 2, np.full(per_day, day + 1))
            form.volts(len(stamp) + 1, v, 6)
            amperes = np.rint(cells.load(t) * AREA * 1000).astype(np.int64)
            form.fill(after + 1, 2, amperes // 1000)
            form.fill(after + 4, 3, amperes % 1000)
            sums = np.rint(v.sum(1) * 100).astype(np.int64)
            form.fill(after + 8, 3, sums // 100)
            form.fill(after + 12, 2, sums % 100)
            out.write(form.text.tobytes())
    (FOLDER / "month.toml").write_text(f'[cell_room]\n[[electrolyser]]\nname = "E1"\ncells = {FILE_CELLS}\ncell_area = "{AREA} m2"\n'
                                       f'voltages = "EI-1101-{{001..{FILE_CELLS}}}"\ncurrent = "II-1101"\nvoltage = "EI-1101"\n'
                                       'temperature = "TI-1104"\n')
    return path


# ---- the file ---------------------------------------------------------------------------------------------------------

def pandas_reads(path):
    import pandas
    table = pandas.read_csv(path)
    table["time"] = pandas.to_datetime(table["time"], format="%Y-%m-%dT%H:%M:%SZ", utc=True)
    return table


def pandas_charts(path):
    """Three sigma of the group and an EWMA of each cell, as castner/cell_replay/peers.cpp has them."""
    table = pandas_reads(path)
    v = table.iloc[:, 1:1 + FILE_CELLS].to_numpy()
    deviation = v - v.mean(1, keepdims=True)
    far = np.abs(deviation) > 3 * v.std(1, keepdims=True)
    learned = deviation[:86400 // STEP]
    z = (deviation - learned.mean(0)) / learned.std(0)
    import pandas
    ewma = pandas.DataFrame(z).ewm(alpha=0.1, adjust=False).mean().to_numpy()
    chart = np.abs(ewma) > 2.814 * np.sqrt(0.1 / 1.9)
    return far.sum(), chart.sum()


def numpy_lines(path):
    """Each cell's a + b (j - 5) against the mean of all, recursively, with a forgetting of 8640 rows; one step for all cells."""
    table = pandas_reads(path)
    v, excess = table.iloc[:, 1:1 + FILE_CELLS].to_numpy(), table["II-1101 [kA]"].to_numpy() / AREA - 5
    deviation = v - v.mean(1, keepdims=True)
    a, b, aa, ab, bb, keep = np.zeros(FILE_CELLS), np.zeros(FILE_CELLS), 1.0, 0.0, 1.0, 1 - 1 / 8640
    for y, x in zip(deviation, excess.tolist()):
        ga, gb = aa + ab * x, ab + bb * x
        scale = 1 / (keep + ga + gb * x)
        miss = y - (a + b * x)
        a += ga * scale * miss
        b += gb * scale * miss
        aa, ab, bb = (aa - ga * ga * scale) / keep, (ab - ga * gb * scale) / keep, (bb - gb * gb * scale) / keep
    return a.std(), b.std()


FEW = 20000                                  # rows of one cell for statsmodels


def statsmodels_lines(path):
    """Processor seconds for one cell's first rows."""
    import pandas
    from statsmodels.regression.recursive_ls import RecursiveLS
    table = pandas.read_csv(path, nrows=FEW)
    v, x = table.iloc[:, 1:1 + FILE_CELLS].to_numpy(), np.column_stack([np.ones(FEW), table["II-1101 [kA]"] / AREA - 5])
    began = time.process_time()
    RecursiveLS((v - v.mean(1, keepdims=True))[:, 0], x).fit()
    return time.process_time() - began


PEERS = {f.__name__: f for f in (pandas_reads, pandas_charts, numpy_lines, statsmodels_lines)}


def process(command):
    """(elapsed s, user s, memory at most GB, what it said) of a whole process."""
    with tempfile.TemporaryFile() as out:
        began = time.monotonic()
        child = subprocess.Popen([str(word) for word in command], stdout=out)
        _, status, used = os.wait4(child.pid, 0)
        took = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{command} ended with {child.returncode}")
        out.seek(0)
        return took, used.ru_utime, used.ru_maxrss * 1024 / 1e9, out.read()


def file(castner):
    import pandas, statsmodels
    path = month()
    peers = {f"pandas {pandas.__version__}, reads it": "pandas_reads", "and three sigma, EWMA": "pandas_charts",
             f"numpy {np.__version__}, recursive least squares": "numpy_lines"}
    rows = []
    for _ in range(ROUNDS):
        found = {"castner": process([castner, "cells", FOLDER / "month.toml", path, "--json"])}
        found |= {who: process([sys.executable, __file__, "--peer", peer, path]) for who, peer in peers.items()}
        rows += [(of, unit, "lower", who, figures[k]) for k, (of, unit) in enumerate(
            (("elapsed", "s"), ("processor, user", "s"), ("memory at most", "GB"))) for who, figures in found.items()]
        answer = json.loads(found["castner"][3])
        said = {f["cell"] for f in answer["findings"] if f["code"] == "cell_sick"}
        if not {f"E1/{k + 1:03d}" for k in SICK} <= said:
            sys.exit(f"castner cells says of {said} that they are sick")
    scale = FILE_CELLS * DAYS * 86400 / STEP / FEW
    seconds = float(process([sys.executable, __file__, "--peer", "statsmodels_lines", path])[3])
    rows.append(("processor, user", "s", "lower", f"statsmodels {statsmodels.__version__.split('+')[0]}, RecursiveLS, scaled", seconds * scale))
    path.unlink()
    finish("cells_file", rows)


# ---- the server -------------------------------------------------------------------------------------------------------

class Scanner:
    """Bodies of line protocol: every cell and current at one time."""

    def __init__(self):
        self.cells = Cells(ELECTROLYSERS * EACH)
        self.voltage = Form("EI-000-000 value=0.000 0000000000\n", ELECTROLYSERS * EACH)
        self.current = Form("II-000 value=00.000 0000000000\n", ELECTROLYSERS)
        cell = np.arange(ELECTROLYSERS * EACH)
        self.voltage.fill(3, 3, cell // EACH)
        self.voltage.fill(7, 3, cell % EACH + 1)
        self.current.fill(3, 3, np.arange(ELECTROLYSERS))

    def body(self, second):
        at = np.array([float(second)])
        self.voltage.volts(17, self.cells.volts(at)[0])
        amperes = int(round(self.cells.load(at)[0] * AREA * 1000))
        self.current.fill(13, 2, np.full(ELECTROLYSERS, amperes // 1000))
        self.current.fill(16, 3, np.full(ELECTROLYSERS, amperes % 1000))
        for form in (self.voltage, self.current):
            form.fill(len(form.line) - 11, 10, np.full(len(form.text), second))
        return self.current.text.tobytes() + self.voltage.text.tobytes()


def cells_toml():
    return "[cell_room]\n" + "".join(
        f'[[electrolyser]]\nname = "E{e}"\ncells = {EACH}\ncell_area = "{AREA} m2"\nvoltages = "EI-{e:03d}-{{001..{EACH}}}"\n'
        f'current = {{ tag = "II-{e:03d}", unit = "kA" }}\n' for e in range(ELECTROLYSERS))


class Server(LiveServer):
    def __init__(self, castner, folder, with_cells):
        folder.mkdir()
        (folder / "cells.toml").write_text(cells_toml())
        super().__init__(castner, folder, '[cells]\nfile = "cells.toml"\n' if with_cells else "")
        self.make_token()
        self.line = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=60)
        self.resident_mb = []

    def push(self, body):
        self.line.request("POST", "/api/v1/write?precision=s", body, {"Authorization": "Bearer " + self.token, "Content-Type": "text/plain"})
        answer = self.line.getresponse()
        said = answer.read()
        if answer.status != 204:
            sys.exit(f"{answer.status}: {said[:500]!r}")

    def spent(self):
        """Processor time so far [s]."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def serve(castner):
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        scanner, folder = Scanner(), pathlib.Path(folder)
        with Server(castner, folder / "with", True) as watched, Server(castner, folder / "without", False) as bare:
            servers = (watched, bare)
            now = int(time.time())
            past = range(now - PAST, now, PAST_STEP)
            for k in range(0, len(past), 6):
                body = b"".join(scanner.body(t) for t in past[k:k + 6])
                for s in servers:
                    s.push(body)
            due, begun = time.monotonic(), None
            for k in range(WARM + COUNTED + 1):
                time.sleep(max(0.0, due + k - time.monotonic()))
                if k == WARM:
                    begun = time.monotonic(), [s.spent() for s in servers]
                if k >= WARM:
                    for s in servers:
                        s.resident_mb.append(s.resident())
                if k == WARM + COUNTED:
                    break
                body = scanner.body(int(time.time()))
                for s in servers:
                    s.push(body)
            took = time.monotonic() - begun[0]
            share = [100 * (s.spent() - before) / took for s, before in zip(servers, begun[1])]
            rest, most = (np.percentile([s.resident_mb for s in servers], share_of, axis=1).tolist() for share_of in (25, 100))
            seen = [c["state"] for c in watched.get("/api/v1/cells", timeout=60)["cells"]]
            if seen.count("healthy") < 0.99 * ELECTROLYSERS * EACH:
                sys.exit(f"of {len(seen)} cells {seen.count('healthy')} are known to be healthy")
    rows = []
    for what, unit, (watching, without) in (("processor of the server", "% of a core", share), ("its memory at rest", "MB", rest), ("at most", "MB", most)):
        rows += [(what, unit, "", who, value) for who, value in (("castner serve, with [cells]", watching), ("without", without),
                                                                 ("what [cells] adds", watching - without))]
    rows.append(("memory a cell at rest", "kB", "", "what [cells] adds", (rest[0] - rest[1]) * 1024 / (ELECTROLYSERS * EACH)))
    finish("cells_serve", rows)


# ---- a row ------------------------------------------------------------------------------------------------------------

def benchmarks(module):
    program = ROOT / f"build/bench/{module}_bench"
    if not program.exists():
        sys.exit(f"{program} is missing: make bench builds it")
    done = subprocess.run([program, "--benchmark_format=json"], check=True, capture_output=True, text=True)
    return {b["name"].split("/")[0]: b for b in json.loads(done.stdout)["benchmarks"]}


def row(_):
    rows = []
    for _ in range(ROUNDS):
        found = benchmarks("cells")
        nanoseconds = lambda name: 1e9 / found[name]["items_per_second"]
        rows += [("a cell in a row of 180", "ns", "lower", "castner, all healthy", nanoseconds("healthy_row")),
                 ("a cell in a row of 180", "ns", "lower", "with five events open", nanoseconds("row_with_five_sick_cells")),
                 ("a cell in a row of 180", "ns", "lower", "CUSUM of deviations from the mean", nanoseconds("plain_cusum_row"))]
    second = benchmarks("service")["a_second_of_ten_thousand_cells"]
    rows.append(("a second of 10 000 cells out of the store, with a picture of all", "ms", "", "castner, all healthy", second["cpu_time"]))
    finish("cells_row", rows)


def main():
    if sys.argv[1:2] == ["--peer"]:
        return print(PEERS[sys.argv[2]](sys.argv[3]))
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("castner", nargs="?", default=str(ROOT / "build/release/castner"))
    ask.add_argument("--only", choices=("file", "serve", "row"))
    ask.add_argument("--record", action="store_true")
    o = ask.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for part in (file, serve, row):
        if o.only in (None, part.__name__):
            part(o.castner)


if __name__ == "__main__":
    main()
