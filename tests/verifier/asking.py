"""Asks the verifier in this process, and reads its answer."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.verifier import maker

from chengnuo_verify.__main__ import main


@dataclass(frozen=True)
class Said:
    """What the verifier answered."""

    status: int
    verdict: str
    code: str
    messages: list[dict[str, Any]]
    checked: dict[str, int]

    @property
    def where(self) -> str:
        return str(self.messages[0]["where"])

    @property
    def codes(self) -> set[str]:
        return {message["code"] for message in self.messages}


class Asker:
    """Runs the command on what it is given, a folder or something to be put in a file."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, what: object, *options: str) -> Said:
        if isinstance(what, str | Path):
            path = str(what)
        else:
            file = self.folder / "what"
            file.write_bytes(what if isinstance(what, bytes) else maker.canonical(what))
            path = str(file)
        status = main([path, "--json", *options])
        answer = json.loads(self._capsys.readouterr().out)
        return Said(status, **answer)
