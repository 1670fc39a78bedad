"""The rows behind a number: acts on consent items, decisions; and what a register change asks.

No row says whose it is. Each leads to its record, whose payload takes a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.digest import short
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.register.change_words import CONSENT_WORDS
from chengnuo.domain.register.diff import ConsentChangeKind
from chengnuo.doors.texts import moment
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Figure,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.rendering import Link
from chengnuo.ports.uses import UseSeen
from chengnuo.ports.versions import RegisterVersion
from chengnuo.usecases.consent.figures import AskedOf

OUTCOME_KINDS = {
    "permit": StatusKind.FINE,
    "ask": StatusKind.NOTE,
    "refuse": StatusKind.WARN,
}
_CHANGE_KINDS = {
    ConsentChangeKind.NEW: StatusKind.NOTE,
    ConsentChangeKind.RENEWED: StatusKind.WARN,
    ConsentChangeKind.ENDED: StatusKind.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsPage:
    """Rows behind a number.

    Attributes:
        title: What they are.
        lead: Narrowed by what, in words.
        table: The rows.
        newest: The way back to the newest, or empty.
        older: The way on, or empty.
        total: How many there are in all.
        files: All of them, as files.

    """

    title: str
    lead: tuple[str, ...]
    table: Table
    newest: str
    older: str
    total: int
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """What a change asks of whom.

    Attributes:
        lead: From which version to which.
        figures: How many items, how many people.
        table: By item.

    """

    lead: str
    figures: tuple[Figure, ...]
    table: Table


def acts_table(say: ConsentWords, entries: Sequence[Entry]) -> Table:
    """Return acts as a table."""
    heads = ("record", "what-was-done", "item", "when", "form", "where")
    return Table(
        caption=say.t("consents.acts"),
        heads=tuple(say.t(f"consents.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    say.record(one.event.position),
                    said(say.act(one), say.t("consents.undone") if one.reason == "undo" else ""),
                    said(say.item(one.event.item), one.event.item),
                    said(say.instant(one.event.at)[0].text),
                    said(say.form(one)),
                    say.where(one),
                )
            )
            for one in entries
        ),
        empty=Empty(
            name=say.t("consents.no-rows"),
            text=say.t("consents.no-rows-text"),
            href="/console/consents",
            act=say.t("nav.consents"),
        ),
    )


def decisions_table(say: ConsentWords, rows: Sequence[UseSeen]) -> Table:
    """Return decisions as a table."""
    heads = ("record", "outcome-head", "activity", "when", "rules-head")
    return Table(
        caption=say.t("consents.decisions"),
        heads=tuple(say.t(f"consents.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    say.record(one.position),
                    _outcome(say, one),
                    _activity(say, one),
                    said(say.instant(one.at)[0].text),
                    tuple(Words(text=rule, code=True) for rule in one.rules) or said("—"),
                )
            )
            for one in rows
        ),
        empty=Empty(
            name=say.t("consents.no-rows"),
            text=say.t("consents.no-rows-text"),
            href="/console/consents",
            act=say.t("nav.consents"),
        ),
    )


def change_page(
    say: ConsentWords, asked: Sequence[AskedOf], current: str, kept: RegisterVersion
) -> ChangePage:
    """Return what the register in force becoming a kept version asks of whom."""
    renewed = [one for one in asked if one.change.kind is ConsentChangeKind.RENEWED]
    heads = ("item", "becomes", "was", "is-now", "people-lapse")
    return ChangePage(
        lead=say.t(
            "consents.change-lead",
            old=short(current),
            new=short(kept.id),
            day=moment(kept.at),
        ),
        figures=(
            Figure(name=say.t("consents.items-again"), count=f"{len(renewed):,}", measure=True),
            Figure(
                name=say.t("consents.most-people"),
                count=f"{max((one.people for one in renewed), default=0):,}",
                measure=True,
            ),
        ),
        table=Table(
            caption=say.t("consents.change"),
            heads=tuple(say.t(f"consents.{head}") for head in heads),
            rows=tuple(_change(say, one) for one in asked),
            empty=Empty(
                name=say.t("consents.no-change"),
                text=say.t("consents.no-change-text"),
                href="/console/versions",
                act=say.t("nav.versions"),
            ),
            numbers=(4,),
        ),
    )


def _change(say: ConsentWords, asked: AskedOf) -> Row:
    change = asked.change
    status = Status(
        kind=_CHANGE_KINDS[change.kind], word=CONSENT_WORDS[change.kind].in_lang(say.lang)
    )
    return Row(
        cells=(
            said(say.item(change.id), change.id),
            (Words(status=status),),
            _side(say, asked, before=True),
            _side(say, asked, before=False),
            said(f"{asked.people:,}"),
        )
    )


def _side(say: ConsentWords, asked: AskedOf, *, before: bool) -> Cell:
    return tuple(
        Words(
            text=(each.before if before else each.after).in_lang(say.lang),
            notes=(each.what.in_lang(say.lang),),
        )
        for each in asked.differences
    ) or said("—")


def _outcome(say: ConsentWords, row: UseSeen) -> Cell:
    if not row.outcome:
        permitted = say.t("consents.batch-of", n=f"{row.count:,}", permitted=f"{row.permitted:,}")
        return said(say.t("consents.batch"), permitted)
    kind = OUTCOME_KINDS.get(row.outcome, StatusKind.NONE)
    return (Words(status=Status(kind=kind, word=say.t(f"consents.outcome.{row.outcome}"))),)


def _activity(say: ConsentWords, row: UseSeen) -> Cell:
    if not row.activity:
        return said("—")
    known = say.register is not None and row.activity in say.register.activity_by_id
    href = f"/console/register/activities/{row.activity}" if known else ""
    whom = say.recipient(row.recipient) if row.recipient else ""
    return (
        Words(
            text=say.activity(row.activity),
            href=href,
            notes=(whom,) if whom else (),
            code=not known,
        ),
    )
