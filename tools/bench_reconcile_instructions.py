#!/usr/bin/env python3
"""Instructions of one warm reconciliation, counted by callgrind: figures that a busy machine cannot touch.

  bench_reconcile_instructions.py [build/bench/solve_bench] [--record]     --record: into bench/results/reconcile_instructions.csv
"""
import pathlib, re, shutil, subprocess, sys, tempfile

from performance_table import finish

ROOT = pathlib.Path(__file__).resolve().parents[1]
bench = next((a for a in sys.argv[1:] if a != "--record"), None) or str(ROOT / "build/bench/solve_bench")
NETWORKS = {"p15": "P15, 28 streams", "pai_fisher": "Pai and Fisher 1988, nonlinear", "planar_1000": "planar, 1000 streams",
            "planar_10000": "planar, 10 000 streams"}
KINDS = {"estimates": "castner: estimates", "with_uncertainty": "with uncertainty, classes, tests", "with_serial_elimination": "with serial elimination"}


def instructions(name, kind):
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "callgrind.out"
        # The shortest time there is makes Google Benchmark call once.
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--toggle-collect=*warm_reconcile*", bench,
                               f"--benchmark_filter=^ours/{name}/{kind}$", "--benchmark_min_time=1e-9"], capture_output=True, text=True)
        found = re.search(r"^summary: (\d+)", out.read_text(), re.M) if done.returncode == 0 and out.exists() else None
    if not found or found[1] == "0":
        sys.exit(f"{bench}: no benchmark ours/{name}/{kind}\n{done.stderr}")
    return int(found[1])


if not shutil.which("valgrind"):
    sys.exit("valgrind is missing; apt-get install valgrind")
finish("reconcile_instructions", [(text, "million instructions", "", who, instructions(name, kind) / 1e6)
                                  for name, text in NETWORKS.items() for kind, who in KINDS.items()])
