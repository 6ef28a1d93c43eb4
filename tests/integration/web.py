#!/usr/bin/env python3
"""The format of web/ and gateway/ (prettier), the pages' types against api/openapi.yaml, their unit tests by Vitest.

  web.py CASTNER     (CASTNER is not used; every integration script gets it)
"""
import os, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import needs

BIN = needs.node("web").parent
for script, cure in {"check-format": "; cure: make format", "check": "", "test": ""}.items():
    # The scripts call prettier, tsc and vite, which take the first node in PATH.
    run = subprocess.run([BIN / "node", "--run", script], cwd=ROOT / "web", timeout=240, env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "CI": "1"})
    if run.returncode:
        sys.exit(f"web: {script} failed{cure}")
