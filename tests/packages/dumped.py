"""Which calls and reads of fields a DEX file holds, as Debian's `dexdump` shows them."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

Key: TypeAlias = tuple[str, str, str]
"""Class and method that hold it, and what is called or read, each with dots."""

_CLASS = re.compile(r"^  Class descriptor  : 'L(.*);'$")
_NAME = re.compile(r"^      name          : '(.*)'$")
_USED = re.compile(r"\b(?:invoke-[a-z/]+|[si]get[a-z-]*) .*?, L([^;]+);\.([^:]+):")
_METHOD_HANDLE = re.compile(r"^\s+\S+ method : L([^;]+);\.([^:]+)")


def calls_of(files: Iterable[Path]) -> frozenset[Key]:
    """Return every call and read of a field in the files."""
    found: set[Key] = set()
    dexdump = shutil.which("dexdump")
    for path in files:
        shown = subprocess.run(  # noqa: S603 our own file
            (str(dexdump), "-d", str(path)), capture_output=True, check=True
        ).stdout.decode("utf-8", "replace")  # it prints strings in the file's modified UTF-8
        owner = name = ""
        for line in shown.splitlines():
            if match := _CLASS.match(line):
                owner = match[1].replace("/", ".")
            elif match := _NAME.match(line):
                name = match[1]
            elif match := _USED.search(line):
                found.add((owner, name, f"{match[1].replace('/', '.')}.{match[2]}"))
    return frozenset(found)
