#!/usr/bin/env python3
"""tools/install-packages asks Debian for npm only where no command npm exists: a Node from elsewhere excludes Debian's.

  install_packages.py CASTNER     (CASTNER is not used; every integration script gets it)

The script runs with a dpkg-query and an apt-get of ours first in PATH, so nothing is installed.
"""
import os, pathlib, subprocess, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def command(folder, name, text):
    path = folder / name
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)


def run(*, npm, without):
    """Exit code, words and apt-get's arguments, on a machine that has every package but `without`."""
    packages = [line.split()[0] for line in (ROOT / "apt-packages.txt").read_text().splitlines()
                if line and line[0] not in "#["]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for tool in ["bash", "dirname", "awk", "grep", "wc", "mktemp", "rm", "env", "cat", "tail", "sh"]:
            (folder / tool).symlink_to(subprocess.check_output(["which", tool], text=True).strip())
        command(folder, "id", "echo 0\n")
        command(folder, "dpkg-query", "".join(f"echo installed {p}\n" for p in packages if p not in without))
        command(folder, "apt-get", f'echo "$@" >>{folder}/asked\n')
        if npm:
            command(folder, "npm", "exit 1\n")
        done = subprocess.run(["bash", ROOT / "tools/install-packages", "build"], env={"PATH": name, "HOME": name},
                              capture_output=True, text=True, timeout=60)
        asked = folder / "asked"
        return done.returncode, done.stdout + done.stderr, asked.read_text() if asked.exists() else ""


nothing = (0, "", "")
assert run(npm=False, without=[]) == nothing, "all there: silent"
assert run(npm=True, without=["npm"]) == nothing, "an npm from elsewhere counts"
debian = 'ID=debian\nVERSION_ID="12"'
if all(line in pathlib.Path("/etc/os-release").read_text() for line in debian.splitlines()):
    code, words, asked = run(npm=False, without=["npm", "cmake"])
    assert code == 0 and asked.split()[-2:] == ["cmake", "npm"], (code, words, asked)
    code, words, asked = run(npm=True, without=["npm", "cmake"])
    assert code == 0 and asked.split()[-1] == "cmake" and " npm" not in asked, (code, words, asked)
print("install-packages: ok")
