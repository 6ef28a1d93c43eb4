#!/usr/bin/env python3
"""Castner's table reader against pandas and Python's csv module, on the same files in one run, in turn.

  bench_table_reader.py [--record]     after `make bench` has built build/bench/tables_bench

Each file is read ROUNDS times by each reader, in turn, and the least processor time counts, which a busy machine spoils least.
pandas reads with its C engine, parses the times by the format it is told and puts them into the zone: what a script would do
that knows the file beforehand; Castner finds the encoding, the delimiter, the decimals and the format of the times by itself.
--record keeps the figures in bench/results/table_reader.csv.
"""
import csv, datetime, json, os, pathlib, platform, random, subprocess, sys, time

import pandas

from performance_table import finish

ROOT = pathlib.Path(__file__).resolve().parents[1]
BENCH, FOLDER = ROOT / "build/bench/tables_bench", ROOT / "build/bench_tables"
ROWS, TAGS, ROUNDS, ZONE, FORMAT = 200_000, 20, 5, "Asia/Shanghai", "%Y-%m-%d %H:%M:%S"


def generate(name, delimiter, mark, tall):
    path, rng, start = FOLDER / name, random.Random(2026), datetime.datetime(2026, 1, 1)
    if path.exists():
        return path
    tags = [f"FI-{100 + k}" for k in range(TAGS)]
    with open(path, "w") as out:
        out.write(delimiter.join(["time", "tag", "value"] if tall else ["time", *tags]) + "\n")
        for i in range(ROWS // TAGS * 2 if tall else ROWS):
            at = (start + datetime.timedelta(minutes=i)).strftime(FORMAT)
            values = [f"{100 + k}.{rng.randrange(100, 1000)}".replace(".", mark) for k in range(TAGS)]
            if tall:
                out.write("".join(delimiter.join((at, tag, v)) + "\n" for tag, v in zip(tags, values)))
            else:
                out.write(delimiter.join([at, *values]) + "\n")
    return path


def by_castner(path, delimiter, mark, tall):
    done = subprocess.run([BENCH, "--benchmark_filter=given_file", "--benchmark_format=json", "--benchmark_min_time=0.01"],
                          env={**os.environ, "CASTNER_TABLE": str(path)}, capture_output=True, check=True)
    return json.loads(done.stdout)["benchmarks"][0]["cpu_time"] / 1e3


def by_pandas(path, delimiter, mark, tall):
    begin = time.process_time()
    table = pandas.read_csv(path, sep=delimiter, decimal=mark)
    table["time"] = pandas.to_datetime(table["time"], format=FORMAT).dt.tz_localize(ZONE)
    if tall:
        for _ in table.groupby("tag"):
            pass
    return time.process_time() - begin


def by_csv_module(path, delimiter, mark, tall):
    begin = time.process_time()
    with open(path, newline="") as f:
        rows = csv.reader(f, delimiter=delimiter)
        next(rows)
        for row in rows:
            datetime.datetime.fromisoformat(row[0])
            for text in row[2:] if tall else row[1:]:
                float(text.replace(mark, "."))
    return time.process_time() - begin


def main():
    if not BENCH.exists():
        sys.exit(f"{BENCH} is missing: make bench builds it")
    FOLDER.mkdir(parents=True, exist_ok=True)
    readers = {"castner": by_castner, f"pandas {pandas.__version__}": by_pandas, f"Python {platform.python_version()}, csv": by_csv_module}
    rows = []
    for name, what, delimiter, mark, tall in [("wide.csv", "wide, comma", ",", ".", False),
                                              ("german.csv", "wide, semicolon and decimal comma", ";", ",", False),
                                              ("long.csv", "long", ",", ".", True)]:
        path = generate(name, delimiter, mark, tall)
        count = sum(1 for _ in open(path)) - 1
        what += f", {count // 1000} 000 rows{'' if tall else f' of {TAGS} tags'}, {path.stat().st_size / 1e6:.0f} MB"
        best = [min(times) for times in zip(*[[read(path, delimiter, mark, tall) for read in readers.values()] for _ in range(ROUNDS)])]
        rows += [(what, "s", "lower", who, least) for who, least in zip(readers, best)]
    finish("table_reader", rows)


main()
