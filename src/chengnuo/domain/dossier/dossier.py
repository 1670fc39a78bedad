"""A dossier: the acts that were done in it, in their order.

Acts are only ever added. State and clocks are a fold over them, so that a dossier can be looked at
as it was after any act.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party

DossierId = NewType("DossierId", str)
"""Two letters of the sort and ten signs of base 32, which can be read out on the telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act.

    Attributes:
        number: From 1 without gaps.
        what: Its id in the sort.
        by: Account id of staff, id of a recipient; empty where the dossier tells who.
        party: In which part.
        at: When.
        single_person: Nobody else could have looked at it.
        fields: What was said; private ones are missing once they were erased.
        digest: SHA-256 over salt and all fields, as it stands in the evidence log.
        position: Of its record in the log; None until it is recorded.

    """

    number: int
    what: str
    by: str
    party: Party
    at: datetime
    single_person: bool = False
    fields: Mapping[str, Value] = field(default_factory=dict)
    digest: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A dossier.

    Attributes:
        id: Its id.
        sort: Id of its sort.
        person: Pseudonymous key of the individual it is about; empty for nobody.
        acts: What was done, the first first; never empty.

    """

    id: DossierId
    sort: str
    person: str = ""
    acts: tuple[Act, ...]

    @property
    def opened_at(self) -> datetime:
        """When it was opened."""
        return self.acts[0].at

    def value(self, name: str) -> Value | None:
        """Return what was said last under the name of a field, or None."""
        found = (act.fields[name] for act in reversed(self.acts) if name in act.fields)
        return next(found, None)

    def last(self, *whats: str) -> Act | None:
        """Return the newest act of some, or None."""
        return next((act for act in reversed(self.acts) if act.what in whats), None)


def fields_digest(salt: bytes, fields: Mapping[str, Value]) -> str:
    """Return the digest over what was said; it tells nothing to whoever lacks the salt.

    SHA-256 of the salt, followed by the canonical JSON of the fields.
    """
    tree: dict[str, Tree] = dict(fields)
    return sha256_hex(salt + canonical_json(tree))
