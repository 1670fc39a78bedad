"""Lists of keyed pseudonyms of people whom an incident concerns, kept sealed to tell them by."""

from collections.abc import Collection
from typing import Protocol

from chengnuo.base.digest import Digest
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.dossier.dossier import DossierId


class NoPeopleListError(InvalidInputError):
    """No list of the people concerned is kept for a dossier: none was counted, or it was erased."""

    code = "no-people-list"

    def __init__(self) -> None:
        super().__init__(
            "no list of the people concerned is kept: nobody was counted yet, or it was erased"
        )


class PeopleLists(Protocol):
    """Keeps lists, sealed and readable by this service alone."""

    def keep(self, dossier: DossierId, people: Collection[bytes]) -> Digest:
        """Keep a list durably; return its SHA-256: over the pseudonyms in hex, sorted, a line each.

        Args:
            dossier: The incident.
            people: Pseudonyms of 32 bytes.

        """
        ...

    def read(self, dossier: DossierId, digest: str) -> frozenset[bytes]:
        """Return a list.

        Raises:
            NoPeopleListError: There is none of this digest.
            SealBrokenError: It was changed, or belongs to another installation.

        """
        ...

    def dossiers(self) -> frozenset[DossierId]:
        """Return the incidents that have a list."""
        ...

    def erase(self, dossier: DossierId) -> None:
        """Erase the lists of an incident; nothing happens if there are none."""
        ...
