#!/usr/bin/env python3
"""Reconciliation as a researcher would write it with SciPy, beside castner and IPOPT, on the same networks in one run.

    tools/bench_scipy.py [build/bench/solve_bench] [--record]     --record: into bench/results/reconcile.csv

SLSQP with analytic gradient and dense Jacobian, from the readings; and, for these linear networks, one scipy.sparse spsolve of
the KKT system, which is the least that gives the estimates. castner's and IPOPT's figures come from solve_bench, started here.
"""
import argparse, json, pathlib, subprocess, sys, time

import numpy as np
import scipy
import scipy.optimize
import scipy.sparse
import scipy.sparse.linalg

from performance_table import finish

ROOT = pathlib.Path(__file__).resolve().parent.parent
SLSQP_LIMIT = 2000  # streams; above, its dense work (n^3 an iteration) takes hours


class Lcg:
    """tests/support/planar_network.h has the same generator."""
    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53

    def normal(self):
        return sum((self.uniform() for _ in range(12)), -6.0)


def planar(rows, columns, seed, biases):
    """The incidence matrix, readings and sd of planar_network() in tests/support/planar_network.h."""
    random = Lcg(seed)
    psi = np.array([100.0 * random.uniform() for _ in range((rows + 1) * (columns + 1))]).reshape(rows + 1, columns + 1)
    node = lambda i, j: -1 if i < 0 or j < 0 or i >= rows or j >= columns else i * columns + j
    entries, truth = [], []

    def pipe(start, end, flow):
        if flow < 0.0:
            start, end = end, start
        if end >= 0:
            entries.append((end, len(truth), 1.0))
        if start >= 0:
            entries.append((start, len(truth), -1.0))
        truth.append(abs(flow))

    for i in range(rows):
        for j in range(columns + 1):
            pipe(node(i, j - 1), node(i, j), psi[i + 1, j] - psi[i, j])
    for i in range(rows + 1):
        for j in range(columns):
            pipe(node(i - 1, j), node(i, j), psi[i, j] - psi[i, j + 1])
    readings, sd = [], []
    for flow in truth:
        sd.append(0.02 * flow + 0.2)
        readings.append(flow + sd[-1] * random.normal())
    for k in range(biases):
        s = (2 * k + 1) * len(truth) // (2 * biases)
        while truth[s] < 50.0:
            s = (s + 1) % len(truth)
        readings[s] += 10.0 * sd[s]
    r, c, v = zip(*entries)
    a = scipy.sparse.csc_matrix((v, (r, c)), shape=(rows * columns, len(truth)))
    return a, np.array(readings), np.array(sd)


def p15():
    problems = json.loads((ROOT / "tests/validation/reconciliation/linear_networks.json").read_text())["problems"]
    p = next(p for p in problems if p["id"] == "P15")
    a = np.zeros((len(p["nodes"]), len(p["measured"])))
    for i, n in enumerate(p["nodes"]):
        a[i, [s - 1 for s in n["in"]]] = 1.0
        a[i, [s - 1 for s in n["out"]]] = -1.0
    return scipy.sparse.csc_matrix(a), np.array(p["measured"]), np.sqrt(p["variance"])


def slsqp(a, y, sd):
    dense, w = a.toarray(), 1.0 / sd**2
    answer = scipy.optimize.minimize(
        lambda x: float(np.sum(w * (x - y)**2)), y, jac=lambda x: 2.0 * w * (x - y), method="SLSQP",
        constraints={"type": "eq", "fun": lambda x: dense @ x, "jac": lambda x: dense}, options={"maxiter": 200, "ftol": 1e-9})
    return answer.fun, answer.success


def kkt(a, y, sd):
    w = scipy.sparse.diags(1.0 / sd**2)
    system = scipy.sparse.bmat([[w, a.T], [a, None]], format="csc")
    x = scipy.sparse.linalg.spsolve(system, np.concatenate([y / sd**2, np.zeros(a.shape[0])]))[:len(y)]
    return float(np.sum(((x - y) / sd)**2)), True


def cpu_seconds(call, at_least=0.5):
    """CPU time of one call, best of as many as fit; other users of the machine do not count."""
    best, begun = float("inf"), time.process_time()
    while best == float("inf") or time.process_time() - begun < at_least:
        t = time.process_time()
        result = call()
        best = min(best, time.process_time() - t)
    return best, result


def castner(program):
    out = subprocess.run([program, "--benchmark_format=json"], check=True, capture_output=True, text=True).stdout
    return {b["name"]: b["cpu_time"] * 1e-6 for b in json.loads(out)["benchmarks"] if b["run_type"] == "iteration"}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("solve_bench", nargs="?", default=str(ROOT / "build/bench/solve_bench"))
    arguments.add_argument("--record", action="store_true", help="keep the figures")
    options = arguments.parse_args()
    ours = castner(options.solve_bench)
    rows = []
    for name, what, make in (("p15", "P15, 28 streams", p15), ("planar_1000", "planar, 1000 streams", lambda: planar(34, 14, 20, 3)),
                             ("planar_10000", "planar, 10 000 streams", lambda: planar(88, 56, 20, 10))):
        a, y, sd = make()
        sparse_time, (sparse_objective, _) = cpu_seconds(lambda: kkt(a, y, sd))
        dense_time = None
        if len(y) <= SLSQP_LIMIT:
            dense_time, (objective, solved) = cpu_seconds(lambda: slsqp(a, y, sd))
            if not solved or abs(objective - sparse_objective) > 1e-6 * sparse_objective:
                sys.exit(f"{name}: SLSQP found {objective}, spsolve {sparse_objective}")
        times = {"castner: estimates": ours[f"ours/{name}/estimates"], "with uncertainty, classes, tests": ours[f"ours/{name}/with_uncertainty"],
                 "with serial elimination": ours[f"ours/{name}/with_serial_elimination"], "IPOPT 3.11.9, warm": ours[f"ipopt/{name}/warm"],
                 f"SciPy {scipy.__version__}, sparse KKT": sparse_time, f"SciPy {scipy.__version__}, SLSQP": dense_time}
        rows += [(what, "ms", "lower", who, t * 1e3) for who, t in times.items() if t]
    finish("reconcile", rows)


if __name__ == "__main__":
    main()
