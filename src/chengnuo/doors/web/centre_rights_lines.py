"""Requests of an individual as lines: what, since when, where it stands, by when one hears."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.doors.web.centre_rights_words import REQUESTS, RightsSpeaker
from chengnuo.doors.web.page_parts import Cell, Empty, Row, Status, Table, Words, linked, said
from chengnuo.usecases.rights.seen import RequestLine

AT_ONCE = 5
"""Open requests on a strip; all of them are on a page of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One open request on a strip.

    Attributes:
        href: Its page.
        name: Which right.
        status: Where it stands.
        due: By when one hears.

    """

    href: str
    name: str
    status: Status
    due: str


def open_lines(say: RightsSpeaker, lines: Sequence[RequestLine]) -> tuple[LineView, ...]:
    """Return what is open, soonest due first."""
    still = sorted((one for one in lines if not one.stage.is_final), key=lambda one: one.due.on)
    return tuple(
        LineView(
            href=f"{REQUESTS}/{one.id}",
            name=say.t(f"right.{one.right}"),
            status=say.stage(one.stage),
            due=say.t("centre.rights.answer-by", day=say.day(one.due.on)),
        )
        for one in still
    )


def lines_table(say: RightsSpeaker, lines: Sequence[RequestLine]) -> Table:
    """Return all requests, newest first as they came."""
    heads = ("right", "received", "stage", "due")
    return Table(
        caption=say.t("centre.rights.requests"),
        heads=tuple(say.t(f"centre.rights.line.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    linked(say.t(f"right.{one.right}"), f"{REQUESTS}/{one.id}", one.id),
                    said(say.when(one.received)),
                    (Words(status=say.stage(one.stage)),),
                    _due(say, one),
                )
            )
            for one in lines
        ),
        empty=Empty(
            name=say.t("centre.rights.none"),
            text=say.t("centre.rights.none-text"),
            href="/centre/rights",
            act=say.t("centre.rights.name"),
        ),
    )


def _due(say: RightsSpeaker, one: RequestLine) -> Cell:
    if one.stage.is_final:
        return (Words(status=say.days(one.days_left, one.stage)),)
    return (*say.due(one.due), Words(status=say.days(one.days_left, one.stage)))
