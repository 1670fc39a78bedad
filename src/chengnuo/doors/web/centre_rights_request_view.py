"""One request as the individual sees it: where it stands, what was found, done and kept, and why.

It says no more than is so: what is only partly done is never called done, what nobody looked for
afterwards is not called gone, and a party that has not confirmed is named as such (PIPL Art. 50).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.period import Period
from chengnuo.base.text import Lang, Text
from chengnuo.domain.rights.letters import REFUSALS
from chengnuo.domain.rights.machine import TRANSITIONS, Event, Stage
from chengnuo.domain.rights.plan import Plan
from chengnuo.domain.rights.reply import StoreResult, StoreState
from chengnuo.domain.rights.request import ReadAsked
from chengnuo.doors.web.centre_rights_preview import PreviewView, preview_of
from chengnuo.doors.web.centre_rights_words import REQUESTS, RefusalView, RightsSpeaker
from chengnuo.doors.web.page_parts import (
    Cell,
    Fact,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.law.rights import Right
from chengnuo.usecases.decision.reviews import REVIEW_CLAIMED, REVIEW_DECIDED
from chengnuo.usecases.rights.seen import FileSeen, OutsideState, RequestSeen, TaskKind, TaskSeen

_STORES = {
    StoreState.OPEN: StatusKind.NOTE,
    StoreState.DONE: StatusKind.FINE,
    StoreState.RESIDUE: StatusKind.WARN,
    StoreState.STOPPED: StatusKind.WARN,
    StoreState.BY_HAND: StatusKind.NOTE,
    StoreState.LEFT_OUT: StatusKind.NONE,
}
_OUTSIDE = {
    OutsideState.TO_SEND: StatusKind.NOTE,
    OutsideState.SENT: StatusKind.NOTE,
    OutsideState.ACKNOWLEDGED: StatusKind.FINE,
    OutsideState.GIVEN_UP: StatusKind.WARN,
}
_ANSWERED_BY_HAND = frozenset({Right.EXPLAIN_RULES, Right.EXPLAIN_AUTOMATED, Right.KNOW})
_LOOKING = frozenset({Right.ACCESS, Right.COPY, Right.TRANSFER})
"""Rights by which nothing in a store is changed."""
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentView:
    """One line of the timeline."""

    name: str
    when: str
    text: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file to take home."""

    href: str
    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """One request.

    Attributes:
        id: Its id.
        title: Which right.
        status: Where it stands.
        lead: What that means, in a sentence.
        facts: Number, who asked, when, by when one hears, who acts next.
        extended: Why the time was extended; empty where it was not.
        stopped: What it stands still for; empty where it does not.
        prove: Whether it waits for a proof of who asks.
        take_back: Whether it can be taken back.
        take_back_until: Until when and how long that is; empty while there is no end yet.
        like: Other open requests for the same.
        preview: What would happen; None before there is a plan, and once something was done.
        results: What was found and done where.
        kept: What stays and why.
        refusals: What is refused.
        told: Who outside is told, and how far that is.
        by_hand: What is done by hand.
        files: What can be taken home.
        code: What can be said of the pass code: `ready`, `shown`, or empty where there is none.
        content: Where one's own information is shown; empty where there is none.
        remedies: What can be done against the answer.
        letter: Where the answer stands as a letter; empty before.
        timeline: What happened.

    """

    id: str
    title: str
    status: Status
    lead: str
    facts: tuple[Fact, ...]
    extended: str
    stopped: tuple[str, ...]
    prove: bool
    take_back: bool
    take_back_until: str
    like: tuple[Words, ...]
    preview: PreviewView | None
    results: Table | None
    kept: tuple[Cell, ...]
    refusals: tuple[RefusalView, ...]
    told: Table | None
    by_hand: tuple[Fact, ...]
    files: tuple[FileView, ...]
    code: str
    content: str
    remedies: tuple[str, ...]
    letter: str
    timeline: tuple[MomentView, ...]


def request_page(say: RightsSpeaker, seen: RequestSeen, at: datetime) -> RequestPage:
    """Return the page of a request.

    Args:
        say: Says things in one language.
        seen: The request.
        at: The instant, for the time that is left to take it back.

    """
    request, reply = seen.request, seen.reply
    href = f"{REQUESTS}/{request.id}"
    refusals = () if reply is None else reply.refusals
    planned = seen.plan is not None and reply is None
    may_go_back = (seen.stage, Event.TAKEN_BACK) in TRANSITIONS
    return RequestPage(
        id=request.id,
        title=say.t(f"right.{request.right}"),
        status=say.stage(seen.stage),
        lead=say.t(f"centre.rights.stage-text.{_lead(seen)}"),
        facts=tuple(_facts(say, seen)),
        extended=seen.extended,
        stopped=()
        if seen.stopped is None
        else (say.text(seen.stopped.what), say.text(seen.stopped.action)),
        prove=seen.stage is Stage.NEEDS_IDENTITY,
        take_back=may_go_back and _not_begun(seen),
        take_back_until=_until(say, seen.take_back_until, at),
        like=tuple(Words(text=one, href=f"{REQUESTS}/{one}", code=True) for one in seen.like),
        preview=preview_of(say, seen.plan) if planned and seen.plan is not None else None,
        results=_results(say, seen) if seen.results else None,
        kept=() if reply is None else tuple(say.kept(one) for one in reply.kept),
        refusals=tuple(say.refusal(one) for one in refusals),
        told=_told(say, seen) if seen.outside else None,
        by_hand=tuple(_by_hand(say, seen, one) for one in seen.tasks),
        files=tuple(_file(say, href, one) for one in seen.files),
        code=_code(seen),
        content=f"{href}/content" if request.right is Right.ACCESS and reply is not None else "",
        remedies=() if reply is None else tuple(say.text(one) for one in reply.remedies),
        letter=f"{href}/letter" if reply is not None else "",
        timeline=tuple(_timeline(say, seen)),
    )


def size_of(count: int) -> str:
    """Return a number of bytes as people read it.

    >>> size_of(512), size_of(5 << 20), size_of(3 << 29)
    ('512 B', '5.0 MiB', '1.5 GiB')

    """
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:  # noqa: PLR2004  a binary unit
        size, unit = size / 1024, unit + 1
    return f"{count} B" if unit == 0 else f"{size:.1f} {_UNITS[unit]}"


def _until(say: RightsSpeaker, until: datetime | None, at: datetime) -> str:
    """Return until when it can be taken back and how long that is; empty where there is no end."""
    if until is None:
        return ""
    minutes = max(int((until - at).total_seconds()) // 60, 1)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = (rest // 60, rest % 60) if days == 0 else (rest // 60, 0)
    left = Period(days=days, hours=hours, minutes=minutes)
    words = left.in_words(chinese=say.lang is Lang.ZH)
    return say.t("centre.rights.take-back.until", until=say.when(until), left=words)


def _not_begun(seen: RequestSeen) -> bool:
    """Tell whether it was not begun: before, there is an end for taking it back or no wait yet."""
    return seen.stage not in {Stage.WAITING, Stage.QUEUED} or seen.take_back_until is not None


def _facts(say: RightsSpeaker, seen: RequestSeen) -> Iterator[Fact]:
    request = seen.request

    def fact(name: str, value: Cell) -> Fact:
        return Fact(name=say.t(f"centre.rights.fact.{name}"), value=value)

    yield fact("number", (Words(text=request.id, code=True),))
    yield fact("by", said(say.t(f"centre.rights.by.{request.by}")))
    yield fact("received", said(say.when(request.received)))
    if seen.reply is None:
        left = Words(status=say.days(seen.days_left, seen.stage))
        yield fact("due", (*say.due(seen.due), left))
    else:
        yield fact("answered", said(say.when(seen.reply.at)))
    following = say.next_act(seen.stage)
    if following:
        yield fact("next", said(following))


def _lead(seen: RequestSeen) -> str:
    """Return the key of what a stage means; nothing is changed by looking, so none is missing."""
    looked = seen.request.right in _LOOKING or seen.request.right in _ANSWERED_BY_HAND
    return "answered" if looked and seen.stage is Stage.FULFILLED else seen.stage.value


def _results(say: RightsSpeaker, seen: RequestSeen) -> Table:
    heads = ["store", "state", "found", "withheld"]
    if seen.request.right not in _LOOKING:
        heads += ["deleted", "changed", "kept", "residue"]
    return Table(
        caption=say.t("centre.rights.results"),
        heads=tuple(say.t(f"centre.rights.result.{head}") for head in heads),
        rows=tuple(Row(cells=tuple(_result(say, one))[: len(heads)]) for one in seen.results),
        numbers=tuple(range(2, len(heads))),
    )


def _result(say: RightsSpeaker, one: StoreResult) -> Iterator[Cell]:
    notes: tuple[str, ...] = ()
    if one.stopped is not None:
        notes = (say.text(one.stopped.what), say.text(one.stopped.action))
    status = Status(kind=_STORES[one.state], word=say.t(f"centre.rights.state.{one.state}"))
    yield said(say.text(one.name))
    yield (Words(status=status, notes=notes),)
    for count in (one.found, one.withheld, one.deleted, one.changed, one.kept):
        yield said(f"{count:,}")
    yield said(say.t("centre.rights.not-looked") if one.residue is None else f"{one.residue:,}")


def _told(say: RightsSpeaker, seen: RequestSeen) -> Table:
    heads = ("recipient", "how-far")
    return Table(
        caption=say.t("centre.rights.outside"),
        heads=tuple(say.t(f"centre.rights.told.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    said(say.text(one.name)),
                    (
                        Words(
                            status=Status(
                                kind=_OUTSIDE[one.state],
                                word=say.t(f"centre.rights.sent.{one.state}"),
                            )
                        ),
                    ),
                )
            )
            for one in seen.outside
        ),
    )


def _by_hand(say: RightsSpeaker, seen: RequestSeen, one: TaskSeen) -> Fact:
    """Return what is done by hand, in words for the individual and not those that staff read.

    A note is for the individual where it is the answer itself.
    """
    state = say.t("centre.rights.task-open")
    if one.done_at is not None:
        state = say.t("centre.rights.task-done", when=say.when(one.done_at))
    answers = seen.request.right in _ANSWERED_BY_HAND or one.kind is TaskKind.REVIEW
    notes = (state, one.note) if answers and one.note else (state,)
    names = {} if seen.plan is None else _names(seen.plan)
    name = say.text(names[one.store]) if one.store in names else say.t("centre.rights.task-there")
    what = say.t(f"centre.rights.task-what.{one.kind}", name=name)
    return Fact(name=say.t("centre.rights.task"), value=(Words(text=what, notes=notes),))


def _names(plan: Plan) -> dict[str, Text]:
    """Return how people know the stores and recipients of a plan."""
    names = {one.store: one.name for one in plan.stores}
    return names | {one.recipient: one.name for one in plan.outside}


def _code(seen: RequestSeen) -> str:
    asked = seen.request.asked
    if not seen.files or not isinstance(asked, ReadAsked) or not asked.with_code:
        return ""
    return "ready" if seen.has_code else "shown"


def _file(say: RightsSpeaker, href: str, one: FileSeen) -> FileView:
    def fact(name: str, value: Cell) -> Fact:
        return Fact(name=say.t(f"centre.rights.file.{name}"), value=value)

    return FileView(
        href=f"{href}/files/{one.part}",
        name=one.name,
        facts=(
            fact("size", said(size_of(one.size))),
            fact("expires", said(say.when(one.expires))),
            fact("sha256", (Words(text=one.sha256, hash=True),)),
        ),
    )


def _note(say: RightsSpeaker, note: str) -> str:
    """Return a note in words; of a review only how far it is, its result stands with the task."""
    if note in REFUSALS:
        return say.text(REFUSALS[note][1])
    far = note.partition(" ")[0]
    return say.t(f"centre.rights.{far}") if far in {REVIEW_CLAIMED, REVIEW_DECIDED} else note


def _timeline(say: RightsSpeaker, seen: RequestSeen) -> Iterator[MomentView]:
    last = len(seen.timeline) - 1
    for place, one in enumerate(seen.timeline):
        name = "received" if place == 0 else "note" if one.event is None else one.event.value
        yield MomentView(
            name=say.t(f"centre.rights.event.{name}"),
            when=f"{say.when(one.at)} · {say.who(one.by)}",
            text=_note(say, one.note),
            now=place == last and not seen.stage.is_final,
        )
