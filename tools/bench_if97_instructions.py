#!/usr/bin/env python3
"""Instructions a call of the hot IF97 functions, counted by callgrind: figures that a busy machine cannot touch.

  bench_if97_instructions.py [build/bench/props_bench] [--record]

With the peer in the build (-DCASTNER_PEER_IF97=FOLDER) its figures too; --record keeps them in bench/results/if97.csv. A call's figure
holds the loop of the benchmark around it, a few instructions, in both columns alike.
"""
import os, pathlib, re, shutil, subprocess, sys, tempfile

from performance_table import finish

ROOT = pathlib.Path(__file__).resolve().parents[1]
STATES = 1024  # kStates in castner/props/if97_bench.cpp
bench = next((a for a in sys.argv[1:] if a != "--record"), None) or str(ROOT / "build/bench/props_bench")
NAMES = {"enth_liq": "h(T,p), liquid", "enth_vap": "h(T,p), vapour", "pressure_sat": "p_sat(T)", "temperature_sat": "T_sat(p)",
         "enth_liq_castner_derivatives": "h(T,p), liquid, with 8 derivatives", "enth_vap_castner_derivatives": "h(T,p), vapour, with 8 derivatives"}


def instructions(name):
    """Instructions a state inside benchmark function `name`, or None where the build lacks it."""
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "callgrind.out"
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", f"--toggle-collect=*::{name}(*",
                               bench, f"--benchmark_filter=^{name}/"], env={**os.environ, "CASTNER_ONE_PASS": "1"}, capture_output=True, text=True)
        found = re.search(r"^summary: (\d+)", out.read_text(), re.M) if done.returncode == 0 and out.exists() else None
    count = int(found[1]) if found else 0
    return count / STATES if count else None


if not shutil.which("valgrind"):
    sys.exit("valgrind is missing; apt-get install valgrind")
rows = []
for key, text in NAMES.items():
    ours = instructions(key if key.endswith("derivatives") else key + "_castner")
    peer = None if key.endswith("derivatives") else instructions(key + "_coolprop")
    if ours is None:
        sys.exit(f"{bench}: no benchmark {key}")
    rows += [(text, "instructions", "lower", who, count) for who, count in (("castner", ours), ("CoolProp IF97 2.2.1", peer)) if count]
finish("if97", rows)
