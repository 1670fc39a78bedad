"""Making canary values, and telling which recipient one was handed to.

Which went to whom and when is a dossier each; the log has a commitment to the value. A value is
drawn by a keyed digest from recipient, sort and number, so nobody without the key can tell one.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from chengnuo.base.instant import to_us
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.sorts.canary import CANARY, HAND, MAKE, RETIRE
from chengnuo.domain.evidence.receipt_words import instant_text
from chengnuo.domain.incident.canaries import CanaryKind, canary_value, commitment, normal
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor

if TYPE_CHECKING:
    from chengnuo.domain.dossier.fields import Value

_OPENING_BYTES = 16
MOST_CANARIES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryMade:
    """A canary value, handed over.

    Attributes:
        dossier: Its dossier.
        value: The value.
        guarantee: What is guaranteed of it.
        out_of: Out of how many it was drawn.

    """

    dossier: str
    value: str
    guarantee: Text
    out_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryMet:
    """A recipient that a value was handed to.

    Attributes:
        dossier: Its dossier.
        recipient: Whom it was made for.
        kind: What it looks like.
        made_at: When it was made.
        given_at: When it was handed over; None if it never was.
        retired_at: When it was retired; None while it is not.
        opening: What opens the commitment together with the value.
        commitment: What the log has of it.
        positions: Where its records stand.
        out_of: Out of how many it was drawn.

    """

    dossier: str
    recipient: str
    kind: str
    made_at: datetime
    given_at: datetime | None
    retired_at: datetime | None
    opening: str
    commitment: str
    positions: tuple[int, ...]
    out_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryAnswer:
    """Whom a value names.

    Attributes:
        met: Those that it was handed to; none where it is no canary of ours.
        canaries: How many canaries there are.

    """

    met: tuple[CanaryMet, ...]
    canaries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryDesk:
    """Makes canaries and tells them.

    Attributes:
        desk: The desk of dossiers.
        tokens: Draws values and openings.

    """

    desk: DossierDesk
    tokens: Tokens
    _one_at_a_time: AbstractContextManager[bool] = field(
        default_factory=Lock, init=False, repr=False, compare=False
    )

    def make(  # noqa: PLR0913  what a value is made for
        self, recipient: str, kind: CanaryKind, own: str, *, by: Actor, how: str = "", why: str = ""
    ) -> CanaryMade:
        """Make a value for a recipient and enter it as handed over; recorded on return.

        Args:
            recipient: Id of the recipient.
            kind: What it looks like.
            own: What is the handler's own, where the kind needs it.
            by: Who makes it.
            how: How it is handed over.
            why: Why it is made, as it is recorded.

        Raises:
            CanaryBaseError: `own` is missing or has a wrong form.
            DossierFieldError: The register has no such recipient.
            LogUnavailableError: It could not be recorded.

        """
        with self._one_at_a_time:  # else two could be the same value
            return self._make(recipient, kind, own, by=by, how=how, why=why)

    def _make(  # noqa: PLR0913  as `make`
        self, recipient: str, kind: CanaryKind, own: str, *, by: Actor, how: str, why: str
    ) -> CanaryMade:
        there = list(self._every())
        taken = {normal(str(one.value("value"))) for one in there}
        mine = (
            one.value("recipient") == recipient and one.value("canary-kind") == kind.value
            for one in there
        )
        number = sum(mine)
        while True:
            number += 1
            seed = self.tokens.keyed("canary", f"{kind}\0{recipient}\0{number}")
            drawn = canary_value(kind, seed, own)
            if normal(drawn.value) not in taken:
                break
        opening = self.tokens.random_bytes(_OPENING_BYTES).hex()
        fields: dict[str, Value] = {
            "recipient": recipient,
            "canary-kind": kind.value,
            "number": number,
            "out-of": drawn.out_of,
            "value": drawn.value,
            "opening": opening,
            "commitment": str(commitment(opening, drawn.value)),
            **({"reason": why} if why else {}),
        }
        seen = self.desk.open(CANARY.id, MAKE, by, fields)
        given: dict[str, Value] = {"given-at": _text(self.desk.clock.now()), "how": how}
        self.desk.act(seen.dossier.id, HAND, by, given)
        return CanaryMade(
            dossier=seen.dossier.id,
            value=drawn.value,
            guarantee=drawn.guarantee,
            out_of=drawn.out_of,
        )

    def which(self, value: str) -> CanaryAnswer:
        """Return whom a value names."""
        wanted, met, count = normal(value), list[CanaryMet](), 0
        for one in self._every():
            count += 1
            kept = one.value("value")  # gone once its time is over
            if kept and normal(str(kept)) == wanted:
                met.append(_met(one))
        return CanaryAnswer(met=tuple(met), canaries=count)

    def _every(self) -> Iterator[Dossier]:
        store = self.desk.store
        for one in store.every([CANARY.id], limit=MOST_CANARIES):
            whole = store.one(one.id)
            if whole is not None:
                yield whole


def _met(dossier: Dossier) -> CanaryMet:
    given, retired = dossier.last(HAND), dossier.last(RETIRE)
    return CanaryMet(
        dossier=dossier.id,
        recipient=str(dossier.value("recipient")),
        kind=str(dossier.value("canary-kind")),
        made_at=dossier.opened_at,
        given_at=None if given is None else _said_at(given),
        retired_at=None if retired is None else retired.at,
        opening=str(dossier.value("opening")),
        commitment=str(dossier.value("commitment")),
        positions=tuple(act.position for act in dossier.acts if act.position is not None),
        out_of=_out_of(dossier),
    )


def _out_of(dossier: Dossier) -> int:
    found = dossier.value("out-of")
    return found if isinstance(found, int) else 1


def _said_at(act: Act) -> datetime:
    return datetime.fromisoformat(str(act.fields["given-at"]))


def _text(at: datetime) -> str:
    return instant_text(to_us(at.replace(microsecond=0)))
