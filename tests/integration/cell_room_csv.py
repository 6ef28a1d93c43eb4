#!/usr/bin/env python3
"""The whole path from a data file to findings, judged against a known truth.

  cell_room_csv.py CASTNER

Makes the cell room's data with five seeds and assesses each: both faulty instruments must be named, the weak
electrolyser found, and its loss in power and money must hold the truth within its stated uncertainty (95 %; over five
seeds one interval may miss, two are a one-in-fifty event).
"""
import json, pathlib, subprocess, sys, tempfile, tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLANT = ROOT / "plants" / "cell_room"
SEEDS = [20261102, 1, 2, 3, 4]


def assess(castner, seed, folder):
    data, truth_file = folder / "data.csv", folder / "truth.json"
    subprocess.run([sys.executable, PLANT / "make_data.py", castner, data, "--seed", str(seed), "--truth", truth_file], check=True)
    answer = subprocess.run([castner, "assess", PLANT / "plant.toml", data, "--json"], capture_output=True, text=True)
    assert answer.returncode == 0, f"seed {seed}: exit code {answer.returncode}\n{answer.stderr}"
    return json.loads(answer.stdout), json.loads(truth_file.read_text())


def main(castner):
    economics = tomllib.loads((PLANT / "plant.toml").read_text())["economics"]
    price = float(economics["electricity"].split()[0]) / 3.6e6  # per joule
    hours = economics["hours_per_year"]
    missed = 0
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            answer, truth = assess(castner, seed, pathlib.Path(folder))
        named = sorted(f["path"] for f in answer["findings"] if f["code"] in ("gross_error.bias", "gross_error.cannot_tell"))
        assert set(truth["faults"]) <= set(named), f"seed {seed}: faults {truth['faults']}, named {named}"
        weak = [f for f in answer["findings"] if f["code"] == "electrolyser.above_best_peer"]
        assert weak and weak[0]["path"] == truth["weak"], f"seed {seed}: weak electrolyser found as {[f['path'] for f in weak]}"
        loss = next(l for l in answer["losses"] if l["kind"] == "above_best_peer" and l["path"] == truth["weak"])
        cost = truth["loss_W"] * price * 3600 * hours
        off_power = (loss["power"]["value"] - truth["loss_W"]) / loss["power"]["sd"]
        off_cost = (loss["cost_per_year"]["value"] - cost) / loss["cost_per_year"]["sd"]
        missed += max(abs(off_power), abs(off_cost)) > 1.96
        print(f"seed {seed}: named {', '.join(named)}; {truth['weak']} loses {loss['power']['value'] / 1e3:.0f} ± "
              f"{loss['power']['sd'] / 1e3:.0f} kW (truth {truth['loss_W'] / 1e3:.0f} kW, {off_power:+.2f} sd), "
              f"{loss['cost_per_year']['value'] / 1e6:.2f} ± {loss['cost_per_year']['sd'] / 1e6:.2f} million a year (truth {cost / 1e6:.2f})")
    assert missed <= 1, f"{missed} of {len(SEEDS)} intervals miss the truth"
    print("passed")


if __name__ == "__main__":
    main(sys.argv[1])
