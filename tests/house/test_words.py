"""No committed file names a place on somebody's machine, a registry's host or a secret."""

import re

from tests.house.sources import name_of, tracked

# Each pattern has a bracket, so that this file does not match itself.
FORBIDDEN = re.compile(
    r"/wor[k]/|/roo[t]/|/home/[a-z]+[/]|/Users/[a-z]+[/]|/tm[p]/[a-z]"
    r"|[.]librar[y]/|python[h]osted|py[p]i[.]org|registry[.]np[m]js|deb[.]deb[i]an"
    r"|subagen[t]|-----BEGI[N] [A-Z ]*PRIVATE KEY-----"
)
BINARY = frozenset({".png", ".pdf", ".xlsx", ".db", ".otf", ".ico", ".msgpack", ".bin", ".woff2"})


def test_no_committed_file_names_what_is_only_here() -> None:
    found = []
    for path in tracked():
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):
            if FORBIDDEN.search(line):
                found.append(f"{name_of(path)}:{number}")
    assert found == []


def test_what_is_only_here_is_seen() -> None:
    shown = ("see /" + "work/x", "https://" + "pypi" + ".org/simple", "/" + "tmp/abc")
    assert all(FORBIDDEN.search(text) for text in shown)
    assert FORBIDDEN.search("a framework/part of the root/folder") is None
