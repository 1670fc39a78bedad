"""Bringing a register in from another format, and giving one out in it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.ports.register_format import ImportResult, Lack, ReadableFormat, RegisterFormat
from chengnuo.ports.register_target import RegisterTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A register brought in and written down.

    Attributes:
        result: The register, and what became of everything.
        files: Files written, relative to the folder.

    """

    result: ImportResult
    files: Sequence[Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A register in another format.

    Attributes:
        data: The bytes of the file.
        lacks: What readers of the format will not see.

    """

    data: bytes
    lacks: Sequence[Lack]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The formats there are, and where registers are written.

    Attributes:
        readable: Formats that registers are read from, by name.
        writable: Formats that registers are written to, by name.
        target: Writes register folders.

    """

    readable: Mapping[str, ReadableFormat]
    writable: Mapping[str, RegisterFormat]
    target: RegisterTarget

    def bring_in(self, name: str, path: Path, folder: Path, *, replace: bool) -> Imported:
        """Read a register of another format and write it as a folder, or write nothing.

        What is still to be answered stands as remarks above the rows it is about.

        Raises:
            FormatRefusedError: What is at `path` is not of the format.
            FolderNotEmptyError: The folder holds something.

        """
        result = self.readable[name].read(path)
        remarks = defaultdict[RowRef, list[Text]](list)
        for row, question in result.questions():
            remarks[row].append(question)
        files = self.target.write(result.register, folder, remarks=remarks, replace=replace)
        return Imported(result=result, files=files)

    def give_out(self, name: str, register: Register) -> Exported:
        """Return a register in another format, with what that format cannot say."""
        form = self.writable[name]
        return Exported(data=form.write(register), lacks=form.lacks(register))
