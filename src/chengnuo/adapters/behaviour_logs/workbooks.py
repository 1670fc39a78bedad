"""A workbook read in a process of its own: what parses it is native code, and trusts its numbers.

A damaged file of five kilobytes can ask it for all the memory of a machine, or end the process.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from chengnuo.adapters.behaviour_logs.sheets import NotASheetError, Sheet, sheets_of
from chengnuo.adapters.packages.in_child import Bounds, Done, OutOfMemory, Tell, TimedOut, alone
from chengnuo.engines.archive.limits import MEBI

_BOUNDS: Final = Bounds(memory_bytes=1024 * MEBI, wall_s=120.0)


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of it: sheets, or why there are none."""

    sheets: tuple[Sheet, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The work of the child."""

    path: Path

    def __call__(self, _tell: Tell) -> _Read:
        try:
            with self.path.open("rb") as source:
                return _Read(sheets=tuple(sheets_of(source)))
        except NotASheetError as error:
            return _Read(why=str(error))
        except OSError:
            return _Read(why="it cannot be opened")


def sheets_in(path: Path, bounds: Bounds = _BOUNDS) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook.

    Args:
        path: The file.
        bounds: What reading it may take.

    Raises:
        NotASheetError: It is damaged, or asks for more than reading may take.

    """
    reaching = replace(bounds, reads=(path,))
    outcome = alone(_Reading(path), _Read, bounds=reaching, tell=lambda _line: None)
    match outcome:
        case Done(result=read) if not read.why:
            return read.sheets
        case Done(result=read):
            raise NotASheetError(read.why)
        case OutOfMemory() | TimedOut():
            raise NotASheetError("it asks for more memory or time than it is given")
        case _:
            raise NotASheetError("it is damaged")
