"""Bring the generated parts of the READMEs up to date: tables, shell sessions, Python sessions.

    python tools/make_docs.py [--check]

Tables stand between ``<!-- generated: NAME -->`` and ``<!-- end -->``. In ```console blocks each
line that begins with ``$ `` is run, in ```pycon blocks each ``>>>``, both at the top of the
checkout, and what they print is written below them. ``--check`` writes nothing, shows the
difference and exits 1 where there is one.
"""

from __future__ import annotations

import ast
import code
import contextlib
import difflib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import gazetteer_blocks
from docs_blocks import blocks

ROOT = Path(__file__).parents[1]
# Document -> what makes its blocks.
DOCUMENTS = {"README.md": blocks, "gazetteer/README.md": gazetteer_blocks.blocks}
MINUTES = 5

_BLOCK = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_SESSION = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)
_PYTHON = re.compile(r"(```pycon\n)(.*?)(```)", re.DOTALL)


def renewed(name: str, text: str) -> str:
    """A document with everything generated made anew."""
    made = DOCUMENTS[name]()
    unknown = {match[2] for match in _BLOCK.finditer(text)} ^ made.keys()
    if unknown:
        raise SystemExit(f"blocks of {name} and of what makes them differ: {unknown}")
    text = _BLOCK.sub(lambda m: f"{m[1]}{made[m[2]]}{m[3]}", text)
    with tempfile.TemporaryDirectory() as cache:
        text = _SESSION.sub(lambda m: m[1] + session(m[2], cache=cache) + m[3], text)
    namespace: dict[str, object] = {}
    return _PYTHON.sub(lambda m: m[1] + python_session(m[2], namespace) + m[3], text)


def session(text: str, *, cache: str) -> str:
    """A shell session with what its commands print now, on stdout and stderr."""
    out = []
    for line in text.splitlines():
        if line.startswith("$ "):
            out += [line, *_run(line[2:], cache=cache).splitlines()]
    return "".join(f"{line}\n" for line in out)


def _run(command: str, *, cache: str) -> str:
    shell = f'clashmap() {{ "{sys.executable}" -m geo "$@"; }}\n{command}\n'
    done = subprocess.run(
        ["bash", "-c", shell],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env={
            **os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8",
            "XDG_CACHE_HOME": cache, "NO_COLOR": "1", "COLUMNS": "100",
        },
        timeout=60 * MINUTES,
        check=False,
    )  # fmt: skip
    return done.stdout.decode()


def python_session(text: str, namespace: dict[str, object]) -> str:
    """A Python session with what its lines print now; the sessions of a file are one."""
    out = []
    source = [line for line in text.splitlines() if line.startswith((">>>", "..."))]
    for number, line in enumerate(source):
        out.append(line)
        if number + 1 < len(source) and source[number + 1].startswith("..."):
            continue
        start = max(i for i in range(number + 1) if source[i].startswith(">>>"))
        statement = "\n".join(part[4:] for part in source[start : number + 1])
        out += _evaluated(statement, namespace).splitlines()
    return "".join(f"{line}\n" for line in out)


def _evaluated(statement: str, namespace: dict[str, object]) -> str:
    ast.parse(statement)  # a mistake in the README is told here, with its line
    printed = io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(printed):
        compiled = code.compile_command(statement + "\n", symbol="single")
        if compiled is None:
            raise SystemExit(f"not a whole statement: {statement!r}")
        exec(compiled, namespace)  # noqa: S102 - the README's own lines
    return printed.getvalue()


def main(argv: list[str]) -> int:
    """Write the documents, or tell how they differ."""
    stale = 0
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        wanted = renewed(name, text)
        if "--check" not in argv:
            path.write_text(wanted, encoding="utf-8", newline="\n")
            continue
        before, after = (part.splitlines(keepends=True) for part in (text, wanted))
        sys.stderr.writelines(difflib.unified_diff(before, after, name, "as it is now"))
        stale |= text != wanted
    return int(stale)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
