"""Who was erased, as one encrypted file: what the sweep of a restored folder is told by.

Person keys are in it, which lead to nobody without the secrets of the installation, and are
information about people all the same: so it is locked as a backup is.
"""

from typing import Annotated

import msgspec

from chengnuo.adapters.evidence.restored import erasures_from_json, erasures_tree
from chengnuo.base.canonical import canonical_json
from chengnuo.base.instant import from_us, to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.backup_errors import BackupDamagedError
from chengnuo.ports.backups import Erased
from chengnuo.ports.evidence_log import LogDamagedError
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Suppressed

FORMAT = "chengnuo-erased-1"
_Count = Annotated[int, msgspec.Meta(ge=0)]


class _Suppressed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    person: str
    since: int
    request: str


class _Erased(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    origin: str
    position: _Count
    made_at: _Count
    erasures: msgspec.Raw
    suppressed: list[_Suppressed]


def erased_bytes(erased: Erased) -> bytes:
    """Return the list as canonical JSON."""
    return canonical_json(
        {
            "format": FORMAT,
            "origin": erased.origin,
            "position": erased.position,
            "made_at": to_us(erased.made_at),
            "erasures": erasures_tree(erased.erasures),
            "suppressed": [
                {"person": one.person, "since": to_us(one.since), "request": one.request}
                for one in erased.suppressed
            ],
        }
    )


def read_erased_bytes(data: bytes, file: str) -> Erased:
    """Return the list that some bytes are.

    Raises:
        BackupDamagedError: They are none.

    """
    try:
        read = msgspec.json.decode(data, type=ready(_Erased))
        erasures = erasures_from_json(bytes(read.erasures))
    except (msgspec.DecodeError, LogDamagedError) as error:
        raise BackupDamagedError(file, "it is no list of those erased") from error
    if read.format != FORMAT:
        raise BackupDamagedError(file, "it is no list of those erased")
    return Erased(
        origin=read.origin,
        position=read.position,
        made_at=from_us(read.made_at),
        erasures=erasures,
        suppressed=tuple(
            Suppressed(
                person=PersonKey(one.person),
                since=from_us(one.since),
                request=RequestId(one.request),
            )
            for one in read.suppressed
        ),
    )
