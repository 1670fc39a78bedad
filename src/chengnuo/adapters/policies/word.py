"""A policy from a Word document (DOCX, ECMA-376 part 1, WordprocessingML).

Only two parts of the archive are read, each up to a limit, as events: nothing of the document's
depth stands on the stack. A document type declaration is refused, so that no entity is ever made.
"""

import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from chengnuo.adapters.policies.format_error import PolicyFormatError
from chengnuo.engines.policy.blocks import BlockKind, BlockText
from chengnuo.engines.policy.writing import BlockWriter

MAX_PART_BYTES = 64 * 1024 * 1024
_MAX_ENTRIES = 10_000
_CHUNK: Final = 1 << 16
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_OFF = frozenset({"0", "false", "off", "none"})
_MAX_LEVEL = 9
_DIGITS = 4
_OF_TABLES = frozenset({"tbl", "tr", "tc", "gridSpan", "vMerge"})
_OF_PARAGRAPHS = frozenset({"p", "pStyle", "ilvl"})


def word_blocks(data: bytes) -> BlockText:
    """Return what people read of a Word document.

    Raises:
        PolicyFormatError: It is none, is damaged or is larger than is read.

    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > _MAX_ENTRIES or "word/document.xml" not in names:
                raise PolicyFormatError("it is no Word document")
            styles = _Styles()
            if "word/styles.xml" in names:
                _parse(archive, "word/styles.xml", styles.start, styles.end)
            body = _Body(styles.levels)
            _parse(archive, "word/document.xml", body.start, body.end, body.say)
    # zipfile says so of a way of packing that it does not know; it is a RuntimeError, as a lock is.
    except (BadZipFile, zlib.error, ExpatError, EOFError, NotImplementedError, OSError) as error:
        raise PolicyFormatError("it is a damaged Word document") from error
    except RuntimeError as error:
        raise PolicyFormatError("it is locked with a password") from error
    return body.out.finished()


_Attributes = Mapping[str, str]


def _parse(
    archive: ZipFile,
    name: str,
    start: Callable[[str, _Attributes], None],
    end: Callable[[str], None],
    say: Callable[[str], None] | None = None,
) -> None:
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = say
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    size = 0
    with archive.open(name) as opened:
        while chunk := opened.read(_CHUNK):
            size += len(chunk)
            if size > MAX_PART_BYTES:
                raise PolicyFormatError(
                    f"it holds more than {MAX_PART_BYTES // 1024**2} MB of text"
                )
            parser.Parse(chunk)
        parser.Parse(b"", True)  # noqa: FBT003  no names in C


def _refuse(*_: object) -> None:
    raise PolicyFormatError("it declares a document type, which no Word document does")


def _plain(name: str) -> str:
    return name.removeprefix(_SPACE)


def _value(attributes: _Attributes) -> str:
    return attributes.get(f"{_SPACE}val", "")


def _number(attributes: _Attributes) -> int:
    said = _value(attributes)
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else 0


class _Styles:
    """Which styles are headings, and of which level."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, name: str, attributes: _Attributes) -> None:
        match _plain(name):
            case "style":
                self._style = attributes.get(f"{_SPACE}styleId", "")
            case "name":
                words, _, level = _value(attributes).lower().rpartition(" ")
                if words in {"heading", "标题"} and level.isascii() and level.isdigit():
                    self._set(int(level))
                elif _value(attributes).lower() == "title":
                    self._set(1)
            case "outlineLvl":
                self._set(_number(attributes) + 1)

    def end(self, name: str) -> None:
        if _plain(name) == "style":
            self._style = ""

    def _set(self, level: int) -> None:
        if self._style and 1 <= level <= _MAX_LEVEL:
            self.levels[self._style] = level


class _Body:
    """Reads the body of a document."""

    def __init__(self, levels: Mapping[str, int]) -> None:
        self.out = BlockWriter()
        self._levels = levels
        self._bold = False
        self._in_text = False
        self._in_run = False
        self._spans = 1
        self._goes_on = False
        self._cell_begun = True

    def start(self, name: str, attributes: _Attributes) -> None:
        plain = _plain(name)
        if plain in _OF_TABLES:
            self._table(plain, attributes)
        elif plain in _OF_PARAGRAPHS:
            self._paragraph(plain, attributes)
        elif plain == "t":
            self._open_cell()
            self._in_text = True
        elif plain == "tab":
            self.out.add(" ", bold=True)
        elif plain in {"br", "cr"}:
            self.out.end_line()
        elif plain == "r":
            self._in_run, self._bold = True, False
        elif plain == "b" and self._in_run:
            self._bold = _value(attributes).lower() not in _OFF

    def _paragraph(self, plain: str, attributes: _Attributes) -> None:
        if plain == "p":
            self._open_cell()
            self.out.begin()
        elif plain == "ilvl":
            deep = min(_number(attributes) + 1, _MAX_LEVEL)
            self.out.begin(BlockKind.ITEM, deep)
        elif (level := self._levels.get(_value(attributes), 0)) > 0:
            self.out.begin(BlockKind.HEADING, level)

    def _table(self, plain: str, attributes: _Attributes) -> None:
        match plain:
            case "tbl":
                self._cell_begun = True
                self.out.begin_table()
            case "tr":
                self.out.begin_row()
            case "tc":
                self._cell_begun, self._spans, self._goes_on = False, 1, False
            case "gridSpan":
                self._spans = max(_number(attributes), 1)
            case _:
                self._goes_on = _value(attributes) != "restart"

    def end(self, name: str) -> None:
        match _plain(name):
            case "t":
                self._in_text = False
            case "r":
                self._in_run = False
            case "p":
                self.out.end_line()
            case "tc":
                self._open_cell()
                self.out.end_cell()
            case "tbl":
                self.out.end_table()

    def say(self, text: str) -> None:
        if self._in_text:
            self.out.add(text, bold=self._bold)

    def _open_cell(self) -> None:
        """Begin the cell, once its properties are known."""
        if not self._cell_begun:
            self._cell_begun = True
            self.out.begin_cell(columns=self._spans, goes_on=self._goes_on)
