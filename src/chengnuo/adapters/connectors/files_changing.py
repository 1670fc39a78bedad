"""Changes to files that belong together: written beside as they come, put at the end."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from chengnuo.adapters.connectors.blobs import BlobTable
from chengnuo.adapters.connectors.files_forms import ChangeRefusedError, Edit, Form, Gone
from chengnuo.adapters.connectors.files_places import Place, PlaceError, PlaceRefusedError
from chengnuo.adapters.connectors.files_tables import FileEdits
from chengnuo.domain.rights.values import RowKey, Value
from chengnuo.ports.record_source import StoreRefusedError, StoreUnavailableError


class FilesChanges:
    """`Changes` of a store of files."""

    def __init__(
        self,
        store: str,
        place: Place,
        forms: Mapping[str, Form],
        blobs: Mapping[str, BlobTable],
    ) -> None:
        """Begin without a change.

        Args:
            store: Id of the store.
            place: Where the files lie.
            forms: The forms of the tables in files.
            blobs: The tables whose rows are files.

        """
        self._store = store
        self._place = place
        self._forms = forms
        self._blobs = blobs
        self._edits = FileEdits(place)
        self._doomed: dict[str, str] = {}

    def delete(self, table: str, keys: Sequence[RowKey]) -> int:
        """See `Changes.delete`."""
        if table not in self._blobs:
            return self._apply(table, {str(key[0]): Gone.GONE for key in keys})
        blobs = self._blobs[table]
        count = 0
        with self._our_errors(table):
            for (key,) in keys:
                name = blobs.name_of(str(key))
                if name is None or name in self._doomed or blobs.find(str(key)) is None:
                    continue
                self._doomed[name] = table
                count += 1
        return count

    def update(self, table: str, rows: Sequence[tuple[RowKey, Mapping[str, Value]]]) -> int:
        """See `Changes.update`; files that are rows can only be removed."""
        if table in self._blobs:
            raise StoreRefusedError(self._store, table, "a file can only be removed as a whole")
        return self._apply(table, {str(key[0]): values for key, values in rows if values})

    def _apply(self, table: str, edits: Mapping[str, Edit]) -> int:
        with self._our_errors(table):
            return self._edits.apply(self._forms[table], edits)

    def put(self) -> None:
        """Let all changes take effect, files that are removed last.

        Raises:
            StoreRefusedError: A file changed meanwhile, or may not be changed.
            StoreUnavailableError: The place does not answer.

        """
        with self._our_errors(""):
            self._edits.put()
        for name, table in self._doomed.items():
            with self._our_errors(table):
                self._place.delete(name)

    def drop(self) -> None:
        """Throw away what was written beside."""
        self._edits.drop()

    @contextmanager
    def _our_errors(self, table: str) -> Iterator[None]:
        try:
            yield
        except PlaceError as error:
            raise StoreUnavailableError(self._store, str(error)) from error
        except PlaceRefusedError as error:
            raise StoreRefusedError(self._store, table, str(error)) from error
        except ChangeRefusedError as error:
            rule = f"column `{error.column}`: {error.rule}"
            raise StoreRefusedError(self._store, table, rule) from error
