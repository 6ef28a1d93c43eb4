#!/usr/bin/env python3
"""The example cell room reconciled with SciPy as a researcher would, beside castner and IPOPT, in one run.

    tools/bench_cell_room.py [build/bench] [--record]     --record: into bench/results/reconcile.csv

The equations and their exact derivatives are castner's own, asked through a pipe (tests/support/cell_room_pipe.cpp), for
SciPy has none of this plant; CPU time spent there is counted apart. SLSQP sees a dense Jacobian. The second peer is what a
researcher writes who knows that the Jacobian is sparse: successive linearisation, each step one scipy.sparse spsolve of the
KKT system. Both give estimates only.
"""
import json, pathlib, resource, subprocess, sys, time

import numpy as np
import scipy
import scipy.optimize
import scipy.sparse
import scipy.sparse.linalg

from performance_table import finish

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Plant:
    """The problem in scaled variables, without those that are held."""

    def __init__(self, program):
        self.child = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        p = json.loads(self.child.stdout.readline())
        self.nominal, self.size, self.full = (np.array(p[k]) for k in ("nominal", "size", "start"))
        start = np.array(p["pattern"]["start"])
        self.row, self.column = np.array(p["pattern"]["row"]), np.repeat(np.arange(len(start) - 1), np.diff(start))
        self.free = np.setdiff1d(np.arange(len(self.full)), p["held"])
        place = {v: k for k, v in enumerate(self.free)}
        readings = [r for r in zip(*(p["readings_1"][k] for k in ("variable", "value", "sd"))) if r[0] in place]
        self.at = np.array([place[v] for v, _, _ in readings])
        self.y, self.sd = (np.array([r[k] for r in readings]) for k in (1, 2))
        self.scale = self.nominal[self.free]
        self.calls = 0

    def ask(self, what, z, count):
        self.full[self.free] = z * self.scale
        self.child.stdin.write(what + self.full.tobytes())
        self.child.stdin.flush()
        self.calls += 1
        return np.frombuffer(self.child.stdout.read(8 * count))

    def residual(self, z):
        return self.ask(b"r", z, len(self.size)) / self.size

    def jacobian(self, z):
        v = self.ask(b"j", z, len(self.row)) / self.size[self.row] * self.nominal[self.column]
        return scipy.sparse.csc_matrix((v, (self.row, self.column)), shape=(len(self.size), len(self.full)))[:, self.free]

    def objective(self, z):
        return float(np.sum(((z[self.at] * self.scale[self.at] - self.y) / self.sd) ** 2))

    def gradient(self, z):
        g = np.zeros(len(z))
        np.add.at(g, self.at, 2.0 * (z[self.at] * self.scale[self.at] - self.y) / self.sd**2 * self.scale[self.at])
        return g

    def begin(self):
        """The first values: readings of measured variables, the simulated plant for the others."""
        z = self.full[self.free] / self.scale
        z[self.at] = self.y / self.scale[self.at]
        return z


def slsqp(plant, z):
    answer = scipy.optimize.minimize(plant.objective, z, jac=plant.gradient, method="SLSQP", options={"maxiter": 100, "ftol": 1e-9},
                                     constraints={"type": "eq", "fun": plant.residual, "jac": lambda q: plant.jacobian(q).toarray()})
    return answer.fun, answer.nit


def linearise(plant, z):
    """Linearises and solves until no estimate moves by more than 1e-9 of its nominal size."""
    w = np.zeros(len(z))
    np.add.at(w, plant.at, (plant.scale[plant.at] / plant.sd) ** 2)
    scaled_reading = plant.y / plant.scale[plant.at]
    for step in range(1, 50):
        a, r = plant.jacobian(z), plant.residual(z)
        pull = np.zeros(len(z))
        np.add.at(pull, plant.at, (plant.scale[plant.at] / plant.sd) ** 2 * (scaled_reading - z[plant.at]))
        system = scipy.sparse.bmat([[scipy.sparse.diags(w), a.T], [a, None]], format="csc")
        move = scipy.sparse.linalg.spsolve(system, np.concatenate([pull, -r]))[: len(z)]
        z = z + move
        if np.max(np.abs(move)) < 1e-9:
            break
    return plant.objective(z), step


def timed(plant, solve):
    """CPU seconds of Python alone, best of three; the answer."""
    best, answer = float("inf"), None
    begin = plant.begin()
    for _ in range(3):
        t = time.process_time()
        answer = solve(plant, begin.copy())
        best = min(best, time.process_time() - t)
    return best, answer


def main():
    build = pathlib.Path(next((a for a in sys.argv[1:] if a != "--record"), ROOT / "build/bench"))
    out = subprocess.run([build / "assess_bench", "--benchmark_filter=cell_room", "--benchmark_format=json"], check=True, capture_output=True, text=True)
    ours = {b["name"]: b["cpu_time"] * 1e-6 for b in json.loads(out.stdout)["benchmarks"]}
    plant = Plant(build / "cell_room_pipe")
    sparse_time, (sparse_objective, sparse_steps) = timed(plant, linearise)
    dense_time, (dense_objective, dense_steps) = timed(plant, slsqp)
    plant.child.stdin.close()
    plant.child.wait()
    pipe = resource.getrusage(resource.RUSAGE_CHILDREN)
    if abs(dense_objective - sparse_objective) > 1e-5 * sparse_objective:
        sys.exit(f"SLSQP found {dense_objective}, successive linearisation {sparse_objective}")
    kinds = {"estimates": "castner: estimates", "with_uncertainty": "with uncertainty, classes, tests",
             "with_serial_elimination": "with serial elimination", "warm": "IPOPT 3.11.9, warm"}
    times = {who: next(t for name, t in ours.items() if name.split("/")[-1].strip() == kind) for kind, who in kinds.items()}
    times |= {f"SciPy {scipy.__version__}, sparse KKT": sparse_time, f"SciPy {scipy.__version__}, SLSQP": dense_time}
    finish("reconcile", [("cell room, nonlinear, 301 variables", "ms", "lower", who, t * 1e3) for who, t in times.items()])
    print(f"{sparse_steps} steps of linearisation, {dense_steps} iterations of SLSQP, objective {sparse_objective:.6g}. The equations behind the "
          f"pipe took {(pipe.ru_utime + pipe.ru_stime):.2f} s in all, assess_bench included, and are not in SciPy's times.")


if __name__ == "__main__":
    main()
