"""Checks documents and READMEs against the tree; tools/tidy.py calls problems().

A promise that no test checks rots: a file that was renamed, a list that grew in one place, a paper that nobody else has.
"""
import fnmatch, pathlib, re

import performance_table

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Names of papers and numbers that only their writers had; name docs/domain, docs/reference or the source instead.
UNSEEN = re.compile(r"\b(?:INTERFACES|DOMAIN|POLICY2?|SAFETY|DESIGN|DEPENDENCIES)\b(?![_\"'-])|[Dd]omain reference|house plan|\bchecks? V\d")
COMMIT = re.compile(r"(?<![\w.])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}(?![\w.+-])")
SOURCES = ("*.h", "*.cpp", "*.md", "*.toml", "*.yaml", "*.py", "*.ts", "*.tsx", "*.mjs", "*.cmake", "CMakeLists.txt", "Makefile")


def check_citations(tracked, bad):
    """Every docs/... path that is named exists, and so does a section named after it: `docs/domain/caustic.md 5.2`."""
    for path in tracked(*SOURCES):
        at = path.relative_to(ROOT).as_posix()
        if at == "tools/tidy_documents.py":
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if m := UNSEEN.search(line):
                bad.append(f"{at}:{number}: cites {m[0]!r}, which a reader cannot open; name docs/domain, docs/reference or the source")
            for document, section in re.findall(r"(?<![\w/])(docs/[\w/-]+\.\w+)(?:,? (\d+(?:\.\d+)?))?", line):
                if not (ROOT / document).exists():
                    bad.append(f"{at}:{number}: {document} does not exist")
                elif section and not re.search(rf"^#+ {re.escape(section)} ", (ROOT / document).read_text(), re.M):
                    bad.append(f"{at}:{number}: {document} has no section {section}")


def check_paths(tracked, bad):
    """A file of the tree that a document names exists, from the top, from the document's folder, or below castner or web."""
    for path in tracked("*.md"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for name in re.findall(r"(?<![\w/.-])((?:castner|tests|tools|plants|gateway|web|packaging|bench|api|http|people|props)/[\w/-]+\.[a-z0-9]+)\b", line):
                if not any((folder / name).exists() for folder in (ROOT, path.parent, ROOT / "castner", ROOT / "web", ROOT / "web/src")) and "NAME" not in name:
                    bad.append(f"{path.relative_to(ROOT)}:{number}: names {name}, which does not exist")


def check_sources_of_the_domain(bad):
    """A word in backquotes in docs/domain is a key of the bibliography."""
    known = set(re.findall(r"^\| `([\w.-]+)`", (ROOT / "docs/reference/references.md").read_text(), re.M))
    for path in [ROOT / "docs/domain.md", *sorted((ROOT / "docs/domain").glob("*.md"))]:
        for key in set(re.findall(r"`([a-z][a-z0-9-]*)`", path.read_text())) - known:
            bad.append(f"{path.relative_to(ROOT)}: {key} is not in docs/reference/references.md")


def check_diaries(tracked, bad):
    for path in tracked("docs/*.md", "README*.md", "CHANGELOG.md"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if m := COMMIT.search(line):
                bad.append(f"{path.relative_to(ROOT)}:{number}: {m[0]} looks like a commit; say what changed instead")


def names_in(text):
    """Words in backquotes, without the folder before them."""
    return [word for quoted in re.findall(r"`([^`\n]+)`", text) for word in re.split(r"[ ,]+", quoted) if re.fullmatch(r"[\w*./]+", word)]


def check_module_readmes(modules, bad):
    """A README of a module names files that exist, and every product file of the module by its stem or by a pattern such as `json*`."""
    everything = {p.name for p in (ROOT / "castner").rglob("*") if p.suffix in (".h", ".cpp")} | {
        p.name for p in (ROOT / "tests/support").glob("*.h")}
    for module in modules:
        folder, readme = ROOT / "castner" / module, ROOT / "castner" / module / "README.md"
        if not readme.exists():
            continue
        text = readme.read_text()
        words = names_in(text)
        stems = {p.stem for p in folder.rglob("*") if p.suffix in (".h", ".cpp", ".proto")}
        product = {s for s in stems if not re.search(r"_(test|fuzz|bench|for_tests)$|_tests?$", s)}
        for word in words:
            if re.search(r"\w\.(h|cpp)$", word) and not fnmatch.filter(everything, word.split("/")[-1]):
                bad.append(f"castner/{module}/README.md: names {word}, which does not exist")
        for row in re.findall(r"^\| ((?:`[^|]+`[ ,]*)+)\|", text, re.M):
            for word in names_in(row):
                stem = re.sub(r"\.(h|cpp)$", "", word.split("/")[-1])
                if not fnmatch.filter(stems, stem) and not (folder / word).exists():
                    bad.append(f"castner/{module}/README.md: lists {word}, which is no file of the module")
        patterns = [re.sub(r"\.(h|cpp)$", "", word.split("/")[-1]) for word in words]
        for stem in sorted(product):
            if not any(fnmatch.fnmatch(stem, p) for p in patterns):
                bad.append(f"castner/{module}/README.md: does not name {stem}; name it or a pattern that it fits")


def check_lists(modules, bad):
    """Lists that stand in code and in a document hold the same names."""
    def missing(document, names, what):
        text = (ROOT / document).read_text()
        for name in names:
            if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
                bad.append(f"{document}: does not name the {what} {name}")

    missing("ARCHITECTURE.md", modules, "module")
    apps = "".join(p.read_text() for p in sorted((ROOT / "castner/app").glob("*.cpp")) if "_test" not in p.name)
    commands = set(re.findall(r"root\.add_subcommand\(\s*\"([\w-]+)\"", apps))
    missing("docs/reference/commands.md", [f"castner {c}" for c in sorted(commands)], "command")
    for document in ("README.md", "README.zh-CN.md"):
        for command in re.findall(r"^\| `castner ([\w-]+)`", (ROOT / document).read_text(), re.M):
            if command not in commands:
                bad.append(f"{document}: lists castner {command}, which is no command")
        missing(document, sorted(p.name for p in (ROOT / "plants").iterdir() if p.is_dir()), "plant")
    models = re.findall(r"MODEL\((\w+)\)", (ROOT / "castner/unit_models/models.cpp").read_text())
    described = "".join(p.read_text() for p in (ROOT / "docs/models").glob("*.md"))
    for model in models:
        if model not in described and model != "NAME":
            bad.append(f"docs/models: does not describe the unit model {model}; add a paragraph with its equations, \"**{model}**: ...\", to docs/models/apparatus.md")
    kinds = re.findall(r"SOURCE\((\w+)\)", (ROOT / "castner/sources/kinds.cpp").read_text())
    missing("docs/formats/sources.md", [f"## {kind}" for kind in kinds] + [f"`{kind}`" for kind in kinds], "kind of source")
    for document in ("docs/performance.md", *(p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "docs/performance").glob("*.md"))),
                     *(p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "tools").glob("bench_*.py")))):
        for module in re.findall(r"\b([a-z_]+)_bench\b(?!\.)", (ROOT / document).read_text()):
            if not list((ROOT / "castner" / module).glob("*_bench.cpp")):
                bad.append(f"{document}: names {module}_bench, which no module makes")
    for module in re.findall(r"(?<![\w*])([a-z_]+)_test\b(?!\.)", (ROOT / "CONTRIBUTING.md").read_text()):
        if not list((ROOT / "castner" / module).glob("*_test.cpp")):
            bad.append(f"CONTRIBUTING.md: names {module}_test, which no module makes")
    decisions = ROOT / "docs/decisions"
    missing("docs/decisions/README.md", sorted(p.name for p in decisions.glob("0*.md")), "page")
    missing("README.md", sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")), "page")
    missing("docs/performance.md", sorted(f"performance/{p.name}" for p in (ROOT / "docs/performance").glob("*.md")), "page")
    missing("docs/domain.md", sorted(f"domain/{p.name}" for p in (ROOT / "docs/domain").glob("*.md")), "chapter")


def check_words_of_the_code(bad):
    """A type that one room's header defines is defined by no other room's; the glossary's last section names the right rooms."""
    rooms = {}
    for header in sorted((ROOT / "castner").rglob("*.h")):
        for name in re.findall(r"^(?:struct|class|enum class) (\w+)(?: final)?(?: :[^;{]*)?\s*\{", header.read_text(), re.M):
            rooms.setdefault(name, []).append(header.relative_to(ROOT / "castner").parts[0])
    for name, found in sorted(rooms.items()):
        if len(found) > 1:
            bad.append(f"castner: {name} is a type of {' and of '.join(found)}; one word means one thing")
    text = (ROOT / "docs/reference/glossary.md").read_text().partition("## In the code\n")[2]
    for types, room in re.findall(r"^\| (`[^|]+`) \|[^|]+\| (\w+) \|$", text, re.M):
        for name in re.findall(r"`(\w+)`", types):
            if rooms.get(name) != [room]:
                bad.append(f"docs/reference/glossary.md: {name} is said to be of {room}, and headers define it in {rooms.get(name, 'no room')}")


def check_promises_of_safety(bad):
    """Each test that docs/security.md names exists; `Name...` is the beginning of one, `Suite.*` a suite."""
    tests = "".join(p.read_text() for p in (ROOT / "castner").rglob("*_test.cpp"))
    files = {p.name for p in (ROOT / "castner").rglob("*_test.cpp")}
    for row in re.findall(r"^\|[^|]+\|[^|]+\|([^|]+)\|$", (ROOT / "docs/security.md").read_text(), re.M):
        for name in re.findall(r"`([^`]+)`", row):
            word = re.split(r"\.\.\.|\.\*", name)[0]
            if name.endswith(".cpp") and name not in files or not name.endswith(".cpp") and word not in tests:
                bad.append(f"docs/security.md: names the test {name}, which does not exist")
    for name in re.findall(r"^\| `(\w+\.py)`", (ROOT / "docs/validation/faults.md").read_text(), re.M):
        if not (ROOT / "tests/integration" / name).exists():
            bad.append(f"docs/validation/faults.md: names {name}, which does not exist")


def problems(tracked, modules):
    bad = []
    check_citations(tracked, bad)
    check_paths(tracked, bad)
    check_sources_of_the_domain(bad)
    check_diaries(tracked, bad)
    check_module_readmes(modules, bad)
    check_lists(modules, bad)
    check_words_of_the_code(bad)
    check_promises_of_safety(bad)
    for page in performance_table.out_of_date():
        bad.append(f"{page.relative_to(ROOT)}: a table differs from bench/results; run tools/performance_table.py")
    return bad
