"""What follows from a change of the register, as sections of a page."""

from collections.abc import Iterable

from chengnuo.domain.decision.rules import RULES, Rule
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.register.change_words import CONSENT_WORDS
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.decision_words import OUTCOMES
from chengnuo.doors.web.console_board import status_of
from chengnuo.doors.web.console_found import found_status
from chengnuo.doors.web.console_mends import duty_mend, with_mend
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Row,
    Section,
    Status,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.consent.figures import AskedOf
from chengnuo.usecases.register_consequences import (
    BoardChange,
    Consequences,
    DecisionChange,
    TextChange,
)

_SHOWN = 40
"""So many changed answers are shown; all are counted."""


def sections(say: Speaker, asked: Iterable[AskedOf], found: Consequences) -> tuple[Section, ...]:
    """Return the consequences, what reaches people first; what stays as it is in a list at last."""
    every = (
        _people(say, tuple(asked)),
        _texts(say, found.texts),
        _findings(say, found),
        _board(say, found),
        _decisions(say, found),
        _assessments(say, found),
    )
    same = tuple(
        Fact(name=one.name, value=said(one.tables[0].empty.name))
        for one in every
        if not one.tables[0].rows
    )
    follows = tuple(one for one in every if one.tables[0].rows)
    if not same:
        return follows
    return (*follows, Section(anchor="same", name=say.t("reg-draft.same"), facts=same))


def _table(say: Speaker, anchor: str, heads: tuple[str, ...], rows: tuple[Row, ...]) -> Table:
    return Table(
        caption=say.t(f"reg-change.{anchor}"),
        heads=tuple(say.t(f"reg-change.{head}") for head in heads),
        rows=rows,
        empty=Empty(name=say.t(f"reg-change.{anchor}-none")),
    )


def _section(
    say: Speaker, anchor: str, heads: tuple[str, ...], rows: tuple[Row, ...], lead: str = ""
) -> Section:
    name = say.t(f"reg-change.{anchor}")
    return Section(anchor=anchor, name=name, lead=lead, tables=(_table(say, anchor, heads, rows),))


def _people(say: Speaker, asked: tuple[AskedOf, ...]) -> Section:
    rows = tuple(
        Row(
            cells=(
                said(
                    one.change.id,
                    *(
                        f"{say.text(each.what)}: {say.text(each.before)} → {say.text(each.after)}"
                        for each in one.differences
                    ),
                ),
                said(say.text(CONSENT_WORDS[one.change.kind])),
                said(say.t("reg-change.people-n", n=one.people)),
            )
        )
        for one in asked
    )
    return _section(say, "people", ("item", "what", "count"), rows)


def _texts(say: Speaker, texts: tuple[TextChange, ...]) -> Section:
    rows = tuple(
        Row(
            cells=(
                said(
                    say.text(one.name)
                    if one.kind is not None
                    else say.t("reg-change.prompt", title=say.text(one.name)),
                    one.prompt,
                ),
                said(say.row_name(RowRef("app", one.app))),
                said(f"+{one.added}"),
                said(f"-{one.removed}"),
            )
        )
        for one in texts
    )
    heads = ("text-name", "text-app", "text-added", "text-removed")
    return _section(say, "texts", heads, rows)


def _findings(say: Speaker, found: Consequences) -> Section:
    rows = tuple(
        Row(
            cells=(
                (Words(status=found_status(say, one)),),
                said(say.t(f"reg-change.{what}")),
                said(say.text(one.title), say.text(one.message)),
                _place(one),
            )
        )
        for what, findings in (("made", found.made), ("mended", found.mended))
        for one in findings
    )
    return _section(say, "findings", ("state", "what", "finding", "where"), rows)


def _place(finding: Finding) -> Cell:
    return (Words(text=str(finding.row), code=True, notes=(finding.field,)),)


def _after(say: Speaker, one: BoardChange) -> Status:
    return with_mend(status_of(say, one.after), duty_mend(say, say.catalogue.duty(one.duty)))


def _board(say: Speaker, found: Consequences) -> Section:
    rows = tuple(
        Row(
            cells=(
                said(say.text(one.text), one.duty),
                said(one.before.text.in_lang(say.lang)),
                (Words(status=_after(say, one)),),
            )
        )
        for one in found.board
    )
    return _section(say, "board", ("duty", "before", "after"), rows)


def _decisions(say: Speaker, found: Consequences) -> Section:
    rows = tuple(_decision(say, one) for one in found.decisions[:_SHOWN])
    numbers = {"n": found.asked_in_all, "m": found.decisions_in_all}
    heads = ("question", "whose", "before", "after")
    table = Table(
        caption=say.t("reg-change.decisions"),
        heads=tuple(say.t(f"reg-change.{head}") for head in heads),
        rows=rows,
        empty=Empty(name=say.t("reg-change.decisions-none", n=found.asked_in_all)),
    )
    return Section(
        anchor="decisions",
        name=say.t("reg-change.decisions"),
        lead=say.t("reg-change.decisions-lead", **numbers) if rows else "",
        tables=(table,),
    )


def _decision(say: Speaker, one: DecisionChange) -> Row:
    request = one.request
    parts = [say.t(f"operation.{request.operation}")]
    parts += [say.category(category) for category in request.categories or ()]
    if request.recipient is not None:
        parts.append(f"→ {request.recipient}")
    outcomes = [
        "–" if outcome is None else say.text(OUTCOMES[outcome])
        for outcome in (one.before, one.after)
    ]
    why = say.text(RULES[Rule(one.why)].text) if one.why else ""
    return Row(
        cells=(
            said(" · ".join(parts), request.activity),
            said(say.t(f"reg-change.whose-{one.whose}")),
            said(outcomes[0]),
            said(outcomes[1], why),
        )
    )


def _assessments(say: Speaker, found: Consequences) -> Section:
    rows = tuple(
        Row(
            cells=(
                said(say.row_name(RowRef("activity", one.activity)), one.activity),
                said(say.t("reg-change.assessment-why"), *(say.text(each) for each in one.changed)),
            )
        )
        for one in found.assessments
    )
    return _section(say, "assessments", ("assessment", "why"), rows)
