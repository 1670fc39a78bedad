"""What goes abroad as JSON: what is handed in, what came of it, how a year stands."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

import msgspec

from chengnuo.domain.borders.counting import Heads, Sort
from chengnuo.domain.borders.gate import Barrier
from chengnuo.domain.borders.route import Demand, Demanded, Reason, Stays, Why
from chengnuo.domain.borders.tasks import Task, TaskKind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.doors.automated_bodies import WordsBody, words_body
from chengnuo.doors.decision_bodies import AccountText, Count, Id
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId
from chengnuo.usecases.borders.outlook import Outlook
from chengnuo.usecases.borders.provision import Provided, Provision
from chengnuo.usecases.decision.answering import Stated

MOST_PROVIDED = 1000
_MOST_CATEGORIES = 200


class _Going(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What is to go abroad.

    Attributes:
        activity: What it is for.
        recipient: To whom.
        categories: What goes; left out, all that the recipient gets from the activity.
        started: Whether the individuals have just started the function themselves.
        recent: How often this was done within the unit of the declared frequency.
        age: Age band of each, where the operator knows it.
        account: Where each account stands, where the operator knows it.

    """

    activity: Id
    recipient: Id
    categories: Annotated[tuple[Id, ...], msgspec.Meta(max_length=_MOST_CATEGORIES)] | None = None
    started: bool = False
    recent: Count | None = None
    age: AgeBand | None = None
    account: AccountState | None = None

    def to_domain(self) -> Provision:
        """Return the value the use case takes."""
        categories = self.categories
        return Provision(
            activity=ActivityId(self.activity),
            recipient=RecipientId(self.recipient),
            categories=None if categories is None else frozenset(map(CategoryId, categories)),
            started=self.started,
            recent=self.recent,
            stated=Stated(age=self.age, account=self.account),
        )


class ProvisionBody(_Going, frozen=True, kw_only=True):
    """One individual's information that is to go abroad."""

    person: AccountText


class ProvisionsBody(_Going, frozen=True, kw_only=True):
    """A batch, which goes whole or not at all."""

    persons: Annotated[
        tuple[AccountText, ...], msgspec.Meta(min_length=1, max_length=MOST_PROVIDED)
    ]


class HeadsBody(msgspec.Struct, frozen=True):
    """Distinct individuals, by sort of information."""

    general: int
    sensitive: int


class RouteReasonBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason for the route that is asked for; figures are ids of the catalogue."""

    why: Why
    figure: str | None = None
    sort: Sort | None = None
    people: int = 0
    limit: int | None = None


class NearBody(msgspec.Struct, frozen=True):
    """A line that is near."""

    figure: str
    sort: Sort
    people: int
    limit: int


class StaysBody(msgspec.Struct, frozen=True):
    """What is due whatever the route."""

    what: Stays
    article: str
    text: WordsBody


class DemandedBody(msgspec.Struct, frozen=True):
    """The route that the law asks for, and why."""

    route: Demand
    text: WordsBody
    reasons: tuple[RouteReasonBody, ...]
    near: tuple[NearBody, ...]
    stays: tuple[StaysBody, ...]


class BarrierBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that stands in the way.

    `individuals` says how many of the batch it keeps back, left out where it is all; `places` which
    of them, from 0, the first hundred.
    """

    rule: str
    article: str
    row: str
    text: WordsBody
    why: str = ""
    reasons: tuple[RouteReasonBody, ...] = ()
    individuals: int = 0
    places: tuple[int, ...] = ()


class ProvidedBody(msgspec.Struct, frozen=True, rename="camel"):
    """What came of it: `mayGo` only where it is recorded as provided.

    Attributes:
        may_go: Whether it may go now.
        barriers: What stands in the way; empty where it may go.
        position: Position of the first record; a batch has one for each individual after it.
        at: Effective instant of the records.
        individuals: How many accounts it is about.
        before: Who was counted in the year before.
        after: Who is, or would have been, with these.
        demanded: The route that `after` asks for; null without a recipient and its route.
        scene: By which occasion it is exempt; null where it is counted.

    """

    may_go: bool
    barriers: tuple[BarrierBody, ...]
    position: int
    at: datetime
    individuals: int
    before: HeadsBody
    after: HeadsBody
    demanded: DemandedBody | None
    scene: str | None


class CountAskedBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which civil year is asked about; left out, the one that is.

    With `recount` every record of the log is read again and counted plainly beside it.
    """

    year: Annotated[int, msgspec.Meta(ge=2021, le=9000)] | None = None
    recount: bool = False


class ApartBody(msgspec.Struct, frozen=True):
    """Who is exempt by an occasion."""

    scene: str
    heads: HeadsBody


class RecipientHeadsBody(msgspec.Struct, frozen=True):
    """Whose information went to one recipient; these do not add up."""

    recipient: str
    heads: HeadsBody


class BorderTaskBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to be done, with its days."""

    kind: TaskKind
    text: WordsBody
    starts: date
    due: date
    figure: str | None = None
    route: Demand | None = None
    recipient: str = ""
    provisional: bool = False


class OutlookBody(msgspec.Struct, frozen=True, rename="camel"):
    """A civil year as it stands; `atMost` records count as the most they can have been.

    `recounted` is what every record read again comes to, null where that was not asked for.
    """

    year: int
    counted: HeadsBody
    apart: tuple[ApartBody, ...]
    recipients: tuple[RecipientHeadsBody, ...]
    demanded: DemandedBody
    tasks: tuple[BorderTaskBody, ...]
    at_most: int
    recounted: HeadsBody | None


def provided_body(made: Provided) -> ProvidedBody:
    """Return the answer to handing a provision in."""
    return ProvidedBody(
        may_go=made.may_go,
        barriers=tuple(map(_barrier, made.barriers)),
        position=made.first,
        at=made.at,
        individuals=made.individuals,
        before=_heads(made.before),
        after=_heads(made.after),
        demanded=None if made.demanded is None else _demanded(made.demanded),
        scene=None if made.scene is None else made.scene.value,
    )


def outlook_body(found: Outlook) -> OutlookBody:
    """Return how a year stands."""
    count = found.count
    return OutlookBody(
        year=count.year,
        counted=_heads(count.counted),
        apart=tuple(ApartBody(scene.value, _heads(one)) for scene, one in count.apart.items()),
        recipients=tuple(
            RecipientHeadsBody(recipient, _heads(one))
            for recipient, one in count.by_recipient.items()
        ),
        demanded=_demanded(found.demanded),
        tasks=tuple(map(_task, found.tasks)),
        at_most=found.at_most,
        recounted=None if found.recounted is None else _heads(found.recounted.counted),
    )


def _heads(heads: Heads) -> HeadsBody:
    return HeadsBody(general=heads.general, sensitive=heads.sensitive)


def _reasons(reasons: Iterable[Reason]) -> tuple[RouteReasonBody, ...]:
    return tuple(
        RouteReasonBody(
            why=one.why, figure=one.figure, sort=one.sort, people=one.people, limit=one.limit
        )
        for one in reasons
    )


def _demanded(found: Demanded) -> DemandedBody:
    return DemandedBody(
        route=found.demand,
        text=words_body(found.demand.text),
        reasons=_reasons(found.reasons),
        near=tuple(
            NearBody(figure=line.figure, sort=line.sort, people=people, limit=line.limit)
            for line, people in found.near
        ),
        stays=tuple(
            StaysBody(what=one, article=one.duty, text=words_body(one.text)) for one in found.stays
        ),
    )


def _barrier(one: Barrier) -> BarrierBody:
    return BarrierBody(
        rule=one.rule,
        article=one.article,
        row=one.row,
        text=words_body(one.text),
        why=one.why,
        reasons=_reasons(one.reasons),
        individuals=one.individuals,
        places=one.places,
    )


def _task(one: Task) -> BorderTaskBody:
    return BorderTaskBody(
        kind=one.kind,
        text=words_body(one.kind.text),
        starts=one.starts,
        due=one.due,
        figure=one.figure,
        route=one.demand,
        recipient=one.recipient,
        provisional=one.provisional,
    )
