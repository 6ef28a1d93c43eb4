#!/usr/bin/env python3
"""A plant with a past: what the virtual plant's own historian would hold is pushed over HTTP and balanced beside the live plant.

  past.py CASTNER

Only the server runs: three days are pushed as `make run` pushes thirty. Every window that is steady has its balance, days and
hours are where they belong, the stop is in the data, a restart in the middle goes on by itself, and asking again finds everything
done.
"""
import json, pathlib, signal, sys, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from run_live import LivePlant, wait_until

castner = sys.argv[1]
with tempfile.TemporaryDirectory(prefix="castner-") as folder, LivePlant(castner, folder, past=True) as plant:
    def get(path):
        with urllib.request.urlopen(plant.url + path, timeout=20) as answer:
            return json.load(answer)

    def values(tag, points=4000):
        tag = urllib.request.quote(tag)
        series = get(f"/api/v1/history?tags={tag}&from=now-96h&points={points}&units=own")["series"][0]
        return [v for v in series["values"] if v is not None]

    plant.start_server()
    assert plant.overview()["made_up"] is True
    readings = plant.push_past(3)
    # Cells and their electrolysers' analyses every ten minutes, on the last day every minute.
    assert readings == 3 * 1440 * 85 + (2 * 144 + 1440) * (600 + 8), readings
    past = wait_until(lambda: (p := get("/api/v1/balances"))["state"] != "running" and p, 120, "the balances of the past")
    assert past["state"] == "done" and past["looked_at"] == past["windows"] >= 3 * 48 - 1, past
    assert past["had_one"] + past["balanced"] >= 60, past   # the load moves in a third of a day

    loads = values("indicator:load")
    assert len(loads) >= past["balanced"], (len(loads), past)
    energy = values("indicator:dc_energy_per_naoh")
    assert all(2000 < e < 2300 for e in energy), (min(energy), max(energy))
    current = values("II-1101")
    assert min(current) < 13.2 < 14.4 < max(current), "the load follows the day"

    # A restart in the middle goes on by itself: killed, since a server that is told to stop has the same right to.
    def running():
        p = get("/api/v1/balances")
        return p if p["state"] == "running" else None

    plant.push_past(6)
    first = wait_until(running, 20, "a request that runs")
    plant.stop("server", signal.SIGKILL)
    plant.start_server()
    second = wait_until(running, 20, "the same request after the restart")
    assert second["from"] == first["from"], (first, second)
    after = wait_until(lambda: (p := get("/api/v1/balances"))["state"] != "running" and p, 180, "its balances")
    assert after["state"] == "done" and after["looked_at"] == after["windows"], after
    assert after["had_one"] >= past["balanced"] and after["balanced"] >= 60, after   # three days more than before
    plant.stop("server")
    plant.start_server()
    assert get("/api/v1/balances")["state"] == "none", "what is done is not asked for again"

    # What has a balance keeps it.
    plant.push_past(3)
    again = wait_until(lambda: (p := get("/api/v1/balances"))["state"] != "running" and p, 120, "the second time")
    assert again["had_one"] >= past["balanced"] - 2 and again["balanced"] <= 4, again
