#!/usr/bin/env python3
"""Processor time of a clean `make build` and a clean `make test`, of one commit beside another.

    tools/build_time.py OTHER [MINE] [--record]

MINE is the last commit where none is given. The two run side by side, with one job each, so that both meet the same machine; each run has its
own fresh clone and an empty compiler cache; packages that apt installs are there already. The processor time is that of every process that
the run started and that has ended. A run that fails ends the measurement and says where its log lies.
"""
import os, pathlib, signal, subprocess, sys, tempfile, time

from performance_table import finish

TREE = pathlib.Path(__file__).resolve().parent.parent


def git(*words):
    return subprocess.check_output(["git", "-C", TREE, *words], text=True).strip()


def start(commit, target, room):
    """`make TARGET` in a fresh clone: its process, its log, and when it began."""
    clone, log = room / f"{target}-{commit}", room / f"{target}-{commit}.log"
    git("clone", "--quiet", str(TREE), str(clone))
    subprocess.run(["git", "-C", clone, "checkout", "--quiet", commit], check=True)
    with log.open("w") as out:
        run = subprocess.Popen(["make", target, "JOBS=1"], cwd=clone, stdout=out, stderr=subprocess.STDOUT,
                               env=os.environ | {"CCACHE_DIR": str(room / f"cache-{target}-{commit}")})
    return run.pid, commit, log, time.monotonic()


def main():
    commits = [c for c in sys.argv[1:] if c != "--record"]
    if len(commits) not in (1, 2):
        sys.exit(__doc__)
    commits = [git("rev-parse", "--short", c) for c in [*commits, "HEAD"][:2]]
    room, rows = pathlib.Path(tempfile.mkdtemp(prefix="castner-build-")), []
    for target in ("build", "test"):
        running = {pid: run for pid, *run in [start(c, target, room) for c in commits]}
        while running:
            pid, status, used = os.wait4(-1, 0)
            commit, log, began = running.pop(pid)
            if status:
                for other in running:
                    os.kill(other, signal.SIGTERM)
                sys.exit(f"make {target} of {commit} failed; its log is {log}")
            cpu, wall, who = used.ru_utime + used.ru_stime, time.monotonic() - began, "castner of " + git("log", "-1", "--format=%cs", commit)
            rows.append((f"clean make {target}, processor time", "s", "lower", who, cpu))
            print(f"make {target} of {commit}: {cpu:.0f} s of processor time, {wall:.0f} s on the clock", flush=True)
    finish("build", rows)


if __name__ == "__main__":
    main()
