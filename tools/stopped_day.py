#!/usr/bin/env python3
"""The day of docs/guide/stopped_day.md on live pages: one electrolyser of the cell room is stopped and started again.

  stopped_day.py CASTNER [--within] [--pictures FOLDER]

Starts `castner serve` with the day in its history, which ends now, and goes on until Ctrl-C. --within: E3 stands still since three hours.
--pictures: takes the guide's pictures of both in Chromium and ends; look at each before it is committed.
"""
import argparse, os, pathlib, re, subprocess, sys, tempfile, time

from run_live import NODE, PLANT, ROOT, LivePlant, Trouble, wait_until


def with_the_day(castner, folder, within):
    plant = LivePlant(castner, folder)
    scenario = (PLANT / "stop.toml").read_text()
    if within:   # the same stop, later, and not over yet
        scenario = re.sub(r'"-16 h"', '"-3 h"', re.sub(r"^for .*\n", "", scenario, flags=re.M))
    path = pathlib.Path(folder, "day.toml")
    path.write_text(scenario)
    plant.scenario = ["--scenario", str(path)]
    return plant


def serve(plant):
    plant.start_server()
    plant.push_past(1)
    wait_until(lambda: (o := plant.overview())["balance"]["status"] == "converged" and o["stopped"], 120, "a balance and the states of the units")
    wait_until(lambda: any(f["stops"] for f in plant.overview()["attention"]), 120, "the finding that tells of the stop")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("castner")
    parser.add_argument("--within", action="store_true")
    parser.add_argument("--pictures", metavar="FOLDER")
    o = parser.parse_args()
    for within in (True, False) if o.pictures else (o.within,):
        with tempfile.TemporaryDirectory(prefix="castner-") as folder, with_the_day(o.castner, folder, within) as plant:
            serve(plant)
            if o.pictures:
                subprocess.run([NODE, "tests/e2e/stopped_day_pictures.mjs", plant.url, "within" if within else "after", os.path.abspath(o.pictures)],
                               cwd=ROOT / "web", check=True, timeout=300)
                continue
            print(f"Open {plant.url}/    Ctrl-C ends it", flush=True)
            try:
                while True:
                    time.sleep(1)
                    plant.check()
            except KeyboardInterrupt:
                pass


try:
    main()
except Trouble as trouble:
    sys.exit(str(trouble))
