"""What of a data folder is in a backup, and what is left out because it is made anew or must not.

Tiles, map and projection of the log follow from its records, planes from the log. The epoch key is
kept by its holder and is in no backup. Copies that individuals fetch expire; they are in it if
asked for.
"""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from chengnuo.adapters.evidence.key_vault import FILE_NAME as KEYS_DB
from chengnuo.adapters.evidence.log_keys import LOG_JSON
from chengnuo.adapters.evidence.place import FOLDER, KEYS
from chengnuo.adapters.evidence.reading import PUBLIC, WAL
from chengnuo.adapters.evidence.restored import FILE_NAME as RESTORED
from chengnuo.adapters.sqlite.database import FILE_NAME as DATABASE

WORK = ".backup-"
"""How the folder begins that copies lie in while a backup is made."""
STATE = DATABASE
WRAPPED_KEYS = f"{FOLDER}/{KEYS_DB}"
SEGMENTS = f"{FOLDER}/{WAL}"
LISTED_KEYS = f"{FOLDER}/{PUBLIC}/{LOG_JSON}"
CHECKPOINT = f"{FOLDER}/{PUBLIC}/checkpoint"
SIGNING = f"{KEYS}/evidence-"
_EXPORTS = "exports"
_DERIVED = (f"{FOLDER}/{PUBLIC}/tile", f"{FOLDER}/index.db", f"{FOLDER}/lock", "planes")
_APART = (SEGMENTS, WRAPPED_KEYS, STATE, CHECKPOINT, f"{KEYS}/epoch.key", RESTORED)


def files_of(data: Path, *, exports: bool) -> Iterator[str]:
    """Yield the paths of plain files that are copied as they are, sorted, `/` between parts."""
    found = (one for one in data.rglob("*") if one.is_file() and not one.is_symlink())
    names = sorted(one.relative_to(data).as_posix() for one in found)
    for name in names:
        top = PurePosixPath(name).parts[0]
        if top.startswith(WORK) or (top == _EXPORTS and not exports):
            continue
        if not name.startswith((*_DERIVED, *_APART)) and not name.endswith(".part"):
            yield name


def is_log_file(path: str) -> bool:
    """Tell whether a file belongs to the log or its keys, which are put back as of the newest."""
    return path.startswith((f"{SEGMENTS}/", LISTED_KEYS, SIGNING)) or path == WRAPPED_KEYS
