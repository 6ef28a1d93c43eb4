#!/usr/bin/env python3
"""castner historian on a real file: a backup is sound, a page is broken, verify says so, repair saves the rest.

  historian.py CASTNER
"""
import pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
castner = str(pathlib.Path(sys.argv[1]).resolve())


def run(*words, code):
    done = subprocess.run([castner, "historian", *map(str, words)], capture_output=True, text=True, timeout=60)
    assert done.returncode == code, f"{words}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done.stdout


with tempfile.TemporaryDirectory() as scratch:
    history, copy = pathlib.Path(scratch, "history.db"), pathlib.Path(scratch, "copy.db")
    history.write_bytes((ROOT / "tests/cases/historian/verify_sound/history.db").read_bytes())
    assert "601 readings of 2 tags" in run("backup", history, "--to", copy, code=0)
    assert "sound" in run("verify", copy, code=0)

    # Without --to the copy lies beside the file, with the time in its name.
    run("backup", history, code=0)
    assert len(list(pathlib.Path(scratch).glob("history.db.20*Z"))) == 1

    # The first chunk begins with zstd's magic number; one bit of it is turned over.
    data = bytearray(copy.read_bytes())
    at = data.rindex(b"\x28\xb5\x2f\xfd")
    data[at + 20] ^= 1
    copy.write_bytes(data)
    assert "damaged" in run("verify", copy, code=1)
    said = run("repair", copy, code=1)
    assert "lost:" in said and pathlib.Path(f"{copy}.repaired").exists(), said
    assert "sound" in run("verify", f"{copy}.repaired", code=0)
    said = run("repair", history, "--to", pathlib.Path(scratch, "again.db"), code=0)
    assert "nothing was lost" in said, said
print("backup, verify and repair do what they say")
