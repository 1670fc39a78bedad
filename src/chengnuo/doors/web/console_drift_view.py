"""What the page of drift shows: the figure over time, each source, and every row that is apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.digest import short
from chengnuo.base.instant import from_us
from chengnuo.domain.finding.drift import DriftLine, DriftSource, Thing, percent
from chengnuo.domain.finding.drift_words import ARROW
from chengnuo.domain.finding.finding import FindingId
from chengnuo.domain.finding.package_report import Side
from chengnuo.doors.texts import moment
from chengnuo.doors.web.drift_picture import DriftPoint, drift_picture
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Figure,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import CategoryId
from chengnuo.usecases.inspection.drift_history import DriftSeen, SourceFigure

PATH = "/console/drift"
MOST_LINES = 300
MOST_RUNS = 60
_SIDES = {
    Side.USED_NOT_DECLARED: StatusKind.WARN,
    Side.DECLARED_NOT_USED: StatusKind.NOTE,
    Side.AGREED: StatusKind.FINE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftOverTime:
    """The page.

    Attributes:
        figures: The newest figure, of all and of each source.
        on: When the newest run was, in words; empty for none.
        picture: The figure over time; None before the first run.
        runs: The same as a table.
        sections: What is apart, source by source.

    """

    figures: tuple[Figure, ...]
    on: str
    picture: Drawing | None
    runs: Table
    sections: tuple[Section, ...]


def drift_page(say: Speaker, runs: Sequence[DriftSeen]) -> DriftOverTime:
    """Return the page.

    Args:
        say: Words.
        runs: The recorded runs, the oldest first.

    """
    newest = runs[-1] if runs else None
    return DriftOverTime(
        figures=() if newest is None else tuple(_figures(say, newest)),
        on="" if newest is None else moment_of(newest),
        picture=_picture(say, runs),
        runs=_runs(say, runs),
        sections=() if newest is None else tuple(_sections(say, newest)),
    )


def _picture(say: Speaker, runs: Sequence[DriftSeen]) -> Drawing | None:
    points = [
        DriftPoint(one.at, civil_date(from_us(one.at)), one.share)
        for one in runs
        if one.share is not None
    ]
    if not points:
        return None
    first, last = points[0], points[-1]
    words = say.t(
        "drift.label",
        start=first.day,
        end=last.day,
        first=first.share / 10,
        last=last.share / 10,
    )
    told = Told(key="drift", title=say.t("drift.caption"), words=words, lang=say.lang)
    return drift_picture(told, points)


def moment_of(run: DriftSeen) -> str:
    """Return when a run was recorded."""
    return moment(from_us(run.at))


def _figures(say: Speaker, run: DriftSeen) -> Iterator[Figure]:
    yield Figure(name=say.t("drift.all"), count=percent(run.share), measure=True)
    for one in run.sources:
        yield Figure(
            name=one.source.text.in_lang(say.lang),
            count=percent(one.share),
            href=f"#{one.source}",
            measure=True,
        )


def _runs(say: Speaker, runs: Sequence[DriftSeen]) -> Table:
    rows = tuple(
        Row(
            cells=(
                linked(moment_of(one), f"/console/evidence/records/{one.position}"),
                said(percent(one.share)),
                said(f"{one.agreed} / {one.total}"),
                tuple(
                    Words(text=f"{each.source.text.in_lang(say.lang)} {percent(each.share)}")
                    for each in one.sources
                ),
                said(short(one.register)),
            )
        )
        for one in reversed(runs[-MOST_RUNS:])
    )
    heads = ("when", "share", "agree", "sources", "register")
    return Table(
        caption=say.t("drift.runs"),
        heads=tuple(say.t(f"drift.head-{head}") for head in heads),
        rows=rows,
        empty=Empty(
            name=say.t("drift.empty"),
            text=say.t("drift.empty-text"),
            href="/console/drift",
            act=say.t("nav.drift"),
        ),
        numbers=(1, 2),
    )


def _sections(say: Speaker, run: DriftSeen) -> Iterator[Section]:
    for figure in run.sources:
        lines = [one for one in run.lines if one.source is figure.source]
        heads = ("what", "state", "rows", "proof")
        table = Table(
            caption=figure.source.text.in_lang(say.lang),
            heads=tuple(say.t(f"drift.head-{head}") for head in heads),
            rows=tuple(_row(say, run, one) for one in lines[:MOST_LINES]),
            empty=Empty(
                name=say.t("drift.none-apart"),
                text=say.t("empty.drift"),
                href="/console/register",
                act=say.t("nav.register"),
            ),
        )
        more = len(lines) - MOST_LINES
        yield Section(
            anchor=figure.source,
            name=figure.source.text.in_lang(say.lang),
            term=f"{figure.agreed} / {figure.total}",
            lead=_read(say, figure) + (say.t("drift.more", n=more) if more > 0 else ""),
            tables=(table,),
        )


def _read(say: Speaker, figure: SourceFigure) -> str:
    names = (
        f"{one.name} ({short(one.digest)})" if one.digest else say.t("drift.records")
        for one in figure.read
    )
    return say.t("drift.read", names=say.joined(names))


def _row(say: Speaker, run: DriftSeen, line: DriftLine) -> Row:
    status = Status(kind=_SIDES[line.side], word=line.side.text.in_lang(say.lang))
    return Row(
        cells=(
            said(_name(say, line), line.thing.text.in_lang(say.lang)),
            (Words(status=status),),
            tuple(say.row_words(one) for one in line.rows) or said(say.t("word.none")),
            _proof(say, run, line),
        )
    )


def _name(say: Speaker, line: DriftLine) -> str:
    match line.thing:
        case Thing.INFORMATION:
            return say.category(CategoryId(line.what))
        case Thing.ACTIVITY if line.rows:
            return say.row_name(line.rows[0])
        case Thing.RECIPIENT if line.rows:
            return ARROW.join(say.row_name(one) for one in line.rows)
        case _:
            return line.what


def _wrong(say: Speaker, run: DriftSeen, finding: FindingId) -> Words:
    """Return what is wrong with a row, what it rests on and what to do; else the id alone."""
    wrong = run.wrong.get(finding)
    if wrong is None:
        return Words(text=finding, code=True)
    lang = say.lang
    articles = say.joined(say.catalogue.citation(one, lang) for one in wrong.duties)
    return Words(text=wrong.title.in_lang(lang), notes=(articles, wrong.fix.in_lang(lang), finding))


def _proof(say: Speaker, run: DriftSeen, line: DriftLine) -> Cell:
    """Return the findings and what they rest on; the statement of the run holds all of it."""
    record = Words(
        text=say.t("drift.record", n=run.position), href=f"/console/evidence/records/{run.position}"
    )
    findings = tuple(_wrong(say, run, one) for one in line.findings)
    if line.source is DriftSource.DECISIONS:
        count = line.proof[0] if line.proof else "0"
        return (Words(text=say.t("drift.times", n=count)), record)
    seen = (Words(text=" ".join(line.proof), code=True),) if line.proof else ()
    return (*findings, *seen, record)
