#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes data.csv of this folder: a day of one electrolyser with 40 cells, read every minute.

  castner-cell-replay pinhole --csv --first 2 --cells 40 | plants/cells/make_data.py > plants/cells/data.csv

The story "pinhole" (castner/cell_bank) tears the membrane of cell 4 at 07:16 and stops the electrolyser for an hour after noon. Added here: the
membrane of cell 12 is old all the time (11 mohm/1000 more: 0.15 V at full load), and the tap of cell 31 breaks at 16:00.
"""
import csv, sys

OLD, OLD_RESISTANCE = "EI-1101-012 [V]", 11e-6  # [ohm]
BROKEN, BROKEN_AT = "EI-1101-031 [V]", "2026-03-01T16:00:00Z"

rows = csv.DictReader(sys.stdin)
out = csv.DictWriter(sys.stdout, rows.fieldnames, lineterminator="\n")
out.writeheader()
for row in rows:
    if row[OLD]:
        added = OLD_RESISTANCE * float(row["II-1101 [kA]"]) * 1e3
        row[OLD] = f"{float(row[OLD]) + added:.3f}"
        row["EI-1101 [V]"] = f"{float(row['EI-1101 [V]']) + added:.2f}"
    if row["time"] >= BROKEN_AT:
        row[BROKEN] = "0.000"
    out.writerow(row)
