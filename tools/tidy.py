#!/usr/bin/env python3
"""Checks the shape of the tree: who includes whom, file length, opening sentences, module READMEs, links, sources.

Run by ctest as "tidy". The layer list is read from the castner_module() lines of CMakeLists.txt, so there is one place
that says who may use whom; the table below is the one place that says which file may know a library.
"""
import fnmatch, pathlib, re, subprocess, sys

sys.dont_write_bytecode = True
import tidy_documents

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
TESTS = ["*_test.cpp", "*_test.h", "*_bench.cpp", "*_bench.h", "*_for_tests.h", "tests/support/*"]
TABLES = ["castner/words/*.cpp"]  # sentences, row by row: no algorithm to tell

# Third-party header -> the files that may include it. A library stays behind one .cpp, so that it can be left.
LIBRARIES = {
    "tl/expected.hpp": ["castner/base/error.h"],
    "fmt/*": ["*.cpp"],
    "toml++/*": ["castner/base/toml_text.cpp"],
    "CLI/*": ["castner/app/*.cpp", "castner/virtual_plant/main/main.cpp"],
    "curl/*": ["castner/store_victoria/http_client.cpp"],
    "nlohmann/*": ["castner/store_victoria/victoria_store.cpp", "castner/store_victoria/victoria_inside.h", "castner/report/json*.cpp", "castner/report/compare.cpp",
                   "castner/api/json_read.cpp", "castner/api/sketch_json.cpp", "castner/app/*.cpp", *TESTS],
    "Eigen/*": TESTS,
    "klu.h": ["castner/solve/*.cpp"],
    "amd.h": ["castner/solve/*.cpp"],
    "cs.h": ["castner/solve/matching.cpp", "castner/solve/cholesky.cpp"],   # CXSparse
    "ldl.h": ["castner/solve/cholesky.cpp"],
    "ida/*": ["castner/solve/integrate.cpp"],         # SUNDIALS
    "nvector/*": ["castner/solve/integrate.cpp"],
    "sunlinsol/*": ["castner/solve/integrate.cpp"],
    "sunmatrix/*": ["castner/solve/integrate.cpp"],
    "boost/*": ["castner/solve/*.cpp", "castner/signals/significant.cpp", "castner/http/http_server.cpp", *TESTS],
    "date/*": ["castner/readings/*.cpp", "castner/tables/*.cpp", "castner/report/local_time.cpp"],
    "sqlite3.h": ["castner/base/sqlite.cpp", "castner/historian/sqlite_*.cpp", *TESTS],
    "zstd.h": ["castner/historian/chunk_codec*.cpp"],
    "MQTTAsync.h": ["castner/sources/*.cpp", "castner/virtual_plant/sparkplug_link.cpp", *TESTS],
    "netinet/*": ["*.cpp"],
    "sparkplug_b.pb.h": ["castner/sources/*.cpp", "castner/virtual_plant/*.cpp", *TESTS],   # made by protoc
    "zip.h": ["castner/tables/*.cpp"],
    "pugixml.hpp": ["castner/tables/*.cpp", *TESTS],
    "coin/*": TESTS,         # IPOPT: the reference, never in the product
    "Ip*": TESTS,
    "gtest/*": TESTS,
    "gmock/*": TESTS,
    "rapidcheck*": TESTS,
    "benchmark/*": ["*_bench.cpp"],
    "IF97.h": ["*_bench.cpp"],   # CoolProp's, the peer we are measured against; never in the product
    "sodium.h": ["castner/people/secrets.cpp"],
    "zlib.h": ["castner/http/gzip.cpp"],
    "sys/*": ["*.cpp", *TESTS],      # POSIX
    "arpa/*": ["*.cpp", *TESTS],
    "netinet/*": ["*.cpp", *TESTS],
    "signal.h": ["*.cpp", *TESTS],
    "iconv.h": ["castner/tables/encoding.cpp", *TESTS],
    "termios.h": ["castner/app/account.cpp"],
    "pthread.h": ["castner/app/serve.cpp"],
    "malloc.h": ["castner/app/serve.cpp"],  # glibc: how freed memory is kept
    "unistd.h": ["*.cpp", *TESTS],
    "netdb.h": ["*.cpp"],
    "modbus/*": ["castner/virtual_plant/*.cpp", *TESTS],
    "openssl/*": ["castner/sources/tls.cpp", "castner/http/*.cpp", *TESTS],
    "poll.h": ["*.cpp", *TESTS],
    "fcntl.h": ["*.cpp", *TESTS],
}
# One word each (docs/reference/glossary.md); the left ones mislead.
BANNED = {r"\bsensors?\b": "instrument", r"\bdata points?\b": "sample", r"\belectrolyzers?\b": "electrolyser"}
MODELS = "|".join(re.findall(r"MODEL\((\w+)\)", (ROOT / "castner/unit_models/models.cpp").read_text()))
GPL = r"SuiteSparseQR|umfpack|spqr|CHOLMOD_SUPERNODAL|cholmod"

bad = []
uses = {m[1]: set(re.findall(r"\w+", m[2] or "")) for m in re.finditer(
    r"castner_module\((\w+)(?:\s+USES\s+([\w\s]+?))?(?:\s+(?:TEST_USES|HOT|FILE_BY_FILE|LIBS|TEST_LIBS)[^)]*)?\)", (ROOT / "CMakeLists.txt").read_text())}
test_uses = {m[1]: set(m[2].split()) for m in re.finditer(r"castner_module\((\w+).* TEST_USES ((?: ?[a-z_]+)+)", (ROOT / "CMakeLists.txt").read_text())}


def tracked(*patterns):
    """Files of the tree, those not yet added to git too; without git (a tarball), every file."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        return [ROOT / name for name in sorted(listed.stdout.splitlines()) if (ROOT / name).is_file()]
    return sorted(p for pattern in patterns for p in ROOT.rglob(pattern) if not {"build", "node_modules"} & set(p.relative_to(ROOT).parts))


def allowed(at, patterns):
    return any(fnmatch.fnmatch(at, p) for p in patterns)


def check_source(path):
    at, text = path.relative_to(ROOT).as_posix(), path.read_text()
    module = at.split("/")[1] if at.startswith("castner/") else None
    if text.count("\n") > 600:
        bad.append(f"{at}: {text.count(chr(10))} lines; split it")
    if module and text.count("\n") > 200 and not allowed(at, TESTS + TABLES):
        head = re.match(r"(?:///?(?!/).*\n)*", text.removeprefix(SPDX))[0].splitlines()
        if len(head) < 5 or not any(re.match(r"///? +1\. ", line) for line in head):
            bad.append(f"{at}: more than 200 lines without a head that tells its algorithm in numbered steps")
    if not text.startswith(SPDX):
        bad.append(f"{at}: first line must be {SPDX.strip()!r}")
    if path.suffix == ".h" and not text.removeprefix(SPDX).startswith("/// "):
        bad.append(f"{at}: a header opens with one sentence that says what it is")
    for number, line in enumerate(text.splitlines(), 1):
        if m := re.match(r'#include "castner/(\w+)/', line):
            of_tests = test_uses.get(module, set()) if allowed(at, TESTS) else set()
            if module and m[1] != module and m[1] not in uses.get(module, set()) | of_tests:
                bad.append(f"{at}:{number}: includes castner/{m[1]}, which {module} does not list under USES")
        elif m := re.match(r"#include <([^>]*[./][^>]*)>", line):
            rules = [files for pattern, files in LIBRARIES.items() if fnmatch.fnmatch(m[1], pattern)]
            if not any(allowed(at, files) for files in rules):
                bad.append(f"{at}:{number}: may not include <{m[1]}>; wrap it where tools/tidy.py allows it"
                           + ("" if rules else ", or add the library there with a reason"))
        for word, better in BANNED.items():
            if m := re.search(word, line, re.I):
                bad.append(f"{at}:{number}: {m[0]!r}; the glossary's word is {better!r}")
        if module != "unit_models" and not allowed(at, TESTS) and re.search(rf'[=!]= "({MODELS})"', line):
            bad.append(f"{at}:{number}: compares a model's name; ask unit_models/anatomy.h by type: is_a<NameAnatomy>(unit)")
        if module and re.search(r"#include.*(" + GPL + ")", line):
            bad.append(f"{at}:{number}: a GPL library; the product links none")


def check_page(path, made):
    """A file of the pages; `made` are those that programs write."""
    at, text = path.relative_to(ROOT).as_posix(), path.read_text()
    if at not in made and text.count("\n") > 200:
        bad.append(f"{at}: {text.count(chr(10))} lines; 200 are enough for one idea")
    if "SPDX-License-Identifier: Apache-2.0" not in text.partition("\n")[0]:
        bad.append(f"{at}: first line must have SPDX-License-Identifier: Apache-2.0")


def check_modules():
    for at, (module, used) in enumerate(uses.items()):
        bad.extend(f"CMakeLists.txt: {module} uses {other}, which stands on no line above it" for other in used.difference(list(uses)[:at]))
    for module in uses:
        folder = ROOT / "castner" / module
        if not any(folder.glob("*.[hc]*")):
            continue
        if not (folder / "README.md").exists():
            bad.append(f"castner/{module}: no README.md (what it is for, what not, files to read first, its words)")
        elif (lines := (folder / "README.md").read_text().count("\n")) > 40:
            bad.append(f"castner/{module}/README.md: {lines} lines; 40 are enough")


def check_links(path):
    at, text = path.relative_to(ROOT).as_posix(), re.sub(r"^```.*?^```", "", path.read_text(), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        if not (path.parent / target.split("#")[0]).exists():
            bad.append(f"{at}: links to {target}, which does not exist")


def check_references():
    """Every [key] after the word Source in code, and every `source = "key"` in data, is in the bibliography."""
    bibliography = ROOT / "docs/reference/references.md"
    known = set(re.findall(r"^\| `([\w.-]+)`", bibliography.read_text(), re.M)) if bibliography.exists() else set()
    comment, field = r"[Ss]ources?\s+(?:\n?///?\s*)?\[([\w.-]+)\]", r"^\s*source\s*=\s*\"([\w.-]+)\""
    for path in tracked("castner/*.h", "castner/*.cpp", "data/*.toml", "tests/validation/*.toml"):
        for key in re.findall(field if path.suffix == ".toml" else comment, path.read_text(errors="replace"), re.M):
            if key not in known:
                bad.append(f"{path.relative_to(ROOT)}: source {key} is not in docs/reference/references.md")


def check_packages():
    for number, line in enumerate((ROOT / "apt-packages.txt").read_text().splitlines(), 1):
        if line and not line.startswith(("#", "[")) and not re.match(r"\S+ {2,}\S", line):
            bad.append(f"apt-packages.txt:{number}: a package, two spaces or more, then its reason")


for source in tracked("*.cpp", "*.h"):
    check_source(source)
made = (ROOT / ".prettierignore").read_text().splitlines()
for page in tracked("web/*.ts", "web/*.tsx", "web/*.js", "web/*.mjs", "web/*.css"):
    check_page(page, made)
for document in tracked("*.md"):
    check_links(document)
check_modules()
check_references()
check_packages()
bad += tidy_documents.problems(tracked, sorted(uses))
print("\n".join(bad) or "tidy")
sys.exit(bool(bad))
