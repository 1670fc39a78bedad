"""Guardians of a child: who is one, what the child waits for, stating and ending a relation."""

from datetime import datetime

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.consents import Receipt


class KnownGuardian(msgspec.Struct, frozen=True, rename="camel"):
    """A guardian of a child.

    Attributes:
        who: Tells one from another; says nothing else.
        stands: Whether the relation stands.
        relation: How related, as `mother`.
        method: How that was made sure of.
        since: Since when; None if it was only ended.
        ended_by: Who has said that it is over: `guardian`, `child`, `other`, `operator`.

    """

    who: str
    stands: bool
    relation: str
    method: str
    since: datetime | None
    ended_by: tuple[str, ...] = ()


class Waiting(msgspec.Struct, frozen=True, rename="camel"):
    """What waits for a guardian's decision, since when, by which record."""

    item: str
    since: datetime
    position: int


class Guardians(msgspec.Struct, frozen=True, rename="camel"):
    """The guardians of a child, and what waits for one."""

    guardians: tuple[KnownGuardian, ...]
    waiting: tuple[Waiting, ...]


class Ended(msgspec.Struct, frozen=True, rename="camel"):
    """The end of a relation, and of each consent that was given under it."""

    receipt: Receipt
    ended: tuple[Receipt, ...]


class GuardianClient:
    """Calls about guardians; a key of scope `consent:read` looks, one of `consent:write` acts."""

    def __init__(self, client: Client) -> None:
        """Use a client that has a key."""
        self._client = client

    def of(self, person: str) -> Guardians:
        """Return the guardians of a child and what waits for one."""
        return self._client.post("/v1/consents:guardians", {"person": person}, Guardians)

    def state(self, person: str, guardian: str, *, relation: str, method: str) -> Receipt:
        """Say that somebody is a child's guardian, and how that was made sure of."""
        body = {"person": person, "guardian": guardian, "relation": relation, "method": method}
        return self._client.post("/v1/consents:state-guardian", body, Receipt)

    def end(
        self, person: str, guardian: str | None = None, *, reason: str, who: str | None = None
    ) -> Ended:
        """Say that somebody is a guardian no longer; what they gave as one ends with it.

        They are named by account id, or by `who` as the list of guardians tells them apart.
        """
        body = {"person": person, "guardian": guardian, "reason": reason, "who": who}
        return self._client.post("/v1/consents:end-guardian", body, Ended)

    def ask(self, person: str, item: str, *, back: bool = False) -> Receipt:
        """Say that a child asks a guardian for something, or takes that back."""
        body = {"person": person, "item": item, "back": back}
        return self._client.post("/v1/consents:ask-guardian", body, Receipt)
