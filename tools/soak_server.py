#!/usr/bin/env python3
"""A day of a plant with 5000 tags at 1 Hz, 432 million readings, into the real `castner serve` as fast as it takes them.

  soak_server.py CASTNER [--hours 24] [--tags 5000] [--out FOLDER] [--record]

Four connections, each with a quarter of the tags, post line protocol in bodies of a minute, as a client does that sends what it stored
while the line was down. Of a hundred bodies two are held back and come up to two hours later, into the hole they left; one is wrong and
corrected as late, one comes twice. The server's memory and processor time are written down every second. Then every tag's readings are counted
and summed hour by hour, some tags are read back one by one, the file is verified, and soak.csv has every
second. It fails where a reading is missing or changed, the file is not sound, or memory grew.
"""
import argparse, http.client, json, os, pathlib, shutil, subprocess, sys, tempfile, threading, time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))
from live_server import LiveServer
from performance_table import finish

CONNECTIONS, MINUTE, HOUR = 4, 60, 3600
START = 1_795_046_400        # [s] 2026-11-19T00:00:00Z
SEED = 20261119
FREE = 5 << 30               # [bytes] of disk; a day is about 0.5 GB, and what waits comes on top
GROWTH = 1.15                # resident memory of the last tenth against that of the third: more is a leak
READ_BACK = 8                # tags whose every reading is compared
HELD, WRONG, TWICE = 0.02, 0.01, 0.01  # of the bodies
LATEST = 120                 # [min] by which a body held back is late


# ---- the plant ------------------------------------------------------------------------------------------------------

def name(tag):
    return f"EI-{tag:05d}"


def minute_of(tags, minute):
    """The values of these tags in a minute, in 0.1 mV, (second, tag): each cell's own level, a drift with the load that all share, noise of
    0.3 mV. Made anew whenever it is wanted, so that 432 million values need not be remembered."""
    random = np.random.default_rng([SEED, tags.start, minute])
    seconds = minute * MINUTE + np.arange(MINUTE)
    level = 30000 + (np.arange(tags.start, tags.stop) * 7919) % 1000
    drift = np.rint(800 * np.sin(seconds * (2 * np.pi / 86400)) + 40 * np.sin(seconds * (2 * np.pi / 600)))
    noise = np.rint(3 * random.standard_normal((MINUTE, len(tags))))
    return (level + drift[:, None] + noise).astype(np.int64)


def volts(tenths):
    """As the decimal text is read: 31234 -> 3.1234, rounded once."""
    return tenths / 10000


class Bodies:
    """Line protocol, "EI-00012 value=3.1234 1795046460", of a minute: a form whose digits are filled in."""

    def __init__(self, tags):
        line = "EI-00000 value=0.0000 0000000000\n"
        self.tags, self.at_value, self.at_time = tags, line.index("=") + 1, len(line) - 11
        self.form = np.frombuffer((line * (MINUTE * len(tags))).encode(), np.uint8).reshape(MINUTE, len(tags), len(line)).copy()
        self.fill(3, 5, np.arange(tags.start, tags.stop))

    def fill(self, at, digits, numbers):
        for k in range(digits):
            self.form[:, :, at + digits - 1 - k] = 48 + (numbers // 10**k) % 10

    def minute(self, m, wrong):
        v = minute_of(self.tags, m) + 5000 * wrong
        self.form[:, :, self.at_value] = 48 + v // 10000
        self.fill(self.at_value + 2, 4, v)
        self.fill(self.at_time, 10, (START + m * MINUTE + np.arange(MINUTE))[:, None])
        return self.form.tobytes()


def turns(tags, minutes):
    """The bodies of a connection in the order in which they are sent: [(minute, whether its values are wrong)]. A body held back is sent with
    the minute that is due then; the last turn has what is left. Every minute is right in the end."""
    random, later, order = np.random.default_rng([SEED, tags.start]), [[] for _ in range(minutes + 1)], []
    for m in range(minutes):
        order += [(late, False) for late in later[m]]
        chance = random.random()
        if chance >= HELD:
            order.append((m, chance < HELD + WRONG))
        if chance < HELD + WRONG + TWICE:
            later[min(minutes, m + random.integers(1, LATEST + 1))].append(m)
    return order + [(late, False) for late in later[minutes]]


class Writer(threading.Thread):
    """One connection. A minute that was not acknowledged is sent again."""

    def __init__(self, server, tags, minutes):
        super().__init__(daemon=True)
        self.server, self.tags, self.minutes = server, tags, minutes
        self.acknowledged, self.refused, self.failed = 0, 0, None

    def run(self):
        try:
            bodies, line = Bodies(self.tags), http.client.HTTPConnection(self.server.url.removeprefix("http://"), timeout=120)
            headers = {"Authorization": "Bearer " + self.server.token, "Content-Type": "text/plain"}
            for m, wrong in turns(self.tags, self.minutes):
                body = bodies.minute(m, wrong)
                while True:
                    line.request("POST", "/api/v1/write?precision=s", body, headers)
                    answer = line.getresponse()
                    said = answer.read()
                    if answer.status == 204:
                        break
                    if answer.status != 503:
                        raise RuntimeError(f"{answer.status}: {said[:500]!r}")
                    self.refused += 1
                    time.sleep(0.2)
                self.acknowledged += MINUTE * len(self.tags)
        except Exception as e:  # told by the main thread, which ends the run
            self.failed = e


# ---- the watch over the server ---------------------------------------------------------------------------------------

class Watch(threading.Thread):
    """Records the server's resources, a row a second. [(s, readings acknowledged, resident MB, of which its own, processor s, file MB)]"""

    def __init__(self, server, folder, writers):
        super().__init__(daemon=True)
        self.pid, self.folder, self.writers, self.rows, self.ends = server.process.pid, folder, writers, [], threading.Event()
        self.began = time.monotonic()

    def row(self):
        status = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines())
        spent = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        kb = lambda key: int(status[key].split()[0]) / 1024
        size = sum(f.stat().st_size for f in self.folder.glob("history.db*")) / 1e6
        return (time.monotonic() - self.began, sum(w.acknowledged for w in self.writers), kb("VmRSS"), kb("RssAnon"),
                (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK"), size)

    def run(self):
        while not self.ends.wait(1):
            self.rows.append(self.row())


# ---- what came of it -------------------------------------------------------------------------------------------------

def counted_back(server, groups, hours):
    """Compares the server's sums of every tag and hour with sums made here: (readings counted, sums that differ)."""
    counted = wrong = 0
    for tags in groups:
        n = len(tags)
        want = {k: np.zeros((hours, n)) for k in ("min", "max", "first", "last", "mean")}
        for h in range(hours):
            v = np.concatenate([minute_of(tags, m) for m in range(h * 60, h * 60 + 60)])
            for key, of in (("min", v.min(0)), ("max", v.max(0)), ("first", v[0]), ("last", v[-1])):
                want[key][h] = volts(of)
            want["mean"][h] = v.mean(0) / 10000
        for first in range(0, n, 50):
            some = range(tags.start + first, min(tags.start + first + 50, tags.stop))
            found = server.get(f"/api/v1/history?tags={','.join(map(name, some))}&from={stamp(0)}&to={stamp(hours * HOUR)}"
                               "&bucket=1h&aggregate=min,max,first,last,mean&units=own", timeout=120)["series"]
            for tag, series in zip(some, found):
                column = tag - tags.start
                if series["tag"] != name(tag) or series["good"] != [HOUR] * hours:
                    wrong += 1
                counted += sum(series["good"])
                wrong += sum(series[k] != want[k][:, column].tolist() for k in ("min", "max", "first", "last"))
                wrong += not np.allclose(series["mean"], want["mean"][:, column], rtol=1e-12, atol=0)
    return counted, wrong


def stamp(second):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(START + second))


def read_back(server, groups, hours):
    """Some tags, reading by reading, and again a little at a time: whatever a question begins with, all of it must be seen. How many differ."""
    wrong = 0
    for tag in np.linspace(0, groups[-1].stop - 1, READ_BACK).astype(int):
        group = next(g for g in groups if tag in g)
        want = volts(np.concatenate([minute_of(group, m)[:, tag - group.start] for m in range(hours * 60)])).tolist()
        for step in (hours * HOUR, 7 * MINUTE):
            found = [value for first in range(0, hours * HOUR, step)
                     for _, value in server.history(name(tag), stamp(first), stamp(min(first + step, hours * HOUR)))]
            wrong += abs(len(found) - len(want)) + sum(a != b for a, b in zip(found, want))
    return wrong


def mean_memory(rows, begin, end):
    some = rows[int(len(rows) * begin):int(len(rows) * end)] or rows[-1:]
    return sum(r[2] for r in some) / len(some)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("castner")
    ask.add_argument("--hours", type=int, default=24)
    ask.add_argument("--tags", type=int, default=5000)
    ask.add_argument("--out", type=pathlib.Path, default=ROOT / "build/soak")
    ask.add_argument("--record", action="store_true", help="keep the figures in bench/results/plant.csv")
    o = ask.parse_args()
    if o.record and (o.tags, o.hours) != (5000, 24):
        ask.error("--record keeps a day of 5000 tags, nothing else")
    o.out.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(o.out).free < FREE:
        sys.exit(f"{o.out}: less than {FREE >> 30} GiB free; free some, or name another folder with --out")
    edges = [o.tags * k // CONNECTIONS for k in range(CONNECTIONS + 1)]
    groups = [range(a, b) for a, b in zip(edges, edges[1:])]

    with tempfile.TemporaryDirectory(prefix="server-", dir=o.out) as folder:
        server = LiveServer(o.castner, folder)
        server.make_token()
        writers = [Writer(server, tags, o.hours * 60) for tags in groups]
        watch = Watch(server, pathlib.Path(folder), writers)
        print(f"{o.tags} tags, {o.hours} h at 1 Hz: {o.tags * o.hours * HOUR:,} readings", flush=True)
        for thread in (*writers, watch):
            thread.start()
        while any(w.is_alive() for w in writers):
            time.sleep(1)
            if len(watch.rows) % 30 == 29:
                t, n, rss, *_ = watch.rows[-1]
                print(f"{t:5.0f} s  {n / 1e6:6.1f} million readings  {n / t / 1e6:5.2f} million/s  {rss:5.0f} MB", flush=True)
            if any(w.failed for w in writers) or server.process.poll() is not None:
                server.kill()
                sys.exit(f"{[w.failed for w in writers if w.failed]}\n{server.log.read_text()[-3000:]}")
        took = time.monotonic() - watch.began
        watch.rows.append(watch.row())
        watch.ends.set()
        watch.join()
        rows, acknowledged, refused = watch.rows, sum(w.acknowledged for w in writers), sum(w.refused for w in writers)

        began = time.monotonic()
        counted, wrong = counted_back(server, groups, o.hours)
        differing = read_back(server, groups, o.hours)
        asked = time.monotonic() - began
        code = server.stop()
        history = pathlib.Path(folder, "history.db")
        size = history.stat().st_size
        began = time.monotonic()
        verified = subprocess.run([o.castner, "historian", "verify", history], capture_output=True, text=True)
        verify_took = time.monotonic() - began

    (o.out / "soak.csv").write_text("seconds,acknowledged,resident_mb,own_mb,processor_s,file_mb\n"
                                    + "".join("%.1f,%d,%.1f,%.1f,%.2f,%.1f\n" % r for r in rows))
    early, late, peak = mean_memory(rows, 0.2, 0.3), mean_memory(rows, 0.9, 1), max(r[2] for r in rows)
    print(f"{refused} bodies told to wait; counted back {counted:,}; hourly sums that differ {wrong}; of {READ_BACK} tags read one by one {differing} readings "
          f"differ ({asked:.0f} s). The server stopped with {code}. {verified.stdout.strip()} ({verify_took:.0f} s).")
    print(f"memory {early:.0f} MB in the third tenth of the run, {late:.0f} MB in the last, {peak:.0f} MB at most")
    if counted != o.tags * o.hours * HOUR or wrong or differing or code or verified.returncode:
        sys.exit("readings are missing or changed, or the file is not sound")
    if late > GROWTH * early:
        sys.exit("memory grew")
    days = o.hours / 24
    finish("plant", [(what, unit, "", "castner", value) for what, unit, value in (
        ("readings acknowledged", "million", acknowledged / 1e6), ("readings lost or changed", "", o.tags * o.hours * HOUR - counted + wrong + differing),
        ("took", "s", took), ("processor of the server", "s", rows[-1][4]), ("of one core, the day through", "%", rows[-1][4] / (864 * days)),
        ("disk", "bytes a reading", size / acknowledged), ("disk", "MB a day", size / days / 1e6),
        ("memory in the third tenth of the run", "MB", early), ("memory in the last tenth", "MB", late), ("memory at most", "MB", peak))])


main()
