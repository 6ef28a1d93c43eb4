#!/usr/bin/env python3
"""Writes docs/validation.md: every published number that a test compares with, worst first.

  validation_table.py AGREEMENT.tsv docs/validation.md

The rows come from tests/support/agreement.h while the tests run; `make validation` does both.
"""
import collections, pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

HEAD = """# Agreement with published numbers

Written by `make validation`; do not edit. Every published number that a test compares Castner with, in the units of the
publication. *Deviation* is computed minus published, *share* is its size over the tolerance that the test allows and gives
a reason for: the worst come first, and above 1 the test fails. A set is named after its source: "Domain 6.1" is section 6.1 of
[the process](domain.md), whose *computed* numbers test that its equations were programmed as stated; every other name is that of a
publication in the [references](reference/references.md), where the keys of the last column stand too.

"""


def number(text):
    value = float(text)
    return "0" if value == 0 else f"{value:.7g}"


def share(row):
    deviation, tolerance = abs(float(row[3]) - float(row[2])), float(row[4])
    return deviation / tolerance if tolerance > 0 else (float("inf") if deviation else 0.0)


rows = sorted({tuple(line.rstrip("\n").split("\t")) for line in open(sys.argv[1], encoding="utf-8")})
broken = [r for r in rows if len(r) != 6]
if broken or not rows:
    sys.exit(f"{sys.argv[1]}: " + (f"{broken[0]} has not six fields" if broken else "no rows; did the tests run?"))
keys = set(re.findall(r"^\| `([\w.-]+)`", (ROOT / "docs/reference/references.md").read_text(encoding="utf-8"), re.M))
if unknown := sorted({r[5] for r in rows if r[5].split(",")[0].split()[0] not in keys}):
    sys.exit(f"{sys.argv[1]}: {unknown} do not begin with a key of docs/reference/references.md")
rows.sort(key=lambda r: -share(r))

groups = collections.defaultdict(list)
for r in rows:
    groups[r[0]].append(r)

with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write(HEAD)
    out.write(f"{len(rows)} numbers in {len(groups)} sets; {sum(share(r) > 1 for r in rows)} outside their tolerance.\n\n")
    out.write("| set | numbers | worst share | of |\n|---|---:|---:|---|\n")
    for name, members in sorted(groups.items(), key=lambda g: -share(g[1][0])):
        out.write(f"| {name} | {len(members)} | {share(members[0]):.3f} | {members[0][1]} |\n")
    out.write("\n## Every number\n\n| set | quantity | published | computed | deviation | tolerance | share | source |\n"
              "|---|---|---:|---:|---:|---:|---:|---|\n")
    for r in rows:
        out.write(f"| {r[0]} | {r[1]} | {number(r[2])} | {number(r[3])} | {float(r[3]) - float(r[2]):.2g} | {number(r[4])} "
                  f"| {share(r):.3f} | {r[5]} |\n")
print(f"{sys.argv[2]}: {len(rows)} numbers, worst share {share(rows[0]):.3f}")
