#!/usr/bin/env python3
"""The OPC UA gateway's tests, by Node's own test runner: payloads, the queue on disk, real servers and brokers that die.

  gateway.py CASTNER     (CASTNER is not used; every integration script gets it)
"""
import pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import needs

NODE = needs.node("gateway")
try:
    tests = sorted((ROOT / "gateway/test").glob("*.test.mjs"))
    run = [NODE, "--test", "--test-timeout=280000", "--test-force-exit", *tests]
    sys.exit(subprocess.run(run, cwd=ROOT / "gateway", timeout=300).returncode)
except subprocess.TimeoutExpired:
    sys.exit("gateway: not done within 300 s")
