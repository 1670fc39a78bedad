"""Files that are published or handed on, as text, tree or table; bounded in size."""

import csv
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import yaml

from chengnuo.adapters.behaviour_logs.sheets import (
    MOST_ROWS,
    OLE_MAGIC,
    ZIP_MAGIC,
    NotASheetError,
    sheets_of,
)
from chengnuo.adapters.law_yaml import DuplicateKeyError, parse_yaml
from chengnuo.adapters.text_files import TextFiles
from chengnuo.domain.observation.published import PublishedFile
from chengnuo.ports.texts import TextUnreadableError

MOST_CHARACTERS: Final = 32 << 20
_TABLES: Final = {".csv": ",", ".tsv": "\t"}
_TREES: Final = frozenset({".json", ".yaml", ".yml", ".har"})


@dataclass(frozen=True, slots=True)
class DisclosureFileReader:
    """Reads files from disk."""

    def read(self, path: Path) -> PublishedFile:
        """Read a template, page, JSON, YAML, CSV or Excel file, told by its name and content.

        Raises:
            NotTextError: It is neither text nor a workbook.
            TextUnreadableError: It cannot be read, is damaged, or is too large.

        """
        name = str(path)
        if _head(path).startswith((OLE_MAGIC, ZIP_MAGIC)):
            return _workbook(path)
        text = _text(path)
        suffix = path.suffix.lower()
        if suffix in _TABLES:
            csv.field_size_limit(MOST_CHARACTERS)
            rows = csv.reader(text.splitlines(), delimiter=_TABLES[suffix])
            kept = tuple(tuple(row) for row, _ in zip(rows, range(MOST_ROWS), strict=False))
            return PublishedFile(file=name, source=text, tables={path.stem: kept})
        if suffix in _TREES:
            try:
                read = (
                    json.loads(text) if suffix in {".json", ".har"} else parse_yaml(text.encode())
                )
            except (ValueError, RecursionError, yaml.YAMLError, DuplicateKeyError):
                return PublishedFile(file=name, text=text)
            if isinstance(read, dict | list):
                return PublishedFile(file=name, source=text, tree=read)
        return PublishedFile(file=name, text=text)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(len(OLE_MAGIC))
    except OSError as error:
        raise TextUnreadableError(path.name, error.strerror or "no reason given") from error


def _workbook(path: Path) -> PublishedFile:
    try:
        sheets = sheets_of(BytesIO(path.read_bytes()))
    except NotASheetError as error:
        raise TextUnreadableError(path.name, f"as a workbook {error}") from error
    return PublishedFile(file=str(path), tables={one.name: one.rows for one in sheets})


def _text(path: Path) -> str:
    pieces: list[str] = []
    length = 0
    for piece in TextFiles().pieces(path):
        length += len(piece)
        if length > MOST_CHARACTERS:
            raise TextUnreadableError(path.name, f"it has more than {MOST_CHARACTERS} characters")
        pieces.append(piece)
    return "".join(pieces)
