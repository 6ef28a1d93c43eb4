#!/usr/bin/env python3
"""Makes the example's data file: the model's own numbers, seen through instruments that err, with known faults.

  make_data.py CASTNER OUT.csv [--seed 20261102] [--truth TRUTH.json]

Half a day of minutes of plants/cell_room: full load, a load change in the morning, then nine tenths. Every instrument has
one bias drawn from its stated uncertainty and a slow noise of three tenths of it. Two instruments have a fault of ten
times their uncertainty, and one electrolyser is weak: worn electrodes and a tired membrane. What is true is known, so
what `castner assess` says of the file can be judged: TRUTH.json holds it.

Standard library only. The model is asked through `castner simulate --json`, never copied here.
"""
import argparse, datetime, json, math, pathlib, random, re, subprocess, tempfile, tomllib

PLANT = pathlib.Path(__file__).with_name("plant.toml")
WEAK = {"E3.wear_voltage": 0.060, "E3.current_efficiency_loss": 0.044245}   # [V], [1]: 60 mV and one point of efficiency
FAULTS = {"FI-2004": 10.0, "TI-1203": -10.0}                                   # in sd of the instrument
START = datetime.datetime(2026, 11, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
MINUTES, CHANGE_FROM, CHANGE_TO, LOW_LOAD = 720, 400, 460, 0.9
NOISE, MEMORY = 0.3, 0.8            # size in sd, and lag-1 autocorrelation, of the noise
BAD = {"TI-1103": range(130, 134), "AI-2003": range(500, 503)}                   # minutes with a text instead of a value

TO_SI = {"1": 1, "%": 1e-2, "ppm": 1e-6, "t/h": 1 / 3.6, "kg/h": 1 / 3600, "kg/s": 1, "A": 1, "kA": 1e3, "V": 1, "mV": 1e-3,
         "K": 1, "Pa": 1, "kPa": 1e3, "bar": 1e5, "MW": 1e6, "kW": 1e3, "g/L": 1, "m3/h": 1 / 3600, "Nm3/h": 1 / 3600}


def from_si(value, unit):
    return value - 273.15 if unit == "degC" else value / TO_SI[unit]


def uncertainty(measurement, reading):
    """sd in the measurement's own unit."""
    sd = measurement["sd"]
    if isinstance(sd, (int, float)):
        return sd
    number, unit = re.fullmatch(r"\s*([-+.\deE]+)\s*(\S+)\s*", sd).groups()
    if unit == "%":
        return max(float(number) / 100 * abs(reading), float(str(measurement.get("sd_floor", 0)).split()[0]))
    return float(number) * (1 if unit == "K" else TO_SI[unit]) / (1 if measurement["unit"] == "degC" else TO_SI[measurement["unit"]])


def simulate(castner, changes):
    """Values of the plant with some specifications changed; [SI]."""
    text = PLANT.read_text()
    for path, value in changes.items():
        text, n = re.subn(r'(of = "%s"\nvalue = )[^\n]+' % re.escape(path), lambda m: m[1] + repr(value), text)
        assert n == 1, f"{path} is specified once"
    with tempfile.TemporaryDirectory() as folder:
        plant = pathlib.Path(folder) / "plant.toml"
        plant.write_text(text)
        answer = subprocess.run([castner, "simulate", str(plant), "--json"], capture_output=True, text=True, check=True)
    return {path: v["value"] for path, v in json.loads(answer.stdout)["values"].items()}


def currents(factor):
    """The electrolysers' specified currents at a share of full load. [A]"""
    plant = tomllib.loads(PLANT.read_text())
    quantity = {"A": 1, "kA": 1e3}
    out = {}
    for s in plant["specification"]:
        if s["of"].endswith(".current"):
            v = s["value"]
            if isinstance(v, str):
                number, unit = v.split()
                v = float(number) * quantity[unit]
            out[s["of"]] = v * factor
    return out


def weak_loss(x, weak="E3", peer="E1"):
    """Power the weak electrolyser draws above a peer making the same product. [W]"""
    at = lambda unit, name: x[f"{unit}.{name}"]
    volts = at(weak, "cell_voltage") - (at(weak, "wear_voltage") - at(peer, "wear_voltage"))
    share = at(weak, "current_efficiency") / at(peer, "current_efficiency")
    return at(weak, "dc_power") * (1 - volts / at(weak, "cell_voltage") * share)


def main():
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("castner")
    cli.add_argument("out")
    cli.add_argument("--seed", type=int, default=20261102)
    cli.add_argument("--truth")
    a = cli.parse_args()

    full = simulate(a.castner, WEAK)
    low = simulate(a.castner, WEAK | currents(LOW_LOAD))
    measurements = tomllib.loads(PLANT.read_text())["measurement"]
    chance = random.Random(a.seed)
    columns, noise = {}, {}
    for m in measurements:
        true_full, true_low = from_si(full[m["of"]], m["unit"]), from_si(low[m["of"]], m["unit"])
        sd = uncertainty(m, true_full)
        bias = sd * (chance.gauss(0, 1) + FAULTS.get(m["tag"], 0.0))
        digits = max(0, 1 - math.floor(math.log10(sd)) + 1)
        drift, column = 0.0, []
        for minute in range(MINUTES):
            load = min(1.0, max(0.0, (minute - CHANGE_FROM) / (CHANGE_TO - CHANGE_FROM)))
            drift = MEMORY * drift + math.sqrt(1 - MEMORY**2) * chance.gauss(0, 1)
            value = true_full + load * (true_low - true_full) + bias + NOISE * sd * drift
            column.append("Bad" if minute in BAD.get(m["tag"], ()) else f"{value:.{digits}f}")
        columns[f'{m["tag"]} ({m["unit"]})'] = column

    with open(a.out, "w", encoding="utf-8", newline="\n") as out:
        out.write(f"# SYNTHETIC: made by plants/cell_room/make_data.py with seed {a.seed} from the plant's own model; no plant was measured\n")
        out.write("time," + ",".join(columns) + "\n")
        for minute in range(MINUTES):
            time = START + datetime.timedelta(minutes=minute)
            out.write(time.isoformat() + "," + ",".join(c[minute] for c in columns.values()) + "\n")
    if a.truth:
        steady = [full] * (CHANGE_FROM // 30) + [low] * ((MINUTES - CHANGE_TO) // 30)
        truth = {"weak": "E3", "faults": sorted(FAULTS), "loss_W": sum(map(weak_loss, steady)) / len(steady)}
        pathlib.Path(a.truth).write_text(json.dumps(truth))


if __name__ == "__main__":
    main()
