"""The roof: reads the settings, builds the adapters and hands the use cases to the doors.

The only module that knows every floor, and one of the few that may import inside functions:
a command pays for what it uses and for nothing else.
"""

import os
import sys
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from chengnuo.base.text import Lang

if TYPE_CHECKING:
    from chengnuo.law.catalogue import Catalogue
    from chengnuo.usecases.registers import Registers


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program as the doors see it; makes each use case when it is first asked for."""

    lang: Lang = Lang.ZH

    def in_lang(self, lang: Lang) -> Self:
        """Return the same program speaking a language."""
        return replace(self, lang=lang)

    def catalogue(self) -> "Catalogue":
        """Return the law catalogue."""
        return _catalogue()

    def registers(self) -> "Registers":
        """Return the use cases on register folders."""
        from chengnuo.adapters.clock import SystemClock
        from chengnuo.adapters.register_folder import RegisterFolder
        from chengnuo.usecases.registers import Registers

        return Registers(source=RegisterFolder(), catalogue=_catalogue(), clock=SystemClock())


@lru_cache(maxsize=1)
def _catalogue() -> "Catalogue":
    from chengnuo.adapters.knowledge import load_catalogue
    from chengnuo.adapters.law_source import read_catalogue

    return load_catalogue(read_catalogue, cache_folder=_cache_folder())


def _cache_folder() -> Path | None:
    """Return where compiled knowledge is kept: `CHENGNUO_CACHE`, or the person's own cache."""
    given = os.environ.get("CHENGNUO_CACHE")
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path.home() / ".cache"
    return home / "chengnuo"


def main() -> None:
    """Run the command line; the console script's entry point."""
    from chengnuo.doors.cli.root import run

    sys.exit(run(Program()))
