"""Tables of rows in files: found by reading them through, changed by writing them anew.

A row is named by `$row`: its file, its place and a digest of all it holds. The place only orders;
what is changed is found by the digest, so that asking twice never takes the row that moved up.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from chengnuo.adapters.connectors.files_forms import (
    Edit,
    Form,
    FormError,
    Record,
)
from chengnuo.adapters.connectors.files_places import Draft, Place, PlaceError
from chengnuo.domain.rights.schema import ColumnSchema, TableSchema, ValueType
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import Match

ROW = "$row"
"""The column that names a row."""
_SAME = "$same"
"""Stands for `$row` without the place: a row that moved up is still the one that was named."""
_SEPARATOR = "\t"  # sorts before all that a name may hold


class Row:
    """A row as it was found; its key is made only when it is asked for."""

    __slots__ = ("_name", "_record", "_where")

    def __init__(self, name: str, record: Record, where: Callable[[str], str]) -> None:
        """Take a record of a file, and what says how messages call the file."""
        self._name, self._record, self._where = name, record, where

    @property
    def key(self) -> str:
        """The key of the row."""
        number = f"{self._record.number:012d}"
        return _SEPARATOR.join((self._name, number, self._record.digest))

    def value(self, column: str) -> Value:
        """Return what a column holds.

        Raises:
            PlaceError: It cannot be read.

        """
        if column == ROW:
            return self.key
        if column == _SAME:
            return _without_place(self.key)
        try:
            return self._record.value(column)
        except FormError as error:
            raise PlaceError(f"{self._where(self._name)}: {error}") from error


class FileTable:
    """The rows of all files that a pattern names, as `orders/*.csv`."""

    def __init__(self, table: str, columns: Sequence[str], place: Place, form: Form) -> None:
        """Take a table of the register.

        Args:
            table: The pattern; `*` stands for anything within a folder, `**` for any folders.
            columns: Columns that the register names.
            place: Where the files lie.
            form: What form they have.

        """
        self.table = table
        self.folder = _folder_of(table)
        self._columns = columns
        self._pattern = _pattern(table)
        self._place = place
        self._form = form

    def names(self) -> list[str]:
        """Return the names of the files in the order of their rows."""
        found = (name for name in self._place.names(self.folder) if self._pattern.fullmatch(name))
        return sorted(found, key=_in_order)

    def schema(self) -> TableSchema | None:
        """Return the columns of the first and the last file and of the register; None if no file.

        Raises:
            PlaceError: A file cannot be read.

        """
        names = self.names()
        if not names:
            return None
        found: dict[str, ColumnSchema] = {}
        for name in dict.fromkeys((names[-1], names[0])):
            with self._reading(name), self._place.open(name) as (file, _):
                for column in self._form.columns(file):
                    found.setdefault(column.column, column)
        for name in self._columns:
            missing = ColumnSchema(column=name, type=ValueType.OTHER, nullable=True)
            found.setdefault(name, missing)
        key = ColumnSchema(column=ROW, type=ValueType.TEXT, nullable=False, generated=True)
        return TableSchema(table=self.table, columns=(key, *found.values()), primary_key=(ROW,))

    def by_content(self, match: Match) -> Match:
        """Return a match that finds rows wherever in their file they are by now."""
        if ROW not in match.columns:
            return match
        place = match.columns.index(ROW)
        values = tuple(
            (*one[:place], _without_place(str(one[place])), *one[place + 1 :])
            for one in match.values
        )
        columns = (*match.columns[:place], _SAME, *match.columns[place + 1 :])
        return Match(columns=columns, values=values, also=match.also)

    def files_of(self, match: Match) -> frozenset[str] | None:
        """Return the only files that can hold what a match names; None where all can."""
        if ROW not in match.columns:
            return None
        place = match.columns.index(ROW)
        return frozenset(str(values[place]).partition(_SEPARATOR)[0] for values in match.values)

    def rows(
        self, after: RowKey | None = None, only: frozenset[str] | None = None
    ) -> Iterator[Row]:
        """Yield all rows after one, in the order of their keys.

        Args:
            after: The key of the last row seen.
            only: The only files that are read; None for all.

        Raises:
            PlaceError: A file cannot be read.

        """
        begin, number = ("", 0) if after is None else _place_of(after)
        for name in self.names() if only is None else self._there(only):
            if _in_order(name) < _in_order(begin):
                continue
            skipped = number if name == begin else 0
            with self._reading(name), self._place.open(name) as (file, _):
                for record in self._form.records(file):
                    if record.number > skipped:
                        yield Row(name, record, self._where)

    def _there(self, only: frozenset[str]) -> list[str]:
        """Return which files of these there are, without listing all: a lake has many."""
        own = (name for name in only if self._pattern.fullmatch(name))
        return sorted((one for one in own if self._place.has(one)), key=_in_order)

    def _where(self, name: str) -> str:
        """Return how messages call a file: its name may hold what is personal."""
        names = []
        with suppress(PlaceError):  # what is to be said is more than this
            names = self.names()
        return f"file {names.index(name) + 1 if name in names else '?'} of `{self.table}`"

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        try:
            yield
        except FormError as error:
            raise PlaceError(f"{self._where(name)}: {error}") from error
        except OSError as error:
            said = error.strerror or "input/output error"
            raise PlaceError(f"{self._where(name)}: {said}") from error


class FileEdits:
    """Changes to the files of tables: drafts beside them until all are put."""

    def __init__(self, place: Place) -> None:
        """Begin without a change."""
        self._place = place
        self._drafts: dict[str, tuple[str, Draft]] = {}

    def apply(self, form: Form, edits: Mapping[str, Edit]) -> int:
        """Edit rows by key; return how many there were.

        Raises:
            PlaceError: A file cannot be read or written.
            ChangeRefusedError: The form cannot hold a value.

        """
        by_file: dict[str, dict[str, list[Edit]]] = {}
        for key, edit in edits.items():
            name, _, digest = _parts_of(key)
            by_file.setdefault(name, {}).setdefault(digest, []).append(edit)
        return sum(self._edit(form, name, wanted) for name, wanted in sorted(by_file.items()))

    def _edit(self, form: Form, name: str, wanted: dict[str, list[Edit]]) -> int:
        if self._place.find(name) is None:
            return 0
        done: Counter[str] = Counter()

        def edit(record: Record) -> Edit:
            rest = wanted.get(record.digest, ())
            if done[record.digest] >= len(rest):
                return None
            done[record.digest] += 1
            return rest[done[record.digest] - 1]

        earlier = self._drafts.get(name)
        if earlier is None:
            with self._place.open(name) as (file, version):
                draft = self._place.draft(name, version)
                self._written(draft, lambda: form.copy(file, draft.file, edit))
        else:
            version, before = earlier
            draft = self._place.draft(name, version)
            self._written(draft, lambda: form.copy(before.file, draft.file, edit))
        if not done.total():
            draft.drop()
            return 0
        if earlier is not None:
            earlier[1].drop()
        self._drafts[name] = version, draft
        return done.total()

    @staticmethod
    def _written(draft: Draft, write: Callable[[], None]) -> None:
        try:
            write()
        except FormError as error:
            draft.drop()
            raise PlaceError(str(error)) from error
        except OSError as error:
            draft.drop()
            raise PlaceError(error.strerror or "input/output error") from error
        except BaseException:
            draft.drop()
            raise

    def put(self) -> None:
        """Put all files into their places: first all are made ready, then all are put.

        Raises:
            PlaceError: A file cannot be written.
            PlaceRefusedError: A file changed meanwhile.

        """
        for _, draft in self._drafts.values():
            draft.ready()
        for _, draft in self._drafts.values():
            draft.put()

    def drop(self) -> None:
        """Throw away what was not put."""
        for _, draft in self._drafts.values():
            draft.drop()
        self._drafts.clear()


def _parts_of(key: str) -> tuple[str, int, str]:
    name, number, digest = key.split(_SEPARATOR)
    return name, int(number), digest


def _without_place(key: str) -> str:
    name, _, digest = key.partition(_SEPARATOR)
    return name + _SEPARATOR + digest.rpartition(_SEPARATOR)[2]


def _in_order(name: str) -> str:
    """Return what puts the files in the order of the keys of their rows."""
    return name + _SEPARATOR


def _place_of(key: RowKey) -> tuple[str, int]:
    name, number, _ = _parts_of(str(key[0]))
    return name, number


def _folder_of(table: str) -> str:
    folders = table.split("/")[:-1]
    plain = []
    for folder in folders:
        if "*" in folder or "?" in folder:
            break
        plain.append(folder)
    return "/".join(plain)


def is_of(name: str, table: str) -> bool:
    """Tell whether a file is of a table: named by its pattern, or below its folder.

    >>> is_of("a/b.csv", "a/*.csv"), is_of("a/b.csv", "a"), is_of("b.csv", "a")
    (True, True, False)

    """
    return table == "." or name.startswith(f"{table}/") or bool(_pattern(table).fullmatch(name))


def _pattern(table: str) -> re.Pattern[str]:
    """Return the expression of a pattern.

    >>> bool(_pattern("a/*.csv").fullmatch("a/b.csv")), bool(_pattern("*.csv").fullmatch("a/b.csv"))
    (True, False)

    """
    pieces = re.split(r"(\*\*/|\*|\?)", table)
    meaning = {"**/": "(?:[^/]+/)*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(one) or re.escape(one) for one in pieces))
