#!/usr/bin/env python3
"""Draws the tables of docs/performance from the runs in bench/results.

  performance_table.py [--check]     --check changes nothing and fails where a document is out of date

1. A line of bench/results/NAME.csv is one measurement: what, its unit, which way is better (higher, lower or nothing), who
   was measured, the value, date, machine, and what else the machine did.
2. A page asks for a table by `<!-- table NAME -->`, or `<!-- table NAME unit -->` for the lines of one unit, and closes it by
   `<!-- end -->`.
3. A row is what was measured, a column is who. A cell is the median with the least and greatest; two values stand as a range.
   Bold is the best of a row. Under the table stand machine, dates and the rows in which somebody else is ahead of castner.

A benchmark ends with finish(), which prints its measurements and, where --record was asked for, keeps them: they replace those of
earlier days.
"""
import csv, datetime, os, pathlib, re, statistics, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS, PAGES = ROOT / "bench/results", [ROOT / "docs/performance.md", *sorted((ROOT / "docs/performance").glob("*.md"))]
LOAD = os.getloadavg()[0]     # when the benchmark began
FIELDS = ["what", "unit", "better", "who", "value", "date", "machine", "load"]


def read(name):
    with open(RESULTS / f"{name}.csv", newline="", encoding="utf-8") as file:
        return [row | {"value": float(row["value"])} for row in csv.DictReader(file)]


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    system = re.search(r'PRETTY_NAME="(.*?)"', pathlib.Path("/etc/os-release").read_text())
    return f"{model[1] if model else 'unknown processor'}, {os.cpu_count()} cores, {system[1] if system else 'unknown system'}"


def finish(name, rows):
    """Prints measurements (what, unit, better, who, value); with --record among the arguments keeps them and draws the pages anew."""
    for what, unit, _, who, value in rows:
        print(f"{what}, {who}: {number(value)} {unit}")
    if "--record" in sys.argv:
        record(name, rows)
        draw()


def record(name, measured):
    """Adds measurements; earlier ones of the same what, unit and who are dropped unless they are of the same day and version."""
    today = datetime.date.today().isoformat()
    load = "nothing else running" if LOAD < 1 else f"load {LOAD:.0f} before it began"
    new = [dict(zip(FIELDS, (*row, today, machine(), load))) for row in measured]
    key = lambda r: (r["what"], r["unit"], re.sub(r"\d+(\.\d+)+", "", r["who"]))
    before = read(name) if (RESULTS / f"{name}.csv").exists() else []
    again, order = {key(r) for r in new}, list(dict.fromkeys(map(key, before + new)))
    rows = sorted([r for r in before if r["date"] == today or key(r) not in again] + new, key=lambda r: order.index(key(r)))
    RESULTS.mkdir(parents=True, exist_ok=True)
    with open(RESULTS / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, FIELDS, lineterminator="\n")
        out.writeheader()
        out.writerows(row | {"value": f"{float(row['value']):.6g}"} for row in rows)


def number(value):
    """At most four digits, thousands apart."""
    if abs(value) >= 1000:
        return f"{round(value):,}".replace(",", " ")
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.4g}"


def cell(values):
    if len(values) == 2 and values[0] != values[1]:
        return f"{number(min(values))} to {number(max(values))}"
    median = number(statistics.median(values))
    return median if min(values) == max(values) else f"{median} ({number(min(values))} to {number(max(values))})"


def table(name, unit=None):
    runs = [r for r in read(name) if unit in (None, r["unit"])]
    columns, rows = list(dict.fromkeys(r["who"] for r in runs)), list(dict.fromkeys((r["what"], r["unit"], r["better"]) for r in runs))
    lines, behind = ["| | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)], []
    for what, in_unit, better in rows:
        found = {who: [r["value"] for r in runs if (r["what"], r["unit"], r["who"]) == (what, in_unit, who)] for who in columns}
        middle = {who: statistics.median(v) for who, v in found.items() if v}
        best = (max if better == "higher" else min)(middle.values()) if better and len(middle) > 1 else None
        cells = [f"**{cell(found[w])}**" if best is not None and middle.get(w) == best else cell(found[w]) if found[w] else "" for w in columns]
        lines.append(f"| {what}{f' [{in_unit}]' if in_unit else ''} | " + " | ".join(cells) + " |")
        if best is not None and not any(w.startswith("castner") and middle[w] == best for w in middle):
            behind.append(f"{what} ({next(w for w in middle if middle[w] == best)})")
    times = [len([r for r in runs if (r["what"], r["unit"]) == row[:2] and r["who"] == who]) for row in rows for who in columns]
    lines += ["", ("Median (least to most) of up to " + str(max(times)) + " runs. " if max(times) > 2 else "")
              + "; ".join(dict.fromkeys(r["machine"] for r in runs)) + ". " + ", ".join(dict.fromkeys(
                  f"{r['date']} ({r['load']})" for r in runs)) + "."]
    if any(better for _, _, better in rows):
        lines.append("Bold: the best of its row. " + ("A peer is ahead in: " + "; ".join(behind) + "." if behind else "No peer is ahead."))
    return "\n".join(lines) + "\n"


def drawn(text):
    return re.sub(r"(<!-- table (\S+)(?: ([^>]+?))? -->\n).*?(<!-- end -->)", lambda m: m[1] + table(m[2], m[3]) + m[4], text, flags=re.S)


def out_of_date():
    """Pages whose tables are not those of the runs."""
    return [page for page in PAGES if drawn(page.read_text(encoding="utf-8")) != page.read_text(encoding="utf-8")]


def draw():
    for page in out_of_date():
        page.write_text(drawn(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    if "--check" not in sys.argv:
        draw()
    elif late := out_of_date():
        sys.exit("\n".join(f"{page.relative_to(ROOT)}: tables differ from bench/results; run tools/performance_table.py" for page in late))
