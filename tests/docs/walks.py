"""What a page tells its reader to do, in its order: files to write and commands to type.

A fence under `<!-- file: PATH -->` is a file. In a shell fence every line is a command, and in a
`console` fence those with a `$`; what stands below one is what it prints, `…` for anything. A
command whose line ends in `# exits N` promises that exit status, any other 0.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.docs.markdown import ROOT, SHELLS, Fence, fences

_EXITS = re.compile(r"\s#\s(?:exits (\d)\b)?[^\n'\"]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that a page shows, where it lies, and what is in it."""

    line: int
    path: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A command that a page shows, the exit status it promises, and the lines it prints."""

    line: int
    words: str
    status: int = 0
    printed: tuple[str, ...] = ()


def walk(page: Path) -> Iterator[Written | Typed]:
    """Yield what a page tells to do."""
    for fence in fences(page):
        if fence.mark.startswith("file: "):
            content = "\n".join(fence.lines) + "\n"
            yield Written(line=fence.line, path=fence.mark.removeprefix("file: "), content=content)
        elif fence.language == "console":
            yield from _console(fence)
        elif fence.language in SHELLS:
            yield from _shell(fence)


def _shell(fence: Fence) -> Iterator[Typed]:
    held, since = "", 0
    for number, line in enumerate(fence.lines, fence.line + 1):
        since = since or number
        held += line
        if not _is_whole(held):
            held += "\n"
            continue
        if held.strip():
            yield _typed(held, since)
        held, since = "", 0


def _is_whole(text: str) -> bool:
    if text.endswith("\\"):
        return False
    try:
        shlex.split(text, comments=True)
    except ValueError:
        return False
    return True


def _console(fence: Fence) -> Iterator[Typed]:
    command: Typed | None = None
    printed: list[str] = []
    for number, line in enumerate(fence.lines, fence.line + 1):
        if not line.startswith("$ "):
            printed.append(line)
            continue
        if command is not None:
            yield _with(command, printed)
        command, printed = _typed(line.removeprefix("$ "), number), []
    if command is not None:
        yield _with(command, printed)


def _typed(text: str, line: int) -> Typed:
    note = _EXITS.search(text)
    words = text if note is None else text[: note.start()]
    status = int(note[1]) if note is not None and note[1] else 0
    return Typed(line=line, words=words.strip(), status=status)


def _with(command: Typed, printed: list[str]) -> Typed:
    return Typed(
        line=command.line,
        words=command.words,
        status=command.status,
        printed=tuple(one for one in printed if one.strip()),
    )


def is_printed(wanted: tuple[str, ...], told: str) -> bool:
    """Tell whether lines were printed in their order; `…` is any text, alone any lines."""
    lines = iter(told.splitlines())
    for one in wanted:
        if one.strip() in {"…", "..."}:
            continue
        pattern = re.compile(".*".join(map(re.escape, one.rstrip().split("…"))))
        if not any(pattern.fullmatch(line.rstrip()) for line in lines):
            return False
    return True


def name_of(page: Path) -> str:
    """Return how a page is called: its path."""
    return page.relative_to(ROOT).as_posix()


def in_english(name: str) -> str:
    """Return the page in English that a page in Chinese stands beside, or the page itself."""
    return name.replace("docs/zh/", "docs/").replace("README.zh-CN", "README")
