"""Leak tracing: who saw or received something about an individual in a period, by the records.

Everyone inside and outside is named with the record that says so. What was permitted and not
recorded as done counts as "may have". Who by the register could have got it and has no record is
named too, and so is what no record can show: a trace that looks complete and is not would accuse
the wrong one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ActivityId, RecipientId, StoreId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Channel
from chengnuo.law.ids import CategoryId

_PERMIT = "permit"


class Side(StrEnum):
    """On which side of the handler somebody stands."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    SELF = "self"
    """The individual, or who speaks for them."""


class Certainty(StrEnum):
    """What a record says of it."""

    DID = "did"
    MAY_HAVE = "may-have"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A record of the individual's chain, or an open one of a batch.

    Attributes:
        kind: Its kind.
        position: Where it stands.
        at: Its instant, microseconds since 1970.
        activity: Row of the register it speaks of, as is `recipient`; may be empty.
        payload: What it says; None once its key is destroyed.

    """

    kind: Kind
    position: int
    at: int
    activity: str = ""
    recipient: str = ""
    payload: Mapping[str, Tree] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Somebody saw or received something.

    Attributes:
        side: On which side they stand.
        who: Account id of staff, id of a recipient or activity, or `public`.
        certainty: Whether the record says that they did, or that they were allowed to.
        kind: Kind of the record.
        position: Where it stands.
        at: Its instant, microseconds since 1970.
        categories: What it names; empty where it names none.

    """

    side: Side
    who: str
    certainty: Certainty
    kind: Kind
    position: int
    at: int
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Who saw or received something.

    Attributes:
        touches: Those with a record, the newest first.
        batches: Positions of batches of the period that name no individual, by recipient.
        unrecorded: Recipients that by the register get it, and have no record in the period.
        stores: Stores that by the register hold it; whoever can open one can read it.
        erased: How many records of the period cannot be read any more.
        cannot: What no record can show.

    """

    touches: tuple[Touch, ...]
    batches: tuple[tuple[str, int], ...]
    unrecorded: tuple[RecipientId, ...]
    stores: tuple[StoreId, ...]
    erased: int
    cannot: tuple[Text, ...]


def trace(
    chain: Iterable[Recorded],
    batches: Iterable[Recorded],
    register: Register | None,
    category: CategoryId | None,
) -> Trace:
    """Return who saw or received something.

    Args:
        chain: Records about the individual in the period, the newest first.
        batches: Open records of provisions in the period.
        register: The register that was in force; None if none is known.
        category: What it is about; None for everything.

    """
    records = list(chain)
    touches = [
        touch
        for one in records
        for touch in _touches(one)
        if _concerns(touch, category, register, one.activity)
    ]
    seen = {touch.who for touch in touches}
    in_batches = tuple(
        (one.recipient, one.position)
        for one in batches
        if category is None or category in _ids(one.payload, "categories")
    )
    return Trace(
        touches=tuple(touches),
        batches=in_batches,
        unrecorded=_unrecorded(register, category, seen | {who for who, _ in in_batches}),
        stores=_stores(register, category),
        erased=sum(one.payload is None for one in records),
        cannot=tuple(_cannot(register, category)),
    )


def _touches(one: Recorded) -> Iterator[Touch]:
    said = one.payload or {}
    match one.kind:
        case Kind.PROVISION:
            yield _touch(one, Side.OUTSIDE, one.recipient, categories=_ids(said, "categories"))
        case Kind.PUBLICATION:
            yield _touch(one, Side.OUTSIDE, "public", categories=_ids(said, "categories"))
        case Kind.OPERATOR_READ:
            yield _touch(one, Side.INSIDE, str(said.get("by", "")))
        case Kind.EXPORT:
            by = str(said.get("by", ""))
            side = Side.SELF if by == "individual" else Side.INSIDE
            yield _touch(one, side, by)
        case Kind.DECISION if said.get("outcome") == _PERMIT:
            asked = said.get("request")
            wanted = _ids(asked, "categories") if isinstance(asked, Mapping) else ()
            side = Side.OUTSIDE if one.recipient else Side.INSIDE
            yield _touch(
                one,
                side,
                one.recipient or one.activity,
                certainty=Certainty.MAY_HAVE,
                categories=wanted,
            )
        case _:
            return


def _touch(
    one: Recorded,
    side: Side,
    who: str,
    *,
    certainty: Certainty = Certainty.DID,
    categories: tuple[str, ...] = (),
) -> Touch:
    return Touch(
        side=side,
        who=who,
        certainty=certainty,
        kind=one.kind,
        position=one.position,
        at=one.at,
        categories=categories,
    )


def _concerns(
    touch: Touch, category: CategoryId | None, register: Register | None, activity: str
) -> bool:
    """Tell whether a touch may be about a category; one that names none is kept, not dropped."""
    if category is None or not touch.categories:
        found = None if register is None else register.activity_by_id.get(ActivityId(activity))
        if category is None or found is None or touch.kind is not Kind.DECISION:
            return True
        return any(item.category == category for item in found.items)
    return category in touch.categories


def _unrecorded(
    register: Register | None, category: CategoryId | None, seen: set[str]
) -> tuple[RecipientId, ...]:
    if register is None:
        return ()
    return tuple(
        one.recipient
        for one in register.recipients
        if one.recipient not in seen and (category is None or category in one.categories)
    )


def _stores(register: Register | None, category: CategoryId | None) -> tuple[StoreId, ...]:
    if register is None:
        return ()
    return tuple(
        store.store
        for store in register.stores
        if any(
            category in {None, column.category}
            for table in store.tables
            for column in table.columns
        )
    )


def _cannot(register: Register | None, category: CategoryId | None) -> Iterator[Text]:
    yield Text(
        "绕过本系统直接打开存储、备份或者日志的人，这里没有记录。",
        "Whoever opened a store, a backup or a log past this system has no record here.",
    )
    yield Text(
        "接收方之后给了谁，这里没有记录。",
        "To whom a recipient handed it on has no record here.",
    )
    if register is None:
        yield Text("没有可用的登记簿。", "No register is known.")
        return
    kits = [
        one
        for one in register.recipients
        if one.channel is Channel.SDK and (category is None or category in one.categories)
    ]
    if kits:
        names = [one.name for one in kits]
        yield Text(
            f"这些 SDK 在设备上自行读取，发送多少没有逐次记录：{'、'.join(n.zh for n in names)}。",
            "These kits read on the device by themselves; what they sent is not recorded one by"
            f" one: {', '.join(n.en or n.zh for n in names)}.",
        )


def _ids(said: Tree, name: str) -> tuple[str, ...]:
    found = said.get(name) if isinstance(said, Mapping) else None
    if isinstance(found, Sequence) and not isinstance(found, str):
        return tuple(str(one) for one in found)
    return ()
