"""Looks for secrets in what is committed, now and ever: keys, tokens, passwords in addresses.

    python -m release.secrets [--history]     (`make audit` looks through the history too)

Each rule is a form that a secret has by itself, or a long random text beside a word that says what
it is. What is found is named by its place and rule, never shown. What is known to be none stands in
`release/known.txt`: SHA-256 of the text, and why. Exit status: 0 none, 1 some.
"""

import hashlib
import math
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Final

from release.locked import ROOT

KNOWN: Final = ROOT / "release" / "known.txt"
LARGEST: Final = 2 << 20
_LEAST_BITS: Final = 3.6
"""Bits for each sign, from which on a long text counts as random; words have fewer."""
_RULES: Final = {
    "private key": rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{40,}",
    "token of a code host": rb"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|glpat-[A-Za-z0-9_-]{20,})",
    "key of a cloud": (
        rb"\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|LTAI[A-Za-z0-9]{12,26}|AKID[A-Za-z0-9]{28,40})\b"
    ),
    "key of an interface": (
        rb"\b(?:AIza[A-Za-z0-9_-]{35}|sk-[A-Za-z0-9_-]{20,}|xox[abpr]-[A-Za-z0-9-]{20,})"
    ),
    "token of a registry": rb"\bpypi-[A-Za-z0-9_-]{50,}|\bnpm_[A-Za-z0-9]{36}\b",
    "signed token": rb"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}",
    "password in an address": (
        rb"\b[a-z][a-z0-9+]{2,20}://[^\s:/@\"'`{}<>$]{1,60}:([^\s:/@\"'`{}<>$]{6,80})@[A-Za-z0-9]"
    ),
}
_NAMED: Final = re.compile(
    rb"(?i)\b[a-z_.-]*(?:secret|token|passw(?:or)?d|api_?key|private_?key)[a-z_]*[\"']?"
    rb"\s*[:=]\s*[\"']([A-Za-z0-9+/_=.-]{20,200})[\"']"
)
_COMPILED: Final = {rule: re.compile(pattern) for rule, pattern in _RULES.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that looks like a secret.

    Attributes:
        place: Where: a file and a line.
        rule: What it looks like.
        digest: SHA-256 of the text, which is not shown.

    """

    place: str
    rule: str
    digest: str


def look(content: bytes, name: str) -> Iterator[Found]:
    """Yield what looks like a secret in the bytes of a file."""
    if b"\0" in content[:8000] or len(content) > LARGEST:
        return
    for rule, pattern in _COMPILED.items():
        for match in pattern.finditer(content):
            yield _found(content, name, rule, match)
    for match in _NAMED.finditer(content):
        if _bits(match[1]) >= _LEAST_BITS and re.search(rb"[0-9]", match[1]):
            yield _found(content, name, "random text beside a word for secrets", match)


def _found(content: bytes, name: str, rule: str, match: re.Match[bytes]) -> Found:
    line = content.count(b"\n", 0, match.start()) + 1
    text = match[1] if match.re.groups else match[0]
    return Found(f"{name}:{line}", rule, hashlib.sha256(text).hexdigest())


def _bits(text: bytes) -> float:
    """Return Shannon's entropy of a text in bits for each sign."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def in_tree(root: Path) -> Iterator[Found]:
    """Look through every file that git knows or would take."""
    listed = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in sorted(set(filter(None, listed.decode().split("\0")))):
        path = root / name
        if path.is_file() and not path.is_symlink():
            yield from look(path.read_bytes(), name)


def in_history(root: Path) -> Iterator[Found]:
    """Look through every file that was ever committed, on whatever branch."""
    objects = _git(root, "rev-list", "--objects", "--all").decode("utf-8", "replace")
    names = dict(line.partition(" ")[::2] for line in objects.splitlines())
    asked = "".join(f"{one}\n" for one, name in names.items() if name).encode()
    with subprocess.Popen(
        ["git", "-C", str(root), "cat-file", "--batch", "--buffer"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("git has no pipes")
        feeding = Thread(target=_feed, args=(process.stdin, asked), daemon=True)
        feeding.start()
        while head := process.stdout.readline():
            number, kind, size = head.split()[:3]
            content = process.stdout.read(int(size))
            process.stdout.read(1)
            if kind == b"blob":
                named = number.decode()
                yield from look(content, f"{names[named]}@{named[:10]}")


def _feed(pipe: IO[bytes], asked: bytes) -> None:
    pipe.write(asked)
    pipe.close()


def known() -> dict[str, str]:
    """Return why each known text is no secret, by its SHA-256."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    rows = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return {digest: why.strip() for digest, _, why in rows}


def _git(root: Path, *asked: str) -> bytes:
    return subprocess.run(["git", "-C", str(root), *asked], check=True, capture_output=True).stdout


def main(*, history: bool) -> int:
    """Look, and say what was found."""
    none = known()
    looked = in_history(ROOT) if history else in_tree(ROOT)
    found = [one for one in looked if one.digest not in none]
    for one in found:
        print(f"{one.place}: {one.rule} (sha256 {one.digest})")
    where = "the history" if history else "the tree"
    print(f"secrets: {len(found)} in {where}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(history="--history" in sys.argv[1:]))
