"""A policy in a format of its own, read in a process that can reach nothing else.

A PDF or a Word document is a program of drawing, or an archive of XML: what reads it follows what
somebody else wrote, through libraries that are not ours. These are loaded there alone.
"""

from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Final, cast

from chengnuo.adapters.packages.in_child import Bounds, Done, OutOfMemory, Tell, TimedOut, alone
from chengnuo.adapters.policies.format_error import PolicyFormatError
from chengnuo.engines.archive.limits import MEBI
from chengnuo.engines.policy.blocks import BlockText

_READERS: Final = "chengnuo.adapters.policies"
_BOUNDS: Final = Bounds(memory_bytes=1024 * MEBI, wall_s=120.0)


class Format(Enum):
    """A format: module and function that read it."""

    PDF = ("portable", "pdf_blocks")
    WORD = ("word", "word_blocks")


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of it: a document, or why there is none."""

    document: BlockText | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The work of the child."""

    written: Format
    data: bytes

    def __call__(self, _tell: Tell) -> _Read:
        module, name = self.written.value
        reader = getattr(import_module(f"{_READERS}.{module}"), name)
        try:
            return _Read(document=cast("BlockText", reader(self.data)))
        except PolicyFormatError as error:
            return _Read(why=str(error))


def read_apart(written: Format, data: bytes, bounds: Bounds = _BOUNDS) -> BlockText:
    """Return what people read of a file.

    Args:
        written: Its format.
        data: Its bytes.
        bounds: What reading it may take.

    Raises:
        PolicyFormatError: It is damaged, locked, too large or no such file, or reading it came to
            no end.

    """
    outcome = alone(_Reading(written, data), _Read, bounds=bounds, tell=lambda _line: None)
    match outcome:
        case Done(result=_Read(document=BlockText() as document)):
            return document
        case Done(result=read):
            raise PolicyFormatError(read.why)
        case OutOfMemory() | TimedOut():
            raise PolicyFormatError("it asks for more memory or time than it is given")
        case _:
            raise PolicyFormatError("it is damaged")
