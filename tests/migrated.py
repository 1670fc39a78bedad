"""A data folder's database as the migrations leave it, made once for each process of tests."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from chengnuo.adapters.sqlite.database import FILE_NAME, SqliteDatabase


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as place:
        database = SqliteDatabase(Path(place))
        database.close()
        assert [file.name for file in Path(place).iterdir()] == [FILE_NAME], "a log is left beside"
        return database.path.read_bytes()


def lay_migrated_database(folder: Path) -> None:
    """Put an empty database of the newest schema into a data folder that is yet to be made.

    Keys are not copied: each folder still makes its own.
    """
    folder.mkdir(mode=0o700, parents=True)
    (folder / FILE_NAME).write_bytes(_migrated())
