#!/usr/bin/env python3
"""Runs one case: a folder with `command`, the files it reads, and expected.out, expected.err, expected.code.

  run_case.py CASTNER tests/cases/<command>/<name>

`command` is one line, `castner simulate plant.toml --json`; it runs in a copy of the folder, and $ROOT in it is the top of
the tree. Every other file expected.X is what the command must leave behind in X. Numbers agree to 1e-6 relative
(expected.tolerance holds another), everything else to the letter. CASTNER_UPDATE=1 writes what came out as what is
expected; read the diff before you commit it.
"""
import os, pathlib, re, shlex, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def agree(got, want, tolerance):
    """Same text but for numbers, which agree to `tolerance` relative; a number near zero to it absolute."""
    if NUMBER.split(got) != NUMBER.split(want):
        return False
    return all(g == w or abs(float(g) - float(w)) <= tolerance * max(1e-6, abs(float(w)))
               for g, w in zip(NUMBER.findall(got), NUMBER.findall(want)))


def run(castner, folder):
    """What the command said and left: {"out": ..., "err": ..., "code": ..., other file: ...}."""
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch) / folder.name
        shutil.copytree(folder, work, ignore=shutil.ignore_patterns("expected.*"))
        words = shlex.split((folder / "command").read_text().replace("$ROOT", str(ROOT)))
        if words[0] != "castner":
            sys.exit(f"{folder}/command: must begin with castner")
        done = subprocess.run([castner, *words[1:]], cwd=work, capture_output=True, timeout=600,
                              env={"PATH": os.environ["PATH"], "LC_ALL": "C"})
        outcome = {"out": done.stdout, "err": done.stderr, "code": f"{done.returncode}\n".encode()}
        outcome |= {f.name: f.read_bytes() for f in work.iterdir() if not (folder / f.name).exists()}
    return {name: data.decode("utf-8", "backslashreplace").replace(str(ROOT), "$ROOT") for name, data in outcome.items()}


def main():
    if len(sys.argv) != 3 or not os.access(sys.argv[1], os.X_OK):
        sys.exit(f"{sys.argv[1] if len(sys.argv) > 1 else 'castner'} is not there; cure: ninja -C build/dev castner\n{__doc__}")
    castner, folder = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    outcome = run(castner, folder)
    given = folder / "expected.tolerance"
    tolerance = float(given.read_text()) if given.exists() else 1e-6
    expected = {f.name.removeprefix("expected."): f.read_bytes().decode("utf-8", "backslashreplace")
                for f in folder.glob("expected.*") if f != given}
    bad = [name for name in sorted(outcome.keys() | expected.keys())
           if name not in outcome or not agree(outcome[name], expected.get(name, ""), tolerance)
           or (name not in expected and name == "code")]
    if os.environ.get("CASTNER_UPDATE"):
        for name in bad:
            target = folder / f"expected.{name}"
            target.write_text(outcome[name]) if outcome.get(name) else target.unlink(missing_ok=True)
        print(f"{folder.name}: " + (", ".join(f"expected.{n}" for n in bad) + " rewritten" if bad else "as expected"))
        return 0
    for name in bad:
        print(f"--- {folder.name}: expected.{name}\n{expected.get(name, '(none)')}\n+++ came out\n{outcome.get(name, '(none)')}")
    return bool(bad)


sys.exit(main())
