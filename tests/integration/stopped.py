#!/usr/bin/env python3
"""A day on which one electrolyser is stopped and started again, judged against what the virtual plant was.

  stopped.py CASTNER [part of a step's name]

From a file: the day is written as a CSV and assessed. Windows before, during and after count, the stopped electrolyser is left out by
name, and what is said of the others agrees with the truth: the same day read by instruments without any error. Live: the day is
pushed to `castner serve`, once to its end, and once up to some hours within the stop, where Chromium looks at the pages. To its end, the
server and `castner assess` of the same readings agree on when it was stopped and started, and on every balance of the day; so does a
server that is started anew.
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
    return by_tag(lines)


def by_tag(lines):
    """{tag: {time [s]: value}} of what the plant file measures, of line protocol."""
    found = {tag: {} for tag in MEASURED}
    for tag, value, time in re.findall(r"^(\S+) value=(\S+) (\d+)$", lines, re.M):
        if tag in MEASURED:
            found[tag][int(time)] = float(value)
    return found


def assessed(seen, folder):
    """What `castner assess --json` says of readings by tag."""
    data = pathlib.Path(folder, "day.csv")
    rows = [["time [UTC]", *(f"{tag} [{m['unit']}]" for tag, m in MEASURED.items())]]
    rows += [[utc(time), *(str(seen[tag].get(time, "")) for tag in MEASURED)] for time in sorted({t for all in seen.values() for t in all})]
    data.write_text("\n".join(",".join(row) for row in rows) + "\n")
    answer = subprocess.run([castner, "assess", PLANT / "plant.toml", data, "--json"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def utc(time):
    return datetime.datetime.fromtimestamp(time, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def the_day_from_a_file():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        truth, seen = past(folder, PLANT / "stop.toml", True), past(folder, PLANT / "stop.toml", False)
        answer = assessed(seen, folder)
        end = max(seen["II-1301"]) + 60
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


def the_day_of_other_plants():
    """Other noise and other spreads of the instruments: each day has an answer, and E3 is stopped and at last started at the same times."""
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        data = pathlib.Path(folder, "day.csv")
        for seed in range(1, 6):   # 2 is one that ended the program
            data.write_bytes(subprocess.run([castner, "virtual-plant", PLANT / "plant.toml", "--scenario", PLANT / "stop.toml", "--past", "1 d", "--csv",
                                             "--until", "2026-11-30T00:00:00Z", "--seed", str(seed)], capture_output=True, check=True).stdout)
            answer = subprocess.run([castner, "assess", PLANT / "plant.toml", data, "--json"], capture_output=True, text=True)
            assert answer.returncode == 0, (seed, answer.returncode, answer.stderr)
            stops = json.loads(answer.stdout)["stops"]
            assert {s["unit"] for s in stops} == {"E3", "R3"}, (seed, stops)
            first, last = min(s["from"] for s in stops)[11:16], max(s["to"] for s in stops)[11:16]
            # A transformer whose meter reads 2 % of load shows a start of three minutes now and then (docs/reference/commands.md).
            assert "08:15" < first < "08:25" and "15:58" < last < "16:05" and len(stops) <= 4, (seed, stops)
    print("from a file, five other plants: the same shift")


def live_after_it():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LivePlant(castner, folder) as plant:
        plant.scenario = ["--scenario", str(PLANT / "stop.toml")]
        plant.start_server()
        lines = []
        plant.push_past(1, lambda some: lines.append(some.decode()))
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
        agrees_with_the_file(plant, get, assessed(by_tag("\n".join(lines)), folder))
        print(f"live, after it: {done['had_one'] + done['balanced']} of {done['windows']} windows, E3 in {known['E3']}, E1 in {known['E1']} of them")


def agrees_with_the_file(plant, get, answer):
    def time(text):
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()

    def times(stops):
        return [(s["unit"], time(s["from"]), time(s["to"])) for s in stops]

    def stops():
        units = {u["name"]: u["state"] for u in get("/api/v1/plant")["units"]}
        return units["E3"] and times([s for u in units.values() for s in u["stops"]])
    # Windows count from midnight UTC in both, and the file's times are in UTC.
    live = wait_until(stops, 60, "the states of the units")
    assert live == times(answer["stops"]), (live, answer["stops"])
    assert [s[0] for s in live] == ["E3", "R3"] and 7.4 * 3600 < live[0][2] - live[0][1] < 8.1 * 3600, live
    stopped = {s["unit"]: s for s in plant.overview()["stopped"]}
    assert not stopped["E3"]["idle"] and time(stopped["E3"]["since"]) == live[0][2], stopped
    told = wait_until(lambda: [f["stops"] for f in get("/api/v1/energy")["findings"] if f["code"] == "units.switched"], 90, "the finding")
    assert [times(t) for t in told] == [live], (told, live)

    compared, furthest, end = 0, 0.0, max(time(w["to"]) for w in answer["windows"])
    for path in ("E1.current_efficiency", "E3.current_efficiency", "E4.current", "LF3.flow_mass", "LP.flow_mass"):
        series = {}
        for kind in ("reconciled", "reconciled_sd"):
            tag = urllib.parse.quote(f"{kind}:{path}")
            got = get(f"/api/v1/history?tags={tag}&from=now-26h&points=4000&units=own")["series"][0]
            series[kind] = {time(t): v for t, v in zip(got["times"], got["values"])}
        for w in answer["windows"]:
            r = w["reconciliation"]
            # The first window of the file begins before its data, the last may end after them: of the server's they are none.
            if not r or r["status"] != "converged" or w["rows"] < 30 or time(w["to"]) >= end - 1800:
                continue
            e, at = r["estimates"][path], time(w["to"])
            if e["class"] == "unobservable" or not e["sd"]:
                assert e["class"] == "unobservable" or at in series["reconciled"], (path, w["to"], e)
                continue
            assert at in series["reconciled"], (path, w["to"], e)
            off = abs(series["reconciled"][at] - e["value"]) / e["sd"]
            assert off < 0.02 and abs(series["reconciled_sd"][at] / e["sd"] - 1) < 0.01, (path, w["to"], series["reconciled"][at], e)
            compared, furthest = compared + 1, max(furthest, off)
    assert compared > 150, compared
    plant.stop("server")
    plant.start_server()
    again = wait_until(stops, 60, "the states of the units after a restart")
    assert again == live, (again, live)
    print(f"the server and the file of the same readings: the same stops, {compared} balanced values at most {furthest:.2g} sd apart")


def live_within_it():
    with tempfile.TemporaryDirectory(prefix="castner-") as folder, LivePlant(castner, folder) as plant:
        scenario = pathlib.Path(folder, "stopped.toml")
        scenario.write_text(STOPPED)
        plant.scenario = ["--scenario", str(scenario)]
        plant.start_server()
        plant.push_past(0.25)
        pushed = datetime.datetime.now().timestamp()
        get = getter(plant)
        balance = wait_until(lambda: (b := plant.overview()["balance"])["status"] == "converged" and b, 120, "a balance")
        assert balance["idle"] == ["E3", "R3"] and balance["closes"] and balance["accused"] == 0, balance
        units = wait_until(lambda: (u := {u["name"]: u for u in get("/api/v1/plant")["units"]})["E3"]["state"] and u["E3"]["state"]["since"] and u,
                           60, "the states")
        since = datetime.datetime.fromisoformat(units["E3"]["state"]["since"].replace("Z", "+00:00")).timestamp()
        assert units["E3"]["state"]["idle"] and 165 * 60 < pushed - since < 182 * 60, (units["E3"]["state"], pushed)
        assert [s["unit"] for s in plant.overview()["stopped"]] == ["E3", "R3"], plant.overview()["stopped"]
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


only = sys.argv[2] if len(sys.argv) > 2 else ""
for step in (the_day_from_a_file, the_day_of_other_plants, live_after_it, live_within_it):
    if only in step.__name__:
        step()
