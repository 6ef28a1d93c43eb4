#!/usr/bin/env python3
"""Who is accused where one instrument of plants/cell_room reads a multiple of the truth.

  validate_slips.py CASTNER [--rows 60] [--tags AI-1106,AI-1306] [--factors 0.5,2] [--every 1]

Each tag's column of the first rows is multiplied by each factor, and `castner assess` is asked: is the tag named, alone or
as one of several, and is a sound one named?
Prints the table of docs/validation/slips.md.
"""
import argparse, csv, json, os, pathlib, subprocess, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLANT = ROOT / "plants/cell_room/plant.toml"
DATA = ROOT / "plants/cell_room/data.csv"
PLANTED = {"TI-1203", "FI-2004"}  # what make_data.py makes wrong; no fault of a slip

arguments = argparse.ArgumentParser()
arguments.add_argument("castner")
arguments.add_argument("--rows", type=int, default=60)
arguments.add_argument("--tags", default="")
arguments.add_argument("--factors", default="0.5,0.9,1.1,2,10")
arguments.add_argument("--every", type=int, default=1, help="of the tags, for a look")
arguments.add_argument("--each", action="store_true", help="one line a slip")
options = arguments.parse_args()

lines = DATA.read_text(encoding="utf-8").splitlines()
first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
head, *rows = csv.reader(lines[first:first + 1 + options.rows])


def assess(column, factor):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", delete=False) as file:
        out = csv.writer(file)
        out.writerow(head)
        for row in rows:
            try:
                out.writerow(row[:column] + [f"{float(row[column]) * factor:.9g}"] + row[column + 1:])
            except ValueError:
                out.writerow(row)
    before = os.times()
    ran = subprocess.run([options.castner, "assess", str(PLANT), file.name, "--json"], capture_output=True, text=True)
    spent = os.times().children_user - before.children_user
    os.unlink(file.name)
    return json.loads(ran.stdout), spent


def accused(answer):
    """Named alone, named as one of several, in the windows' accusations; whether all windows were solved.

    A reading of what cannot be is not used, so it is not accused: it is named alone all the same.
    """
    alone, several, solved = set(), set(), True
    for f in answer["findings"]:
        if f["code"] == "instrument.impossible":
            alone.update(f["title"].split(": ")[1].split(", "))
    for w in answer["windows"]:
        r = w["reconciliation"]
        if r is None:
            continue
        solved = solved and r["status"] == "converged"
        for g in r["gross_errors"]:
            others = g["alternatives"] + g["also_possible"]
            names = {x["tag"] or x["of"] for x in [g, *others]} - PLANTED
            (several if others else alone).update(names)
    return alone, several, solved


factors = [float(f) for f in options.factors.split(",")]
tags = [(i, name.split(" (")[0]) for i, name in enumerate(head) if i > 0]
if options.tags:
    tags = [t for t in tags if t[1] in options.tags.split(",")]
tags = tags[::options.every]
table = {f: dict(seen=0, alone=0, group=0, others=0, wrong=0, other_group=0, worst=0.0) for f in factors}
for column, tag in tags:
    if tag in PLANTED:
        continue
    for f in factors:
        answer, spent = assess(column, f)
        alone, several, solved = accused(answer)
        t = table[f]
        t["seen"] += 1
        t["worst"] = max(t["worst"], spent)
        t["alone"] += tag in alone and alone == {tag}
        t["others"] += tag in alone and alone != {tag}
        t["group"] += tag not in alone and tag in several
        elsewhere = tag not in alone | several
        t["wrong"] += elsewhere and bool(alone)
        t["other_group"] += elsewhere and not alone and bool(several)
        if options.each:
            print(f"{tag} x{f:g}: {'' if solved else 'unsolved; '}alone {sorted(alone)} several {sorted(several)} "
                  f"{spent:.2f} s", flush=True)

print("| factor | slips | named alone | named, and others too | one of several | nobody named, or no answer | "
      "one of others | another named alone | slowest [s] |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
for f, t in table.items():
    silent = t["seen"] - sum(t[k] for k in ("alone", "others", "group", "other_group", "wrong"))
    print(f"| {f:g} | {t['seen']} | {t['alone']} | {t['others']} | {t['group']} | {silent} | {t['other_group']} | {t['wrong']} "
          f"| {t['worst']:.1f} |")
