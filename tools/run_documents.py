#!/usr/bin/env python3
"""Runs every command that the documents show, so that what a newcomer types works.

  run_documents.py CASTNER

A line `$ castner ...` in a fenced block of README.md, README.zh-CN.md or docs is run from the top of the tree; the lines after it
up to the next `$`, a blank line or the end of the block must be found in what comes out, in this order (a line `...` stands for any
number of lines). An exit code above 1 is a failure, and so is a `make` target that the Makefile does not have.
Every command that README.md lists must have an example under --help. Files named with --html, --csv or redirected go to a scratch folder, where the commands after find them.
"""
import os, pathlib, re, shlex, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
if len(sys.argv) != 2 or not os.access(sys.argv[1], os.X_OK):
    sys.exit(f"{sys.argv[1] if len(sys.argv) > 1 else 'castner'} is not there; cure: ninja -C build/dev castner\n{__doc__}")
castner = str(pathlib.Path(sys.argv[1]).resolve())
targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.M))
bad, ran = [], 0


def blocks(text):
    for m in re.finditer(r"^```\w*\n(.*?)^```", text, re.M | re.S):
        yield text[:m.start(1)].count("\n") + 1, m[1].splitlines()


def check(place, command, shown, scratch):
    words = [re.sub(r"^(?:build/release/)?castner$", castner, w) if i == 0 else w for i, w in enumerate(shlex.split(command))]
    words = [str(scratch / w) if (scratch / w).is_file() else w for w in words]   # what a command before has written
    for i, w in enumerate(words[:-1]):
        if w in ("--html", ">") or (w == "--csv" and words[1] != "virtual-plant"):   # there it names no file
            words[i + 1] = str(scratch / pathlib.Path(words[i + 1]).name)
    to = open(words.pop(words.index(">") + 1), "w") if ">" in words else subprocess.PIPE
    words = [w for w in words if w != ">"]
    done = subprocess.run(words, cwd=ROOT, stdout=to, stderr=subprocess.PIPE, text=True, timeout=600)
    if done.returncode > 1:
        bad.append(f"{place}: exit code {done.returncode}: {command}\n{done.stderr}")
        return
    lines = [line.rstrip() for line in ((done.stdout or "") + done.stderr).splitlines()]
    at = 0
    for want in (s.rstrip() for s in shown if s.strip() != "..."):
        try:
            at = lines.index(want, at) + 1
        except ValueError:
            bad.append(f"{place}: `{command}` does not say\n    {want}\n  but\n" + "\n".join("    " + s for s in lines))
            return


with tempfile.TemporaryDirectory() as folder:
    for path in [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for first, lines in blocks(path.read_text() if path.exists() else ""):
            for i, line in enumerate(lines):
                place = f"{path.relative_to(ROOT)}:{first + i}"
                for target in re.findall(r"^(?:\$ )?make ([a-z]+)", line):
                    if target not in targets:
                        bad.append(f"{place}: the Makefile has no target {target}")
                if re.match(r"\$ (build/release/)?castner ", line):
                    shown = []
                    for after in lines[i + 1:]:
                        if after.startswith("$") or not after.strip():
                            break
                        shown.append(after)
                    check(place, line[2:], shown, pathlib.Path(folder))
                    ran += 1
for name in re.findall(r"^\| `castner ([\w-]+)`", (ROOT / "README.md").read_text(), re.M):
    if "Example" not in subprocess.run([castner, name, "--help"], capture_output=True, text=True, timeout=60).stdout:
        bad.append(f"README.md: castner {name} --help shows no example")
print("\n".join(bad) or f"{ran} commands of the documents do what they show")
sys.exit(bool(bad))
