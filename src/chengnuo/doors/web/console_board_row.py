"""One row of the pledge board: the duty, each control with its runs and faults, and what to do.

What is wrong is cited with article, row and proof, and stands first. Every control says on what it
looks, how often, when it fails, when it last ran, on how much, and where that run is recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.domain.finding.board import BoardRow, ControlRun
from chengnuo.domain.finding.control import Outcome
from chengnuo.domain.finding.control_run import KeptRun, KeptStatus
from chengnuo.domain.finding.declared_control import DeclaredControl
from chengnuo.domain.finding.live import LiveOutcome, LiveRun
from chengnuo.doors.texts import moment
from chengnuo.doors.web.board_history import row_history, row_table
from chengnuo.doors.web.console_board import row_href, row_status
from chengnuo.doors.web.console_mends import (
    board_mend,
    kept_run_mend,
    run_mend,
    with_mend,
    worst_mend,
)
from chengnuo.doors.web.console_record_faults import fault_words, fix_words, newest_words
from chengnuo.doors.web.page_parts import (
    Cell,
    Citation,
    Empty,
    Fact,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.public_board_page import KINDS
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import Drawing

MOST_RUNS = 30
_FAILED = LiveOutcome.FAILED.value
_ENDED: Mapping[str, StatusKind] = {
    LiveOutcome.PASSED: StatusKind.FINE,
    LiveOutcome.SAMPLED: StatusKind.FINE,
    LiveOutcome.FAILED: StatusKind.GRAVE,
    LiveOutcome.COULD_NOT_RUN: StatusKind.WARN,
    LiveOutcome.STALE: StatusKind.WARN,
    LiveOutcome.NOT_APPLICABLE: StatusKind.NOTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    """The page of a row.

    Attributes:
        id: Id of the duty.
        title: The duty in plain words.
        summary: Our own summary of it.
        cites: The articles, each with our summary.
        status: Its status.
        why: Why it stands so.
        declare: Where it can be declared not to apply; empty for who may not.
        controls: Its controls, those that fail first.
        without: What stands where it has none.
        history: How it stood from day to day; None before the first day.
        turns: The days on which it changed.
        runs: The newest runs of its controls.

    """

    id: str
    title: str
    summary: str
    cites: tuple[Citation, ...]
    status: Status
    why: str
    declare: str
    controls: tuple[Section, ...]
    without: Empty
    history: Drawing | None
    turns: Table
    runs: Table


def row_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    row: BoardRow,
    kept: Mapping[str, KeptRun],
    runs: Sequence[KeptRun],
    past: Sequence[KeptStatus],
    *,
    declares: bool = False,
) -> RowPage:
    """Return the page of a row.

    Args:
        say: Words.
        row: The row.
        kept: The newest run of each control, by its id.
        runs: The newest runs of its controls, the newest first.
        past: What the board said of it, by day, the oldest first.
        declares: Whether whoever looks may declare it not to apply.

    """
    duty = row.duty
    sections = [
        *((one.result.outcome.value, _live(say, one, kept)) for one in row.live),
        *((one.result.outcome.value, _run(say, one, kept)) for one in row.runs),
    ]
    titles = {one.id: one.title for one in controls_of(row)}
    return RowPage(
        id=duty.id,
        title=duty.title.in_lang(say.lang),
        summary=duty.summary.in_lang(say.lang),
        cites=tuple(
            Citation(
                label=say.catalogue.citation(one, say.lang),
                summary=say.catalogue.duty(one).summary.in_lang(say.lang),
            )
            for one in duty.related
        ),
        status=row_status(say, row),
        why=row.why.in_lang(say.lang),
        declare=f"{row_href(duty.id)}/not-applicable" if declares else "",
        controls=tuple(one for _, one in sorted(sections, key=lambda pair: pair[0] != _FAILED)),
        without=Empty(
            name=say.t("board.no-control"),
            text=say.t("board.no-control-text"),
            href="/console/recorded-controls" if say.opens else "",
            act=say.t("board.enter-control"),
        ),
        history=row_history(say, past),
        turns=row_table(say, past, KINDS, board_mend(say, row)),
        runs=_runs(
            say,
            duty.id,
            runs,
            {name: text.in_lang(say.lang) for name, text in titles.items()},
            frozenset(run.control.id for run in row.runs),
        ),
    )


def controls_of(row: BoardRow) -> tuple[DeclaredControl, ...]:
    """Return the controls of a row."""
    return (*(run.control for run in row.live), *(run.control for run in row.runs))


def _runs(
    say: Speaker,
    duty: str,
    runs: Sequence[KeptRun],
    titles: Mapping[str, str],
    declared: frozenset[str],
) -> Table:
    heads = ("ran", "control", "looked-at", "outcome", "record")
    return Table(
        caption=say.t("board.runs"),
        heads=tuple(say.t(f"board.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    said(moment(one.at)),
                    said(titles.get(one.control, one.control)),
                    said(f"{one.looked_at:,}"),
                    (Words(status=_kept(say, one, declared, duty)), *_wrong(say, one)),
                    _record(say, one),
                )
            )
            for one in runs
        ),
        numbers=(2,),
        empty=Empty(
            name=say.t("board.no-runs"),
            text=say.t("board.no-runs-text"),
            href="/console/board",
            act=say.t("nav.board"),
        ),
    )


def _kept(say: Speaker, run: KeptRun, declared: frozenset[str], duty: str) -> Status:
    return with_mend(_ended(say, _outcome(run, declared)), kept_run_mend(say, duty, run))


def _outcome(run: KeptRun, declared: frozenset[str]) -> Outcome | LiveOutcome:
    """Return how a run ended; one over the register has seen what is declared, and no more."""
    return Outcome(run.outcome.value) if run.control in declared else run.outcome


def _wrong(say: Speaker, run: KeptRun) -> Cell:
    return said(say.t("board.wrong", n=f"{run.wrong:,}")) if run.wrong else ()


def _record(say: Speaker, run: KeptRun) -> Cell:
    text = say.t("console.board.record", n=f"{run.position:,}")
    href = f"/console/evidence/records/{run.position}" if say.opens else ""
    return (Words(text=text, href=href),)


def _ended(say: Speaker, outcome: Outcome | LiveOutcome) -> Status:
    kind = _ENDED.get(outcome.value, StatusKind.NONE)
    return Status(kind=kind, word=outcome.text.in_lang(say.lang))


def _facts(
    say: Speaker, control: DeclaredControl, kept: Mapping[str, KeptRun], looked_at: int
) -> Iterator[Fact]:
    looks = say.t("board.counted", what=control.looks_at.in_lang(say.lang), n=f"{looked_at:,}")
    yield Fact(name=say.t("board.looked-at"), value=said(looks))
    yield Fact(name=say.t("board.fails-when"), value=said(control.fails_when.in_lang(say.lang)))
    yield Fact(name=say.t("board.how-often"), value=said(control.how_often.in_lang(say.lang)))
    run = kept.get(control.id)
    if run is None:
        yield Fact(name=say.t("board.ran"), value=said(say.t("board.not-recorded")))
    else:
        yield Fact(name=say.t("board.ran"), value=(*said(moment(run.at)), *_record(say, run)))


def _live(say: Speaker, run: LiveRun, kept: Mapping[str, KeptRun]) -> Section:
    """Return a control over records, with the records that it found wrong."""
    result, control = run.result, run.control
    facts = list(_facts(say, control, kept, result.looked_at))
    if result.why is not None:
        facts.append(Fact(name=say.t("board.says"), value=said(result.why.in_lang(say.lang))))
    if control.rests_on and result.wrong:
        labels = [say.catalogue.citation(one, say.lang) for one in control.rests_on]
        facts.append(Fact(name=say.t("board.offends"), value=said(say.joined(labels))))
    if fix := fix_words(say, run):
        facts.append(Fact(name=say.t("board.fix"), value=said(fix)))
    if result.newest and not result.faults:
        facts.append(Fact(name=say.t("board.newest"), value=(newest_words(say, result.newest),)))
    faults = tuple(
        Row(
            cells=(
                said(fault.what.in_lang(say.lang)),
                fault_words(say, fault),
            )
        )
        for fault in result.faults
    )
    left = result.wrong - len(result.faults)
    return Section(
        anchor=f"control-{control.id}",
        name=control.title.in_lang(say.lang),
        status=with_mend(_ended(say, result.outcome), run_mend(say, run)),
        lead=say.t("console.board.more", n=left) if faults and left else "",
        facts=tuple(facts),
        tables=_tables(say, ("board.fault", "board.where"), faults),
    )


def _run(say: Speaker, run: ControlRun, kept: Mapping[str, KeptRun]) -> Section:
    """Return a control over the register, with the rows that it found wrong and the fix of each."""
    result, control = run.result, run.control
    faults = tuple(
        Row(
            cells=(
                said(
                    one.message.in_lang(say.lang),
                    *(say.catalogue.citation(duty, say.lang) for duty in one.duties[:1]),
                ),
                (
                    say.row_words(one.row),
                    Words(
                        text=say.t("console.findings.title"),
                        href=f"/console/findings#rule-{one.rule}",
                    ),
                ),
                said(one.fix.in_lang(say.lang)),
            )
        )
        for one in result.findings
    )
    return Section(
        anchor=f"control-{control.id}",
        name=control.title.in_lang(say.lang),
        status=_ended_over_register(say, run),
        facts=tuple(_facts(say, control, kept, result.looked_at)),
        tables=_tables(say, ("board.fault", "board.where", "board.fix"), faults),
        more=None if faults else Words(text=say.t("board.see-register"), href="/console/register"),
    )


def _ended_over_register(say: Speaker, run: ControlRun) -> Status:
    status, mend = _ended(say, run.result.outcome), worst_mend(say, run.result.findings)
    return status if mend is None else with_mend(status, mend)


def _tables(say: Speaker, heads: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[Table, ...]:
    if not rows:
        return ()
    return (
        Table(caption=say.t("board.faults"), heads=tuple(say.t(head) for head in heads), rows=rows),
    )
