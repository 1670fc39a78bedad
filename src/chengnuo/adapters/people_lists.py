"""Lists of people whom incidents concern, sealed, one file each in the data folder."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.ports.people_lists import NoPeopleListError
from chengnuo.ports.secrets import Sealer

_SUFFIX, _PRIVATE = ".people", 0o600
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SealedPeopleLists:
    """`PeopleLists` as sealed files of a folder.

    Attributes:
        root: The folder; made when the first list is kept.
        sealer: Seals them.

    """

    root: Path
    sealer: Sealer

    def keep(self, dossier: DossierId, people: Collection[bytes]) -> Digest:
        """See `PeopleLists.keep`."""
        ordered = b"".join(sorted(people))
        digest = _digest(ordered)
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(dossier, digest)
        half = file.with_suffix(".half")
        made = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
        with os.fdopen(made, "wb") as opened:
            opened.write(self.sealer.seal(ordered, context=_context(dossier, digest)))
            opened.flush()
            os.fsync(opened.fileno())
        half.replace(file)
        return digest

    def read(self, dossier: DossierId, digest: str) -> frozenset[bytes]:
        """See `PeopleLists.read`."""
        try:
            sealed = self._file(dossier, digest).read_bytes()
        except OSError as error:
            raise NoPeopleListError from error
        ordered = self.sealer.unseal(sealed, context=_context(dossier, digest))
        return frozenset(ordered[at : at + _KEY_BYTES] for at in range(0, len(ordered), _KEY_BYTES))

    def dossiers(self) -> frozenset[DossierId]:
        """See `PeopleLists.dossiers`."""
        return frozenset(
            DossierId(one.name.partition(".")[0]) for one in self.root.glob(f"*{_SUFFIX}")
        )

    def erase(self, dossier: DossierId) -> None:
        """See `PeopleLists.erase`."""
        for one in self.root.glob(f"{dossier}.*"):
            one.unlink(missing_ok=True)

    def _file(self, dossier: DossierId, digest: str) -> Path:
        return self.root / f"{dossier}.{digest[:16]}{_SUFFIX}"


def _digest(ordered: bytes) -> Digest:
    lines = (
        ordered[at : at + _KEY_BYTES].hex() + "\n" for at in range(0, len(ordered), _KEY_BYTES)
    )
    return sha256_hex("".join(lines).encode())


def _context(dossier: DossierId, digest: str) -> str:
    return f"people of {dossier}: {digest}"
