"""How names are known: by a pattern, a package, a folder or a host, never by half a word.

A pattern has one sign: `*` stands for any run of characters, also none. A package prefix ends at
a `.` or `$`, a folder at a `/`, a host at a `.`; so `com.umengfoo` is not of `com.umeng`, and
`badexample.com` is not of `example.com`.
"""

from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")

ANY = "*"


def matches(pattern: str, name: str) -> bool:
    """Tell whether a whole name is of a pattern; time is linear in the name for each `*`."""
    first, *others = pattern.split(ANY)
    if not others:
        return pattern == name
    *between, last = others
    if len(name) < len(first) + len(last) or not name.startswith(first) or not name.endswith(last):
        return False
    at, end = len(first), len(name) - len(last)
    for part in between:
        found = name.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def packages_of(class_name: str) -> Iterator[str]:
    """Yield a class with dots, then what is around it, the longest first."""
    name = class_name
    while name:
        yield name
        name = name[: max(name.rfind("."), name.rfind("$"), 0)]


def folders_of(path: str) -> Iterator[str]:
    """Yield a path, then each folder around it without the last slash, the longest first."""
    name = path.rstrip("/")
    while name:
        yield name
        name = name[: max(name.rfind("/"), 0)]


def domains_of(host: str) -> Iterator[str]:
    """Yield a host in lower case without a last dot, then each domain above it."""
    name = host.lower().rstrip(".")
    while name:
        yield name
        _, _, name = name.partition(".")


def first_known(names: Iterator[str], known: Mapping[str, T]) -> T | None:
    """Return what the first name that is known stands for."""
    return next((known[name] for name in names if name in known), None)
