"""The queue of requests about rights: by legal days left, narrowed, duplicates side by side.

A line says of nobody whose it is. Every number opens the lines behind it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy, RequestId
from chengnuo.doors.web.console_rights_acts_view import FROM
from chengnuo.doors.web.console_rights_ages import AgesSeen
from chengnuo.doors.web.console_rights_narrow import Narrow, QueueCounts
from chengnuo.doors.web.console_rights_words import PATH, RightsWords, href_of
from chengnuo.doors.web.leafing import Leaf, Leafing, leafing
from chengnuo.doors.web.page_parts import Cell, Empty, Figure, Status, said
from chengnuo.doors.web.rendering import Link
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Role
from chengnuo.usecases.rights.figures import Alike
from chengnuo.usecases.rights.seen import RequestLine

MOST_LINES = 10_000
"""Lines of a file."""
BULK_ACTS = ("release", "resume")
"""What can be done with several requests at once, by the name of the button."""
_HEADS = ("request", "days", "due", "stage", "right", "by", "received", "stopped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One row of links that narrow the queue."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One request of the queue.

    Attributes:
        id: Its id.
        href: Its page.
        days: How many working days the law leaves.
        due: Last day.
        stage: Where it stands.
        right: Which right.
        by: Who asks, and when it came in.
        stopped: What it stands still for, or empty.
        like: Which requests of the same individual are asked for the same right.
        again: Whether it stands under the one that it is like.

    """

    id: str
    href: str
    days: Status
    due: Cell
    stage: Status
    right: str
    by: Cell
    stopped: str
    like: str
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkButton:
    """Something to do with all that are ticked."""

    act: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """The queue.

    Attributes:
        lead: What matters now, in one sentence.
        figures: Numbers that open the lines behind them.
        filters: What the lines can be narrowed by.
        lines: The requests; empty for who may not see them.
        heads: Heads of their table.
        empty: What to say if there are none.
        buttons: What can be done with those that are ticked.
        file: The same as a file; empty for none.
        leafing: Where one is in the list.
        sheet: The same as a workbook; empty for none.
        asks: Whether whoever looks may take a request in.
        receives: Whether whoever looks may see what was moved here, if anything is taken in.
        ages: All that are open by the days left.

    """

    lead: str
    figures: tuple[Figure, ...]
    filters: tuple[Filter, ...]
    lines: tuple[LineView, ...]
    heads: tuple[str, ...]
    empty: Empty
    buttons: tuple[BulkButton, ...]
    file: str
    leafing: Leafing
    sheet: str
    asks: bool
    receives: bool
    ages: AgesSeen | None = None


def queue_page(  # noqa: PLR0913  what the page is made from
    say: RightsWords,
    counts: QueueCounts,
    lines: Sequence[RequestLine],
    narrow: Narrow,
    *,
    like: Mapping[RequestId, Alike],
    role: Role,
    leaf: Leaf,
    total: int,
    receives: bool = False,
) -> QueuePage:
    """Return the queue.

    Args:
        say: Words.
        counts: The numbers.
        lines: One leaf of what is asked for, by days left.
        narrow: By what it is narrowed.
        like: Other open requests of the same individual for the same right.
        role: Of whoever looks.
        leaf: Which leaf.
        total: How many lines there are of what is asked for.
        receives: Whether what other handlers move here is taken in.

    """
    shown = () if role is Role.ADMIN else tuple(lines)
    acts = role in {Role.STAFF, Role.REVIEWER}
    return QueuePage(
        lead=_lead(say, counts),
        figures=tuple(_figures(say, counts, reads=role is not Role.ADMIN)),
        filters=() if role is Role.ADMIN else tuple(_filters(say, narrow)),
        lines=tuple(_line(say, line, like, again=again) for line, again in _grouped(shown, like)),
        heads=tuple(say.t(f"console.rights.head.{head}") for head in _HEADS[:-2]),
        empty=_empty(say, narrow, role),
        buttons=tuple(_buttons(say, shown, role)) if acts else (),
        file=_file_href(narrow, "csv") if shown else "",
        sheet=_file_href(narrow, "xlsx") if shown else "",
        leafing=leafing(leaf, total=total, shown=len(shown), path=PATH, query=narrow.asked),
        asks=acts,
        receives=receives and role is not Role.ADMIN,
    )


def queue_table(
    say: RightsWords, lines: Iterable[RequestLine]
) -> tuple[list[str], Sequence[tuple[str, ...]]]:
    """Return the lines as heads and rows of a file."""
    heads = [say.t(f"console.rights.head.{head}") for head in _HEADS]
    rows = [
        (
            line.id,
            say.days(line.days_left, line.stage).word,
            line.due.on.isoformat(),
            say.stage(line.stage).word,
            say.right(line.right),
            say.by(line.by),
            say.when(line.received),
            say.stopped(line.stopped),
        )
        for line in lines
    ]
    return heads, rows


def _grouped(
    lines: Sequence[RequestLine], like: Mapping[RequestId, Alike]
) -> Iterator[tuple[RequestLine, bool]]:
    """Yield the lines in their order, each followed by those that it is like."""
    together: dict[tuple[str, str] | None, list[RequestLine]] = {}
    for line in lines:
        if line.id in like:
            together.setdefault(_group(like, line), []).append(line)
    done: set[RequestId] = set()
    for line in lines:
        if line.id in done:
            continue
        done.add(line.id)
        yield line, False
        for other in together.get(_group(like, line), ()):
            if other.id not in done:
                done.add(other.id)
                yield other, True


def _group(like: Mapping[RequestId, Alike], line: RequestLine) -> tuple[str, str] | None:
    found = like.get(line.id)
    return None if found is None else found.group


def _line(
    say: RightsWords,
    line: RequestLine,
    like: Mapping[RequestId, Alike],
    *,
    again: bool,
) -> LineView:
    others = like[line.id].others if line.id in like else 0
    return LineView(
        id=line.id,
        href=href_of(line.id),
        days=say.days_of(line),
        due=say.due(line.due),
        stage=say.stage_of(line),
        right=say.right(line.right),
        by=said(say.by(line.by), say.t("console.rights.received", at=say.when(line.received))),
        stopped=say.stopped(line.stopped),
        like=say.t("console.rights.again" if again else "console.rights.like", n=others)
        if others
        else "",
        again=again,
    )


def _lead(say: RightsWords, counts: QueueCounts) -> str:
    if counts.overdue:
        return say.t("console.rights.lead-overdue", n=f"{counts.overdue:,}")
    return say.t("console.rights.lead" if counts.open else "console.rights.lead-calm")


def _figures(say: RightsWords, counts: QueueCounts, *, reads: bool) -> Iterator[Figure]:
    release, parked = Stage.NEEDS_RELEASE, Stage.PARKED
    each = (
        ("open", counts.open, PATH),
        ("overdue", counts.overdue, Narrow(overdue=True).href()),
        (release.value, counts.needs_release, Narrow(stage=release).href()),
        (parked.value, counts.parked, Narrow(stage=parked).href()),
        ("tasks", counts.tasks, f"{PATH}/tasks"),
    )
    for name, count, href in each:
        yield Figure(
            name=say.t(f"console.rights.figure.{name}"),
            count=f"{count:,}",
            href=href if reads else "",
        )


def _filters(say: RightsWords, narrow: Narrow) -> Iterator[Filter]:
    def links(field: str, now: str, values: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
        return tuple(
            Link(href=narrow.href(**{field: value}), name=name, current=now == value)
            for value, name in values
        )

    every = ("", say.t("console.rights.every"))
    stages = [("", say.t("console.rights.open"))]
    stages += [(stage.value, say.stage(stage).word) for stage in Stage]
    yield Filter(
        name=say.t("console.rights.head.stage"), links=links("stage", narrow.stage, stages)
    )
    yield Filter(
        name=say.t("console.rights.head.days"),
        links=tuple(
            Link(
                href=narrow.href(overdue=only),
                name=say.t("console.rights.only-overdue" if only else "console.rights.every"),
                current=narrow.overdue is only,
            )
            for only in (False, True)
        ),
    )
    rights = [every, *((right.value, say.right(right)) for right in _ASKED)]
    yield Filter(
        name=say.t("console.rights.head.right"), links=links("right", narrow.right, rights)
    )
    roles = [every, *((by.value, say.by(by)) for by in AskedBy)]
    yield Filter(name=say.t("console.rights.head.by"), links=links("by", narrow.by, roles))


_ASKED = (
    Right.ACCESS,
    Right.COPY,
    Right.TRANSFER,
    Right.CORRECT,
    Right.SUPPLEMENT,
    Right.DELETE,
    Right.CANCEL_ACCOUNT,
    Right.RESTRICT,
    Right.REFUSE,
    Right.EXPLAIN_RULES,
    Right.EXPLAIN_AUTOMATED,
)
"""What the queue can be narrowed to."""


def _buttons(say: RightsWords, lines: Sequence[RequestLine], role: Role) -> Iterator[BulkButton]:
    for act in BULK_ACTS:
        if act == "release" and role is not Role.REVIEWER:
            continue
        if any(line.stage in FROM[act] for line in lines):
            yield BulkButton(act=act, name=say.t(f"console.rights.bulk.{act}"))


def _empty(say: RightsWords, narrow: Narrow, role: Role) -> Empty:
    if role is Role.ADMIN:
        return Empty(
            name=say.t("console.rights.not-for-admin"),
            text=say.t("console.rights.not-for-admin-text"),
            href="/console/people",
            act=say.t("nav.people"),
        )
    if narrow != Narrow():
        return Empty(
            name=say.t("console.rights.none-narrowed"),
            text=say.t("console.rights.none-narrowed-text"),
            href=PATH,
            act=say.t("console.rights.show-open"),
        )
    return Empty(
        name=say.t("console.rights.none"),
        text=say.t("console.rights.none-text"),
        href="/centre/contact",
        act=say.t("console.rights.see-ways"),
    )


def _file_href(narrow: Narrow, form: str) -> str:
    return narrow.href().replace(PATH, f"{PATH}/queue.{form}", 1)
