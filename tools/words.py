#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every word of Castner has one place: castner/words/text_*.cpp, and for findings their judgements in castner/insight.

    tools/words.py write    makes web/src/text/en.ts and zh.ts of the rows that the pages use
    tools/words.py          checks; exit code 1 and one line a problem

What it checks, beside what words_test checks row by row:
  1. the files of the pages are what `write` would make;
  2. C++ and TypeScript name no code without a row: words("code"), say(p, "code"), t('code');
  3. each row is used: by C++ and by the pages where it is shared, else by its own side. A code counts as used where it stands
     as a literal, or in two: "loss." + kind or sayCode(t, 'loss', kind), where kind is a literal of the server or the pages;
  4. no sentence of a finding repeats a sentence of the tables;
  5. what a source says of a device, `device.*`, is still said by some source; `device.library.*` is said by a library.
"""
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LITERAL = r'"(?:[^"\\]|\\.)*"'
PAGES = ROOT / 'web/src'


def joined(literals: str) -> str:
    return ''.join(json.loads(one) for one in re.findall(LITERAL, literals))


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


def resolved(rows: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {code: rows[said[1]] if said[0] == '=' else said for code, said in rows.items()}


def findings() -> dict[str, str]:
    """English sentences of the judgements, and where each stands."""
    said = {}
    for file in sorted((ROOT / 'castner/insight').glob('*.cpp')):
        for m in re.finditer(rf'\.(?:title|next) =\s*\{{((?:{LITERAL}\s*)+),', file.read_text()):
            said[joined(m[1])] = file.name
    return said


def typescript(rows: dict[str, tuple[str, str]], language: int) -> str:
    def quoted(text: str) -> str:
        return "'" + text.replace('\\', '\\\\').replace("'", "\\'") + "'"
    lines = ''.join(f'  {quoted(code)}: {quoted(said[language])},\n' for code, said in rows.items())
    head = '// SPDX-License-Identifier: Apache-2.0\n// Made by tools/words.py of castner/words/text_shared.cpp and text_pages.cpp: edit those.\n'
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
        return code in literals or any(code.startswith(h) and (code[len(h):] in tails or h in ('device.', 'value.')) for h in heads)
    used = {code for code in rows if named(code)}
    used |= {said[1] for code, said in rows.items() if said[0] == '=' and code in used}
    return [code for code in rows if code not in used]


def problems() -> list[str]:
    shared, report, pages = table('shared'), table('report'), table('pages')
    of_pages, of_cpp = resolved(shared | pages), resolved(shared | report)
    found = []
    for language, name in enumerate(('en', 'zh')):
        file = PAGES / f'text/{name}.ts'
        if not file.exists() or file.read_text() != typescript(of_pages, language):
            found.append(f'web/src/text/{name}.ts is not current; cure: tools/words.py write')
    cpp = sources(ROOT / 'castner', ('.cpp', '.h'), r'_test\.cpp|castner/words/text_\w+\.cpp')
    ts = sources(PAGES, ('.ts', '.tsx'), r'src/text/(en|zh)\.ts|\.test\.ts|\.gen\.ts')
    one_line = re.sub(r'"\s*\n\s*"', '', cpp)  # literals that stand on two lines
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
    found += [f'{code}: no C++ uses this row' for code in unused(shared | report, cpp, cpp)]
    found += [f'{code}: no page uses this row' for code in unused(shared | pages, ts, cpp)]
    said = {en: code for code, (en, _) in resolved(shared | report | pages).items()}
    found += [f'{file} repeats {said[en]}: {en}' for en, file in findings().items() if en in said]
    for code, (en, _) in pages.items():
        if code.startswith('device.') and not code.startswith('device.library.'):
            found += [f'{code}: no source says "{part}"' for part in re.split(r'\{\w+\}', en) if part.strip(' :,()') and part.strip() not in one_line]
    return found


def main() -> int:
    if sys.argv[1:] == ['write']:
        of_pages = resolved(table('shared') | table('pages'))
        for language, name in enumerate(('en', 'zh')):
            (PAGES / f'text/{name}.ts').write_text(typescript(of_pages, language))
        return 0
    found = problems()
    print('\n'.join(found) or f'words: {sum(len(table(t)) for t in ("shared", "report", "pages"))} rows, each in both languages and used')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
