"""That a data folder was put back from a backup: until it was swept, nobody may write its log.

The note lies in the folder, put there before anything else and taken away by the sweep alone. It
holds person keys, which lead to nobody without the secrets of the installation.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.backup_errors import NotRestoredError, NotSweptError
from chengnuo.ports.backups import LaterErasure, Restored
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import LogDamagedError
from chengnuo.ports.individuals import PersonKey

FILE_NAME = "restored.json"
_Count = Annotated[int, msgspec.Meta(ge=0)]


class _Later(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: str
    key: KeyClass
    at: int
    under: str
    position: Annotated[str, msgspec.Meta(pattern=r"^-?[0-9]{1,19}$")]  # one may be over 53 bits


class _Restored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    backup: str
    position: _Count
    state: _Count
    reached: _Count
    epoch: _Count
    made_at: _Count
    later: list[_Later]


def refuse_unswept(data: Path) -> None:
    """Refuse a data folder that was restored and not swept.

    Raises:
        NotSweptError: It was.

    """
    if (data / FILE_NAME).exists():
        raise NotSweptError(data.name)


def note_restored(data: Path, restored: Restored) -> None:
    """Note that a folder was restored, durably."""
    RealFiles().replace(
        data / FILE_NAME,
        canonical_json(
            {
                "backup": restored.backup,
                "position": restored.position,
                "state": restored.state,
                "reached": restored.reached,
                "epoch": restored.epoch,
                "made_at": to_us(restored.made_at),
                "later": erasures_tree(restored.later),
            }
        ),
    )


def read_restored(data: Path) -> Restored:
    """Return what is noted of a restored folder.

    Raises:
        NotRestoredError: It was not restored, or was swept.
        LogDamagedError: The note is not what was written.

    """
    noted = RealFiles().read(data / FILE_NAME)
    if noted is None:
        raise NotRestoredError(data.name)
    try:
        read = msgspec.json.decode(noted, type=ready(_Restored))
    except msgspec.DecodeError as error:
        raise LogDamagedError(FILE_NAME, "it is not what was written") from error
    return Restored(
        backup=read.backup,
        position=read.position,
        state=read.state,
        reached=read.reached,
        epoch=read.epoch,
        made_at=from_us(read.made_at),
        later=tuple(map(_later, read.later)),
    )


def forget_restored(data: Path) -> None:
    """Take the note away, durably: the folder was swept."""
    files = RealFiles()
    files.remove(data / FILE_NAME)
    files.sync_paths([data / FILE_NAME])


def erasures_tree(erasures: Sequence[LaterErasure]) -> list[Tree]:
    """Return erasures as they stand in JSON."""
    return [
        {
            "person": one.person,
            "key": one.erasure.key.value,
            "at": to_us(one.erasure.at),
            "under": one.erasure.under,
            "position": str(one.erasure.position),
        }
        for one in erasures
    ]


def erasures_from_json(data: bytes) -> tuple[LaterErasure, ...]:
    """Return erasures that `erasures_tree` made JSON of.

    Raises:
        LogDamagedError: They are not.

    """
    try:
        return tuple(map(_later, msgspec.json.decode(data, type=ready(list[_Later]))))
    except msgspec.DecodeError as error:
        raise LogDamagedError("erasures", "the list is not what was written") from error


def _later(read: _Later) -> LaterErasure:
    return LaterErasure(
        person=PersonKey(read.person),
        erasure=Erasure(
            key=read.key, at=from_us(read.at), under=read.under, position=int(read.position)
        ),
    )
