#!/usr/bin/env python3
"""Ten million rows through `castner assess`: it must finish, stay small, and count every row.

  soak.py CASTNER [ROWS]

The rows are the readings of plants/steam_network with noise, long (`time,tag,value`), made here with a fixed seed into build/soak.
"""
import csv, datetime, json, pathlib, random, resource, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 900          # on two slow cores
LIMIT_BYTES = 4 << 30        # a server's spare memory; the file itself is a tenth of it
plant = ROOT / "plants/steam_network/plant.toml"


def readings():
    with open(ROOT / "plants/steam_network/snapshot.csv", encoding="utf-8-sig") as f:
        return [(r["tag"], float(r["value"])) for r in csv.DictReader(line for line in f if not line.startswith("#"))]


def generate(path, rows):
    """`rows` data rows, ten seconds apart, every tag at each time; returns the number of times."""
    rng, tags, start = random.Random(1986), readings(), datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    times = rows // len(tags)
    # A hundred noisy values a tag, dealt at random: as good as fresh noise here, and quick to write.
    deck = {tag: [f",{tag},{value * (1 + 0.005 * rng.gauss(0, 1)):.4f}\n" for _ in range(100)] for tag, value in tags}
    with open(path, "w", encoding="utf-8") as out:
        out.write("time,tag,value\n")
        for k in range(times):
            at = (start + datetime.timedelta(seconds=10 * k)).isoformat()
            out.write("".join(at + rng.choice(deck[tag]) for tag, _ in tags))
    return times


def main():
    castner, rows = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000_000
    folder = ROOT / "build/soak"
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / f"{rows}.csv"
    print(f"writing {rows} rows to {data}", flush=True)
    times = generate(data, rows)

    print("castner assess", flush=True)
    began = time.monotonic()
    done = subprocess.run([castner, "assess", plant, data, "--json"], capture_output=True, timeout=LIMIT_SECONDS,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES)))
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if done.returncode != 0:
        sys.exit(f"exit code {done.returncode}:\n{done.stderr.decode()[-2000:]}")
    answer = json.loads(done.stdout)
    steady = sum(w["steady"] for w in answer["windows"])
    print(f"{seconds:.0f} s, {peak:.0f} MB, {answer['data']['rows']} times, {len(answer['windows'])} windows, {steady} of them steady")
    if answer["data"]["rows"] != times:
        sys.exit(f"{times} times were written")
    if not steady:
        sys.exit("no window was steady, though the data stand still")
    data.unlink()


main()
