#!/usr/bin/env python3
"""Processor time of a clean `make build` and a clean `make test`, of one commit beside another.

    tools/build_time.py OTHER [MINE] [--record]

MINE is the last commit where none is given. Each of the four runs has its own fresh clone and an empty compiler cache; packages that apt
installs are there already. The processor time is that of every process that the run started and that has ended. A run that fails ends
the measurement and says where its log lies.
"""
import os, pathlib, resource, subprocess, sys, tempfile, time

from performance_table import finish

TREE = pathlib.Path(__file__).resolve().parent.parent


def git(*words):
    return subprocess.check_output(["git", "-C", TREE, *words], text=True).strip()


def measure(commit, target, room):
    """Processor seconds and seconds on the clock of `make TARGET`."""
    clone, log = room / f"{target}-{commit}", room / f"{target}-{commit}.log"
    git("clone", "--quiet", str(TREE), str(clone))
    subprocess.run(["git", "-C", clone, "checkout", "--quiet", commit], check=True)
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with log.open("w") as out:
        run = subprocess.run(["make", target], cwd=clone, env=os.environ | {"CCACHE_DIR": str(room / f"cache-{target}-{commit}")},
                             stdout=out, stderr=subprocess.STDOUT)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        sys.exit(f"make {target} of {commit} failed; its log is {log}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main():
    commits = [c for c in sys.argv[1:] if c != "--record"]
    if len(commits) not in (1, 2):
        sys.exit(__doc__)
    commits = [git("rev-parse", "--short", c) for c in [*commits, "HEAD"][:2]]
    room, rows = pathlib.Path(tempfile.mkdtemp(prefix="castner-build-")), []
    for target in ("build", "test"):
        for commit in commits:
            cpu, wall = measure(commit, target, room)
            who = "castner of " + git("log", "-1", "--format=%cs", commit)
            rows += [(f"clean make {target}, processor time", "s", "lower", who, cpu), (f"clean make {target}, on the clock", "s", "lower", who, wall)]
            print(f"make {target} of {commit}: {cpu:.0f} s of processor time, {wall:.0f} s on the clock", flush=True)
    finish("build", rows)


if __name__ == "__main__":
    main()
