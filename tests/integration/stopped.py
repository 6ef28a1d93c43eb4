#!/usr/bin/env python3
"""A day on which one electrolyser is stopped and started again, judged against what the virtual plant was.

  stopped.py CASTNER

From a file: the day is written as a CSV and assessed. Windows before, during and after count, the stopped electrolyser is left out by
name, and what is said of the others agrees with the truth: the same day read by instruments without any error. Live: the day is
pushed to `castner serve`, once to its end, and once up to an hour within the stop, where Chromium looks at the pages.
"""
import datetime, json, os, pathlib, re, subprocess, sys, tempfile, tomllib, urllib.parse, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True
from run_live import NODE, LivePlant, wait_until

PLANT = ROOT / "plants/cell_room"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
castner = str(pathlib.Path(sys.argv[1]).resolve())
MEASURED = {m["tag"]: m for m in tomllib.loads((PLANT / "plant.toml").read_text())["measurement"]}
SI = {"kA": (1e3, 0), "V": (1, 0), "MW": (1e6, 0), "m3/h": (1 / 3600, 0), "Nm3/h": (1 / 3600, 0), "t/h": (1 / 3.6, 0), "kg/h": (1 / 3600, 0),
      "g/L": (1, 0), "%": (0.01, 0), "degC": (1, 273.15), "kPa": (1e3, 0)}
STOPPED = """[[event]]
at = "-3 h"
kind = "stop"
unit = "E3"
over = "10 min"
"""


def past(folder, scenario, exact):
    """{tag: {time [s]: value}} of a day; `exact`: of instruments that tell the truth."""
    settings = pathlib.Path(folder, "virtual.toml")
    truthful = "\n[instruments]\nbias = 0\nnoise = 0\ndrift = 0\n"
    settings.write_text((PLANT / "virtual.toml").read_text() + (truthful if exact else ""))
    lines = subprocess.run([castner, "virtual-plant", PLANT / "plant.toml", "--settings", settings, "--scenario", scenario, "--past", "1 d"],
                           capture_output=True, text=True, check=True).stdout
    found = {tag: {} for tag in MEASURED}
    for tag, value, time in re.findall(r"^(\S+) value=(\S+) (\d+)$", lines, re.M):
        if tag in MEASURED:
            found[tag][int(time)] = float(value)
    return found


def utc(time):
    return datetime.datetime.fromtimestamp(time, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def the_day_from_a_file():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        truth, seen = past(folder, PLANT / "stop.toml", True), past(folder, PLANT / "stop.toml", False)
        data = pathlib.Path(folder, "day.csv")
        times = sorted(seen["II-1301"])
        rows = [["time [UTC]", *(f"{tag} [{m['unit']}]" for tag, m in MEASURED.items())]]
        rows += [[utc(time), *(str(seen[tag].get(time, "")) for tag in MEASURED)] for time in times]
        data.write_text("\n".join(",".join(row) for row in rows) + "\n")
        answer = subprocess.run([castner, "assess", PLANT / "plant.toml", data, "--json"], capture_output=True, text=True)
        assert answer.returncode == 0, answer.stderr
        answer = json.loads(answer.stdout)
        end = max(times) + 60
        assert abs(end - max(truth["II-1301"]) - 60) <= 60, "the truth is of the same day"
        shift = end - 60 - max(truth["II-1301"])   # a minute may have passed between the two runs
    stop, start = end - 16 * 3600, end - 8 * 3600
    counted, reconciled = {"before": 0, "during": 0, "after": 0}, dict.fromkeys(["before", "during", "after"], 0)
    off, stand = [], {"before": None, "during": ["E3", "R3"], "after": None}
    for w in answer["windows"]:
        begins, ends = (datetime.datetime.fromisoformat(w[k].replace("Z", "+00:00")).timestamp() for k in ("from", "to"))
        part = "before" if ends <= stop else "during" if begins >= stop + 1200 and ends <= start else "after" if begins >= start + 1200 else None
        if w["rows"] < 30:   # the first and the last are cut off
            continue
        if part is None:
            assert not (w["steady"] and w.get("switched")), w["from"]
            continue
        counted[part] += 1
        if not w["steady"]:
            continue
        r = w["reconciliation"]
        assert r["status"] == "converged", (w["from"], r["status"])
        assert (r.get("idle") or None) == stand[part], (w["from"], part, r.get("idle"))
        assert r["global_test"]["passed"] and not r["gross_errors"], (w["from"], r["global_test"], r["gross_errors"])
        reconciled[part] += 1
        of_e3 = [i for i in w["indicators"] if i.startswith("E3.")]
        assert bool(of_e3) == (part != "during"), (w["from"], of_e3)
        for tag, m in MEASURED.items():
            estimate = r["estimates"][m["of"]]
            values = [v for t, v in truth[tag].items() if begins <= t + shift < ends]
            # The virtual meter of the flush errs as at full flow, of which the flush is a third; plant.toml says 0.7 % of what it shows.
            if not estimate["used"] or not values or (part == "during" and tag == "FI-1302"):
                continue
            scale, zero = SI[m["unit"]]
            off.append((abs((estimate["value"] - (sum(values) / len(values) * scale + zero)) / estimate["sd"]), part, tag, w["from"]))
    # A load change that moves faster than the plant stores leaves a window out, and so do the hours in which E3 comes back.
    assert reconciled["before"] >= counted["before"] - 2 and counted["before"] >= 14, (reconciled, counted)
    assert reconciled["during"] >= counted["during"] - 3 and counted["during"] >= 14, (reconciled, counted)
    assert reconciled["after"] >= counted["after"] - 5 and counted["after"] >= 14, (reconciled, counted)
    off.sort(reverse=True)
    # The instruments' errors are drawn once for the day: 5 % are expected to be far off, and in every window the same ones.
    shares = {}
    for part in counted:
        far = [o for o in off if o[1] == part and o[0] > 2]
        shares[part] = len(far) / sum(o[1] == part for o in off)
        assert shares[part] < 0.14, f"{part}: {shares[part]:.1%} of the estimates are more than 2 sd from the truth, {far[:5]}"
    assert shares["during"] < shares["before"] + 0.03, shares
    assert off[0][0] < 5, off[:5]
    said = {f["code"]: f["title"] for f in answer["findings"]}
    assert all(u in said["units.idle"] for u in ("E3", "R3")) and "E3" in said["units.switched"], said
    assert not any(code.startswith("gross_error") for code in said), said
    print(f"from a file: {reconciled} of {counted} windows; more than 2 sd from the truth "
          f"{', '.join(f'{s:.1%}' for s in shares.values())} of the estimates, the furthest {off[0][2]} by {off[0][0]:.1f} sd")


def live_after_it():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LivePlant(castner, folder) as plant:
        plant.scenario = ["--scenario", str(PLANT / "stop.toml")]
        plant.start_server()
        plant.push_past(1)
        get = getter(plant)
        done = wait_until(lambda: (p := get("/api/v1/balances"))["state"] != "running" and p, 120, "the balances of the day")
        assert done["had_one"] + done["balanced"] >= done["windows"] - 11, done
        assert plant.overview()["balance"]["idle"] == []
        known = {}
        for unit in ("E1", "E3"):
            tag = urllib.parse.quote(f"indicator:{unit}.dc_energy_per_naoh")
            series = get(f"/api/v1/history?tags={tag}&from=now-24h&points=4000&units=own")["series"][0]
            known[unit] = sum(v is not None for v in series["values"])
        assert known["E1"] >= known["E3"] + 10 and known["E3"] >= 20, known
        print(f"live, after it: {done['had_one'] + done['balanced']} of {done['windows']} windows, E3 in {known['E3']}, E1 in {known['E1']} of them")


def live_within_it():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LivePlant(castner, folder) as plant:
        scenario = pathlib.Path(folder, "stopped.toml")
        scenario.write_text(STOPPED)
        plant.scenario = ["--scenario", str(scenario)]
        plant.start_server()
        plant.push_past(0.25)
        get = getter(plant)
        balance = wait_until(lambda: (b := plant.overview()["balance"])["status"] == "converged" and b, 120, "a balance")
        assert balance["idle"] == ["E3", "R3"] and balance["closes"] and balance["accused"] == 0, balance
        units = {u["name"]: u for u in get("/api/v1/plant")["units"]}
        assert [n for n, u in units.items() if u["idle"]] == ["E3", "R3"], [n for n, u in units.items() if u["idle"]]
        energy = get("/api/v1/energy")
        assert [v["unit"] for v in energy["voltages"]] == ["E1", "E2", "E4"], energy["voltages"]
        assert not any(loss["path"] in ("E3", "R3") for loss in energy["losses"]), energy["losses"]
        assert any(f["code"] == "units.idle" and all(u in f["title"] for u in ("E3", "R3")) for f in energy["findings"]), energy["findings"]
        print("live, within it: E3 and R3 are out of service, the balance of the others closes")
        needed = [NODE, ROOT / "web/dist/index.html", ROOT / "web/node_modules/.package-lock.json", pathlib.Path(CHROMIUM)]
        if missing := [str(n) for n in needed if not n.exists()]:
            return print(f"not looked at in Chromium: {missing[0]} is not here; make test brings it")
        subprocess.run([NODE, "tests/e2e/run.mjs", plant.url, "out_of_service"], cwd=ROOT / "web", timeout=300, check=True,
                       env={**os.environ, "CASTNER_ALL": "1"})


def getter(plant):
    def get(path):
        with urllib.request.urlopen(plant.url + path, timeout=20) as answer:
            return json.load(answer)
    return get


the_day_from_a_file()
live_after_it()
live_within_it()
