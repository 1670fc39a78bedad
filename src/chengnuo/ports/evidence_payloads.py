"""Opening sealed payloads, and finding whose chain is whose."""

from typing import Protocol

from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Opened, Record
from chengnuo.ports.individuals import PersonKey


class Payloads(Protocol):
    """Opens what the log keeps of records."""

    def opened(self, record: Record) -> Opened:
        """Return the payload of a record; both parts None once its key is destroyed.

        Raises:
            PayloadDamagedError: The sealed bytes are not those the leaf names, or do not open.

        """
        ...

    def tag(self, person: PersonKey) -> bytes | None:
        """Return the LeafTag of an individual; None if no record was made, or the key is gone."""
        ...

    def person(self, record: Record) -> PersonKey | None:
        """Return whom a record concerns; None for nobody, or once the proof key is destroyed."""
        ...

    def erasures(self, person: PersonKey) -> tuple[Erasure, ...]:
        """Return what was destroyed of an individual's keys, oldest first."""
        ...

    def erased(self) -> tuple[PersonKey, ...]:
        """Return everybody a key of whom was destroyed, each once."""
        ...
