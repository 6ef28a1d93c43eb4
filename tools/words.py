#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every word of Castner has one place: castner/words/text_*.cpp by code and said_by_*.cpp by the English that the rooms below say, and for
findings their judgements in castner/insight.

    tools/words.py write    makes web/src/text/en.ts, zh.ts and said_rows.ts of the rows that the pages use
    tools/words.py          checks; exit code 1 and one line a problem

What it checks, beside what words_test checks row by row:
  1. the files of the pages are what `write` would make;
  2. C++ and TypeScript name no code without a row: words("code"), say(p, "code"), t('code'), the audit trail's note(..., "code");
  3. each row is used: by C++ and by the pages where it is shared, by one of them where it is about cells, else by its own side. A code counts as used where it stands
     as a literal, or in two: "loss." + kind or sayCode(t, 'loss', kind), where kind is a literal of the server or the pages;
  4. no sentence of a finding repeats a sentence of the tables;
  5. what said_by_*.cpp holds is still said by some room, but for what stands there under "libraries";
  6. each sentence that a room says in one of the places of SAYS stands in said_by_*.cpp.
"""
import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LITERAL = r'"(?:[^"\\]|\\.)*"'
PAGES = ROOT / 'web/src'
WHO = ('engine', 'models', 'server', 'tables', 'plant_file', 'readers', 'cells')  # of castner/words/said_by_WHO.cpp
# Where rooms say in English what a face shows later: a solver's advice, warnings, what a reader of tables assumed, what is wrong with a
# device, why the server or a command refuses.
SAYS = {
    'cell_room/c*.cpp': r'\bproblem\(|problems_\.add\(|problem_in_\w+\(|notes\.push_back\(|bad_input\(|cure =|otherwise \+?=|what \+?=|return (?="co)',
    'solve/[!i]*.cpp': r'\b(?:advice|a)\.text \+?=|\b(?:cure|where|what) =|warnings\.push_back\(',
    'plant/plant.cpp': r'push_back\(',
    'plant/judge_stream.cpp': r'leaves\(|push_back\(',
    'assess/running.cpp': r'warnings\.push_back\(',
    'assess/state.cpp': r'warnings\.push_back\(|return (?="the data lack)',
    'assess/ways.cpp': r'warnings\.push_back\(',
    'plant_file/*.cpp': r'\.warn\(|\bproblem\(',
    'base/quantity.cpp': r'\bfail\(|bad_input\(',
    'base/config.cpp': r'\bproblem\(|push_back\(',
    'base/toml_text.cpp': r'bad_input\(',
    'base/file.cpp': r'world_refused\(',
    'expression/parse.cpp': r'\bfail\(|bad_input\(|\bproblem\(',
    'readings/t*.cpp': r'bad_input\(',
    'assess/*.cpp': r'bad_input\(|problems\.push_back\(',
    'app/[ac][sh]*.cpp': r'bad_input\(|bad_input, |problems\.push_back\(',
    'report/json_earlier.cpp': r'bad_input\(',
    'tables/*.cpp': r'\b(?:notes|all)\.push_back\(|\bnote\(|note =|problems_?\.add\(|\bproblem\(|bad_input\((?!file \+)|\brefused?\(|refusal_? =|fault_ =|kTooWide =',
    'tables/cell_text.cpp': r'return "[^";]*(?=number|unit|file)',
    'unit_models/*.cpp': r'error\.problems\.push_back\(|\.about =|equations\.push_back\(|equations\{|\bname\(\w+,|\bfound\.push_back\(',
    'sources/sparkplug.cpp': r'\brefuse\(|\bproblem =|\bmark_stale\(',
    'sources/*.cpp': r'board_?\.(?:error|tag_late|tag_down|rejected|disconnected)\(|\b(?:error_|fail|wrong|note|set_aside)\(|\bwhy =|case \d: return|failed_ =|unexpected\((?!Error)',
    'base/sqlite.cpp': r'return "',
    'historian/sqlite_writer.cpp': r'world_refused\(',
    'people/*.cpp': r'bad_input\(|problems\.push_back\(',
    'http/http_server.cpp': r'refuse\(\d',
    'api/guard.cpp': r'problem\(\d|sign_in_first\(',
    'api/api.cpp': r'problem\(\d|bad_input\(',
    'api/json_read.cpp': r'bad_input\(|problems\.push_back\(',
    'api/history_request.cpp': r'bad_input\(|problems\.push_back\(',
    'api/routes_[hnps]*.cpp': r'problem\((?:\d|Error\{)|bad_input\(|\bnote\(',
}
SENTENCE = r'[A-Za-z]{2,} [A-Za-z]'
MADE = r'^\w+ (?=balance$)|(?:hot|cold) side$'  # what a unit model puts into the name of an equation: a species, a side


def joined(literals: str) -> str:
    return ''.join(ast.literal_eval(one) for one in re.findall(LITERAL, literals))


def table(name: str) -> dict[str, tuple[str, str]]:
    """Rows of text_NAME.cpp: code to (English, Chinese); a row that refers to another holds ('=', code) until it is resolved."""
    text = (ROOT / f'castner/words/text_{name}.cpp').read_text()
    rows = {}
    string = rf'((?:{LITERAL}\s*)+)'
    for m in re.finditer(rf'\{{{string},\s*{string},\s*{string}\}}|same\({string},\s*{string}\)', text):
        if m[4]:
            rows[joined(m[4])] = ('=', joined(m[5]))
        else:
            rows[joined(m[1])] = (joined(m[2]), joined(m[3]))
    return rows


def said_by(who: str) -> list[tuple[str, str]]:
    """Rows of said_by_WHO.cpp: (English, Chinese)."""
    text = (ROOT / f'castner/words/said_by_{who}.cpp').read_text()
    return [(joined(m[1]), joined(m[2])) for m in re.finditer(rf'\{{((?:{LITERAL}\s*)+),\s*((?:{LITERAL}\s*)+)\}}', text)]


def parts(sentence: str) -> list[str]:
    """The texts between the blanks of a sentence; a blank is {name} in a row, {} or {:.3g} in C++."""
    return [part for part in re.split(r'\{[^{}]*\}', sentence) if re.search(r'\w', part)]


def resolved(rows: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {code: rows[said[1]] if said[0] == '=' else said for code, said in rows.items()}


def findings() -> dict[str, str]:
    """English sentences of the judgements, and where each stands."""
    said = {}
    for file in sorted((ROOT / 'castner/insight').glob('*.cpp')):
        for m in re.finditer(rf'\.(?:title|next) =\s*\{{((?:{LITERAL}\s*)+),', file.read_text()):
            said[joined(m[1])] = file.name
    return said


def evidence() -> list[tuple[str, str]]:
    """Kinds of evidence that the judgements' rows name, and where."""
    return [(kind, file.name) for file in sorted((ROOT / 'castner/insight').glob('*.cpp'))
            for kinds in re.findall(r'\.evidence =\s*\{([^{}]*)\}', file.read_text()) for kind in re.findall(r'"(\w+)"', kinds)]


def quoted(text: str) -> str:
    """A literal as prettier writes it."""
    return f'"{text}"' if "'" in text and '"' not in text else "'" + text.replace('\\', '\\\\').replace("'", "\\'") + "'"


def typescript_said() -> str:
    lines = ''.join(f'  [{quoted(en)}, {quoted(zh)}],\n' for en, zh in said_by('server') + said_by('tables'))
    return ('// SPDX-License-Identifier: Apache-2.0\n// Made by tools/words.py of castner/words/said_by_server.cpp and said_by_tables.cpp: edit those.\n\n'
            f'export const rows: readonly (readonly [string, string])[] = [\n{lines}]\n')


def typescript(rows: dict[str, tuple[str, str]], language: int) -> str:
    lines = ''.join(f'  {quoted(code)}: {quoted(said[language])},\n' for code, said in rows.items())
    head = '// SPDX-License-Identifier: Apache-2.0\n// Made by tools/words.py of castner/words/text_shared.cpp, text_cells.cpp, text_pages.cpp, text_start.cpp and text_room.cpp: edit those.\n'
    if language == 0:
        return f'{head}\nexport const en = {{\n{lines}}} as const\n\nexport type Key = keyof typeof en\nexport type Words = Record<Key, string>\n'
    return f"{head}import type {{ Words }} from './en'\n\nexport const zh: Words = {{\n{lines}}}\n"


def sources(folder: Path, suffixes: tuple[str, ...], left_out: str) -> str:
    files = [f for s in suffixes for f in sorted(folder.rglob('*' + s)) if not re.search(left_out, str(f.relative_to(ROOT)))]
    return '\n'.join(f.read_text() for f in files)


def unused(rows: dict[str, tuple[str, str]], text: str, cpp: str) -> list[str]:
    """Rows that nothing in `text` names, whole or in two parts, nor another row that says the same."""
    literals = set(re.findall(r'["\'`]([\w./ -]+)(?:["\']|\$\{)', text))
    heads = {one for one in literals if one.endswith('.')}
    heads |= {head + '.' for head in re.findall(r'\bsayCode\(\w+, \'([\w.]+)\'', text)}
    tails = literals | set(re.findall(r'"([\w.]+)"', cpp))  # the server's words; numbers that are none are written by rule

    def named(code: str) -> bool:
        return code in literals or any(code.startswith(h) and (code[len(h):] in tails or h == 'value.') for h in heads)
    used = {code for code in rows if named(code)}
    used |= {said[1] for code, said in rows.items() if said[0] == '=' and code in used}
    return [code for code in rows if code not in used]


def unsaid() -> list[str]:
    """Sentences that rooms say and no row has, and rows that no room says any more."""
    rows = [en for who in WHO for en, _ in said_by(who)]
    of_libraries = set()
    for who in ('server', 'readers'):
        text = (ROOT / f'castner/words/said_by_{who}.cpp').read_text()
        of_libraries |= {joined(m) for m in re.findall(rf'\{{({LITERAL}),', text[text.index('// libraries'):])}
    known = '\n'.join(part for en in rows for part in parts(en))
    patterns = re.compile('|'.join(re.sub(r'\\\{[\w:]+\\\}', '.+', re.escape(en)) for en in rows))
    said = re.sub(r'"\s*\n\s*"', '', sources(ROOT / 'castner', ('.cpp', '.h'), r'_test\.cpp|castner/(words|insight)/|castner/report/(?!json_earlier)')).replace('\\"', '"')
    found = [f'said_by_*.cpp has "{en}", but no room says "{part.strip()}"'
             for en in rows if en not in of_libraries for part in parts(en) if re.sub(MADE, '', part.strip()).strip() not in said]
    for where, place in SAYS.items():
        for file in sorted((ROOT / 'castner').glob(where)):
            if re.search(r'_(test|fuzz)$', file.stem):
                continue
            for m in re.finditer(rf'(?:{place})((?:{LITERAL}|[^;"])*);', file.read_text()):
                for literal in re.findall(rf'{LITERAL}(?:\s*\n\s*{LITERAL})*', m[0].split(').with(')[0]):
                    found += [f'{file.name} says "{part}", which no row of castner/words/said_by_*.cpp has'
                              for part in (p.strip(' :;"') for p in parts(joined(literal)))
                              if re.search(SENTENCE, part) and part not in known and not patterns.fullmatch(part)]
    return found


def problems() -> list[str]:
    shared, report, pages = table('shared'), table('report') | table('cells_report'), table('pages') | table('start') | table('room')
    cells = table('cells')
    of_pages, of_cpp = resolved(shared | cells | pages), resolved(shared | cells | report)
    found = []
    for language, name in enumerate(('en', 'zh')):
        file = PAGES / f'text/{name}.ts'
        if not file.exists() or file.read_text() != typescript(of_pages, language):
            found.append(f'web/src/text/{name}.ts is not current; cure: tools/words.py write')
    file = PAGES / 'text/said_rows.ts'
    if not file.exists() or file.read_text() != typescript_said():
        found.append('web/src/text/said_rows.ts is not current; cure: tools/words.py write')
    cpp = sources(ROOT / 'castner', ('.cpp', '.h'), r'_test\.cpp|castner/words/(text|said_by)_\w+\.cpp')
    ts = sources(PAGES, ('.ts', '.tsx'), r'src/text/(en|zh)\.ts|\.test\.ts|\.gen\.ts')
    for code in re.findall(r'\b(?:words|say)\((?:\w+, )?"([\w.]+)"', cpp):
        if code not in of_cpp and not any(known.startswith(code) for known in of_cpp if code.endswith('.')):
            found.append(f'C++ names the code {code}, which has no row')
    families = {code.split('.')[0] for code in of_cpp if '.' in code}
    faces = sources(ROOT / 'castner/report', ('.cpp', '.h'), r'_test\.cpp')
    for code in re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)+)"', faces):
        if code.split('.')[0] in families and code not in of_cpp:
            found.append(f'the report names the code {code}, which has no row')
    for code in re.findall(r"\bt\('([\w.-]+)'", ts):
        if code not in of_pages:
            found.append(f'the pages name the code {code}, which has no row')
    for code in re.findall(r'\bnote\((?:[^;"]|"castner \w+")*?"([a-z]+\.[a-z_]+)"', cpp):
        if f'audit.what.{code}' not in of_pages:
            found.append(f'the audit trail says {code}, but audit.what.{code} has no row')
    found += [f'{code}: no C++ uses this row' for code in unused(shared | report, cpp, cpp)]
    found += [f'{code}: no page uses this row' for code in unused(shared | pages, ts, cpp)]
    found += [f'{code}: neither C++ nor a page uses this row' for code in set(unused(cells, cpp, cpp)) & set(unused(cells, ts, cpp))]
    said = {en: code for code, (en, _) in resolved(shared | cells | report | pages).items()}
    found += [f'{file} repeats {said[en]}: {en}' for en, file in findings().items() if en in said]
    found += [f'{file} gives evidence of the kind {kind}, which has no row evidence.{kind}' for kind, file in evidence()
              if f'evidence.{kind}' not in of_cpp and f'indicator.{kind}' not in of_cpp]
    models = re.findall(r'MODEL\(([a-z_]+)\)', (ROOT / 'castner/unit_models/models.cpp').read_text())
    found += [f'the unit model {model} has no row model.{model} in castner/words/text_pages.cpp' for model in models if f'model.{model}' not in of_pages]
    found += unsaid()
    return found


def main() -> int:
    if sys.argv[1:] == ['write']:
        of_pages = resolved(table('shared') | table('cells') | table('pages') | table('start') | table('room'))
        for language, name in enumerate(('en', 'zh')):
            (PAGES / f'text/{name}.ts').write_text(typescript(of_pages, language))
        (PAGES / 'text/said_rows.ts').write_text(typescript_said())
        return 0
    found = problems()
    rows = [table(t) for t in ('shared', 'report', 'cells', 'cells_report', 'pages', 'start', 'room')] + [said_by(who) for who in WHO]
    print('\n'.join(found) or f'words: {sum(map(len, rows))} rows, each in both languages and used')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
