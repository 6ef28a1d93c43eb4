#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `castner --lang zh` writes on terminals and into reports, and what it says on standard error, holds no English sentence.

  speaks_chinese.py CASTNER

  1. Each plant of plants/, tests/cases/ and this folder goes through check, simulate, reconcile and assess; those here fail in every way
     that solvers know, and with tables about which the reader must assume something. So does each command of tests/cases that is refused, and
     each table there.
  2. Names of the plant file and of the data, in whatever language, are taken out; HTML is brought to its texts.
  3. Three English words in a row that are left fail the test: a sentence without a row in castner/words.
"""
import html
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ENGLISH = re.compile(r"(?<![\w./-])[A-Za-z][a-z'’]*(?:-[a-z]+)*(?:[,;:]? [A-Za-z][a-z'’]*(?:-[a-z]+)*){2,}(?![\w/])")
MOST_BYTES = 2_000_000


def texts_of(page: str) -> str:
    """What a browser shows of a report, and what it reads aloud."""
    page = re.sub(r"<(style|script).*?</\1>", " | ", page, flags=re.S)
    page = re.sub(r'<[^>]*?(?:title|aria-label|alt)="([^"]*)"[^>]*>', r" | \1 | ", page)
    return html.unescape(re.sub(r"<[^>]*>", " | ", re.sub(r"</?(?:b|span|strong|em)\b[^>]*>", "", page)))


def names_of(*files: pathlib.Path) -> list[str]:
    """Names that people gave: whatever stands between quotes, or in the cells of a table."""
    found = {str(f) for f in files} | {f.name for f in files}
    for f in files:
        text = f.read_bytes()[:MOST_BYTES].decode("utf-8", "replace")
        found |= set(re.findall(r'"([^"\n]+)"', text))
        if f.suffix == ".csv":  # the head of each column, and what stands for a reading in several words
            head, *rows = text.split("\n")
            found |= set(re.split(r"[,;\t]", head)) | {c for row in rows for c in re.split(r"[,;\t]", row) if " " in c}
    return sorted((n.strip() for n in found if len(n.strip()) > 1), key=len, reverse=True)


def english_in(text: str, names: list[str]) -> list[str]:
    for name in names:
        text = text.replace(name, "▪")
        if " " in name:  # a terminal may break it
            text = re.sub(re.escape(name).replace(r"\ ", r"\s+"), "▪", text)
    return [found for found in ENGLISH.findall(text) if re.search(r"[A-Za-z]{2}", found)]  # letters alone are names


def runs(castner: str, scratch: pathlib.Path):
    """Each command line with the files whose names it may repeat."""
    for plant in sorted([*ROOT.glob("plants/*/*.toml"), *ROOT.glob("tests/cases/*/*/*.toml"), *HERE.glob("*.toml")]):
        if subprocess.run([castner, "check", plant], capture_output=True).returncode > 1:
            continue  # refused, or no plant file
        for command in ("check", "simulate", "reconcile"):
            yield [command, plant], [plant]
        tables = ROOT / "tests/cases/table/accepted" if plant.stem == "tables" else plant.parent
        for data in sorted([*tables.glob("*.csv"), *tables.glob("*.xlsx")]):
            yield ["assess", plant, data, "--timezone", "+08:00", "--html", scratch / "report.html"], [plant, data]
        yield ["assess", plant, "-", "--html", scratch / "report.html"], [plant]
    yield ["check", "--models"], []


def refusals(castner: str, scratch: pathlib.Path):
    """Each command line that is refused, with the folder in which it runs and the files whose names it may repeat."""
    for case in sorted((ROOT / "tests/cases").glob("*/*/command")):
        words = shlex.split(case.read_text().replace("$ROOT", str(ROOT)))
        spoken = len(words) > 1 and words[1] in ("assess", "check", "reconcile", "simulate")
        if not spoken or "--lang" in words or not (case.parent / "expected.err").exists():
            continue
        work = scratch / case.parent.parent.name / case.parent.name
        shutil.copytree(case.parent, work, ignore=shutil.ignore_patterns("expected.*"))
        yield words[1:], work, [f for f in work.iterdir() if f.is_file()]
    for table in sorted((ROOT / "tests/cases/table/refused").iterdir()):
        if table.suffix not in (".expected", ".zone"):
            zone = table.with_suffix(".zone")
            said = ["--timezone", zone.read_text().strip()] if zone.exists() else []
            yield ["assess", HERE / "tables.toml", table, *said], scratch, [HERE / "tables.toml", table]


def said_in_refusals(castner: str, scratch: pathlib.Path) -> tuple[list[str], int]:
    found, looked = [], 0
    for line, folder, files in refusals(castner, scratch):
        done = subprocess.run([castner, *line, "--lang", "zh"], cwd=folder, capture_output=True, timeout=600)
        text = done.stderr.decode("utf-8", "replace")
        looked += done.returncode in (2, 3)
        text = re.sub(r'"[^"\n]*"', "▪", text)  # names and what to write
        found += [f"{folder.name} {files[-1].name}: {run}" for run in english_in(text, names_of(*files))]
    return found, looked


def main() -> int:
    castner = str(pathlib.Path(sys.argv[1]).resolve())
    found, looked, failed = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        for line, files in runs(castner, scratch):
            done = subprocess.run([castner, *line, "--lang", "zh"], capture_output=True, text=True, timeout=600)
            report = scratch / "report.html"
            text = done.stdout + (texts_of(report.read_text()) if report.exists() else "")
            report.unlink(missing_ok=True)
            looked, failed = looked + bool(text), failed + (done.returncode == 1)
            shown = " ".join(str(part).replace(str(ROOT) + "/", "") for part in line[:3])
            found += [f"castner {shown}: {run}" for run in english_in(text, names_of(*files))]
    with tempfile.TemporaryDirectory() as folder:
        in_refusals, refused = said_in_refusals(castner, pathlib.Path(folder))
    found += in_refusals
    print("\n".join(dict.fromkeys(found)) or f"{looked} answers in Chinese, {failed} of them of failures, and {refused} refusals without an English sentence")
    return bool(found) or looked < 100 or failed < 20 or refused < 100


sys.exit(main())
