"""Tables of whole files, as pictures: each is one row, named by a column that other tables know.

`pictures` with the column `file_key` means the files below `pictures/`. Rows asked for by key are
looked up without a listing. Further columns are `content`, `size` and `modified_at`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.adapters.connectors.files_places import Found, Place, PlaceError, is_safe
from chengnuo.adapters.connectors.scanning import comparable
from chengnuo.domain.rights.schema import ColumnSchema, TableSchema, ValueType
from chengnuo.domain.rights.values import Value
from chengnuo.ports.record_source import Match

CONTENT, SIZE, MODIFIED = "content", "size", "modified_at"
_CHUNK = 1024 * 1024
_TYPES = {
    CONTENT: ValueType.BYTES,
    SIZE: ValueType.INTEGER,
    MODIFIED: ValueType.INSTANT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """One file of the table; its content is read only when it is asked for."""

    key: str
    found: Found


class BlobTable:
    """The files below one folder."""

    def __init__(self, table: str, columns: Sequence[str], place: Place) -> None:
        """Take a table of the register; of its columns the one that is none of ours is the key.

        Raises:
            ValueError: None or several are.

        """
        (self.key_column,) = (one for one in dict.fromkeys(columns) if one not in _TYPES)
        self.table = table
        self._columns = tuple(one for one in _TYPES if one in columns)
        self._folder = "" if table == "." else table
        self._place = place

    def schema(self) -> TableSchema:
        """Return the column of the names, and of the others those that the register has."""
        key = ColumnSchema(column=self.key_column, type=ValueType.TEXT, nullable=False)
        ours = (
            ColumnSchema(column=one, type=_TYPES[one], nullable=False, generated=one != CONTENT)
            for one in self._columns
        )
        return TableSchema(table=self.table, columns=(key, *ours), primary_key=(self.key_column,))

    def keys_of(self, match: Match) -> list[str] | None:
        """Return the keys that a match names, in their order; None where it names none."""
        wanted: set[str] | None = None
        if match.columns == (self.key_column,):
            wanted = {str(comparable(value)) for (value,) in match.values if value is not None}
        for column, value in match.also:
            if column == self.key_column:
                one = {str(comparable(value))}
                wanted = one if wanted is None else wanted & one
        return None if wanted is None else sorted(wanted)

    def all_keys(self) -> Iterator[str]:
        """Yield all keys, in any order.

        Raises:
            PlaceError: The place does not answer.

        """
        start = len(self._folder) + 1 if self._folder else 0
        return (name[start:] for name in self._place.names(self._folder))

    def find(self, key: str) -> Blob | None:
        """Return a row by its key.

        Raises:
            PlaceError: The place does not answer.

        """
        name = self.name_of(key)
        found = None if name is None else self._place.find(name)
        return None if found is None else Blob(key=key, found=found)

    def name_of(self, key: str) -> str | None:
        """Return the name of the file; None where the key cannot mean one inside of the folder."""
        if not is_safe(key):
            return None
        return f"{self._folder}/{key}" if self._folder else key

    def value(self, blob: Blob, column: str) -> Value:
        """Return what a column holds.

        Raises:
            PlaceError: The place does not answer.

        """
        if column == self.key_column:
            return blob.key
        if column == SIZE:
            return blob.found.size
        if column == MODIFIED:
            return blob.found.modified_at
        return b"".join(self.content(blob.key)) if column == CONTENT else None

    def content(self, key: str) -> Iterator[bytes]:
        """Yield the content of a file in parts.

        Raises:
            PlaceError: The place does not answer, or the file is gone.

        """
        name = self.name_of(key)
        if name is None:
            return
        try:
            with self._place.open(name) as (file, _):
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise PlaceError(error.strerror or "input/output error") from error
