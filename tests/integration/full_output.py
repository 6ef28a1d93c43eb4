#!/usr/bin/env python3
"""A command whose answer cannot be written says so and ends with 3: standard output and --html to a full disk, a file too large.

  full_output.py CASTNER
"""
import pathlib, resource, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
castner, plant = str(pathlib.Path(sys.argv[1]).resolve()), str(ROOT / "plants/steam_network/plant.toml")


def refused(words, says, **how):
    with open("/dev/full", "w") as full:
        done = subprocess.run([castner, *words], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, **how)
    assert done.returncode == 3 and says in done.stderr, f"{words}: exit code {done.returncode}, {done.stderr!r}"


data = str(ROOT / "plants/steam_network/snapshot.csv")
for words in (["--help"], ["check", plant], ["check", "--models", "--json"], ["reconcile", plant], ["assess", plant, data, "--json"],
              ["property", "water", "dens_mass", "temperature=20 degC", "pressure=1 bar"]):
    refused(words, "standard output cannot be written")
with tempfile.TemporaryDirectory() as scratch:
    page = pathlib.Path(scratch, "report.html")
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    refused(["assess", plant, data, "--html", str(page)], str(page), preexec_fn=small)
    assert not list(pathlib.Path(scratch).iterdir()), "a part of the report was left"
