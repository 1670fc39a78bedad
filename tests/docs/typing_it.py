"""Types the commands of a page in a folder, each where the one before left it.

A command line of ours runs in this process, which spares the start of an interpreter; whatever is
more than one command line of ours is the shell's.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.docs.walks import Typed, Written

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

_BESIDE = Path(sys.executable).parent
_OF_THE_SHELL = frozenset("|&;<>$`")
_EXPORT = re.compile(r"export ([A-Z_]+)=(\S*)")
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME")


class _Caught(io.TextIOWrapper):
    """Text and bytes that are printed, as a file takes both."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def caught(self) -> str:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of a command: its exit status, what it printed, what it said beside."""

    status: int
    printed: str
    said: str


@dataclass(slots=True)
class Reader:
    """Somebody who follows a page; `at` is the folder they are in."""

    home: Path
    at: Path
    environ: dict[str, str] = field(default_factory=dict)

    def does(self, act: Written | Typed) -> Told:
        """Do what the page says."""
        if isinstance(act, Written):
            path = self.at / act.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(act.content, encoding="utf-8")
            return Told(status=0, printed="", said="")
        words = act.words.replace("~/", f"{self.home}/")
        if set_here := _EXPORT.fullmatch(words):
            self.environ[set_here[1]] = set_here[2]
            return Told(status=0, printed="", said="")
        if words.startswith("cd ") and not _OF_THE_SHELL & set(words):
            self.at = self.at / words.removeprefix("cd ").strip()
            return Told(status=0 if self.at.is_dir() else 1, printed="", said="")
        if words.startswith("chengnuo ") and not _OF_THE_SHELL & set(words):
            return self._ours(shlex.split(words.replace("\\\n", " "))[1:])
        return self._shell(words)

    def _ours(self, words: list[str]) -> Told:
        printed, said = _Caught(), _Caught()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.at)
            for name, value in self.environ.items():
                patch.setenv(name, value)
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said):
                status = run(Program(), words)
        return Told(status=status, printed=printed.caught(), said=said.caught())

    def _shell(self, words: str) -> Told:
        environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environ["PATH"] = f"{_BESIDE}:{environ['PATH']}"
        done = subprocess.run(  # noqa: S603  what a page of ours says
            ["/bin/bash", "-euo", "pipefail", "-c", words],
            cwd=self.at,
            env={**environ, **self.environ, "HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Told(status=done.returncode, printed=done.stdout, said=done.stderr)
