#!/usr/bin/env python3
"""Checks the shape of the tree: layers, file length, headers that open with a sentence.

Run by ctest as "tidy".  The layer list is read from the castner_module() lines of CMakeLists.txt,
so there is one place that says who may use whom.
"""
import pathlib, re, sys

root = pathlib.Path(__file__).resolve().parent.parent
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
uses = {m[1]: set(re.findall(r"\w+", m[2] or "")) for m in re.finditer(
    r"castner_module\((\w+)(?:\s+USES\s+([\w\s]+?))?(?:\s+(?:LIBS|TEST_LIBS)[^)]*)?\)", (root / "CMakeLists.txt").read_text())}
bad = []
for path in sorted((root / "castner").rglob("*.[hc]*")):
    module, text = path.relative_to(root / "castner").parts[0], path.read_text()
    at = path.relative_to(root)
    for used in re.findall(r'#include "castner/(\w+)/', text):
        if used != module and used not in uses.get(module, set()):
            bad.append(f"{at}: includes castner/{used}, which {module} does not list under USES")
    if text.count("\n") > 600:
        bad.append(f"{at}: {text.count(chr(10))} lines; split it")
    if not text.startswith(SPDX):
        bad.append(f"{at}: first line must be {SPDX.strip()!r}")
    if path.suffix == ".h" and not text.removeprefix(SPDX).startswith("/// "):
        bad.append(f"{at}: a header opens with one sentence that says what it is")
print("\n".join(bad) or "tidy")
sys.exit(bool(bad))
