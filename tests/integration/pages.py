#!/usr/bin/env python3
"""Every page of the real server in Chromium, in both languages: the virtual cell room has a past and runs, `castner serve` watches
it over Modbus, Sparkplug and OPC UA, and web/tests/e2e looks at what a control room would.

  pages.py CASTNER [part of a test's name]
"""
import contextlib, os, pathlib, signal, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True
from run_live import NODE, LivePlant, Trouble

PASSWORD = "a password for tests only"
LIMIT = 1200   # [s] of all pages; they need a quarter of it on two cores
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

for needed in [NODE, ROOT / "web/dist/index.html", ROOT / "web/node_modules/.package-lock.json", ROOT / "gateway/node_modules/.package-lock.json", pathlib.Path(CHROMIUM)]:
    if not needed.exists():
        sys.exit(print(f"skipped: {needed} is not here; make test brings it"))

castner, only = sys.argv[1], sys.argv[2:]
with tempfile.TemporaryDirectory(prefix="castner-") as folder, LivePlant(castner, folder, past=True) as plant:
    try:
        plant.start_server()
        plant.push_past(30)   # so that the cells have a level of their own, and some have left it
        for start in (plant.start_broker, plant.start_plant, plant.start_opcua_server, plant.start_gateway):
            start()
        overview = plant.wait_for_balance()
        assert overview["tags"]["total"] == 693, overview["tags"]
        # From the first account on, everyone signs in.
        for name, role in [("root", "administrator"), ("guest", "viewer")]:
            subprocess.run([castner, "account", "add", name, "--role", role, "--config", f"{folder}/castner.toml"],
                           input=PASSWORD + "\n", text=True, check=True, capture_output=True, timeout=60)
        run = subprocess.Popen([NODE, "tests/e2e/run.mjs", plant.url, *only], cwd=ROOT / "web", start_new_session=True,
                               env={**os.environ, "CASTNER_ALL": "1", "CASTNER_USER": "root", "CASTNER_PASSWORD": PASSWORD, "CASTNER_VIEWER": "guest"})
        try:
            run.wait(LIMIT)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)   # the browser must not outlive the one who drives it
        plant.check()   # nothing died on the way
    except Trouble as trouble:
        sys.exit(str(trouble))
    sys.exit(run.returncode)
