"""Parts of the page of a release: its first start, and how it stands to register and last release.

The picture comes drawn; a table beside it says the same. What is compared is shown in its first
rows, those that are apart, and the whole report holds the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from chengnuo.domain.finding.package_names import subject_text
from chengnuo.domain.finding.package_report import Delta, Drift, DriftRow, PackageReport, Side
from chengnuo.domain.finding.package_start import start_entries
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.governance.release import Release, ReleaseState
from chengnuo.doors.web.console_releases_view import PATH, ReleaseWords
from chengnuo.doors.web.page_parts import Cell, Empty, Row, Section, Table, Words, said
from chengnuo.ports.releases import ReleasePaper

MOST_ROWS = 12
MOST_ENTRIES = 200
MOST_DECLARED = 3
_START_HEADS = ("owner", "act", "phase", "beside", "places")
_DRIFT_HEADS = ("thing", "sort", "side", "rows")
_DELTA_HEADS = ("thing", "sort", "owner", "change")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPart:
    """What runs at the first start.

    Attributes:
        name: Its heading.
        lead: How to read it, or that nothing runs.
        picture: SVG elements; empty where nothing runs.
        table: The same as a table.

    """

    name: str
    lead: str
    picture: Markup
    table: Table


def start_part(
    say: ReleaseWords, report: PackageReport, words: ReportWords, picture: Markup
) -> StartPart:
    """Return what runs at the first start.

    Args:
        say: Words of the page.
        report: What was found.
        words: Names of SDKs and categories.
        picture: The same, drawn.

    """
    lang = say.lang
    rows = tuple(
        Row(
            cells=(
                said(words.owner(one.owner).in_lang(lang)),
                said(one.act.in_lang(lang)),
                said(one.phase.text.in_lang(lang)),
                said(one.moment.text.in_lang(lang)),
                said(str(len(one.observations))),
            )
        )
        for one in start_entries(report.inspection, words)[:MOST_ENTRIES]
    )
    name = say.t("releases.start")
    return StartPart(
        name=name,
        lead=say.t("releases.start-lead" if rows else "releases.start-none"),
        picture=picture,
        table=Table(
            caption=name,
            heads=_heads(say, _START_HEADS),
            rows=rows,
            numbers=(len(_START_HEADS) - 1,),
        ),
    )


def compared(
    say: ReleaseWords, report: PackageReport, words: ReportWords, whole: Words
) -> Iterator[Section]:
    """Yield how the package stands to the register, and to the last release, as far as known.

    Args:
        say: Words of the page.
        report: What was found.
        words: Names of SDKs and categories.
        whole: Link to the whole report.

    """
    if report.drift is not None:
        table = _drift(say, report.drift, words)
        yield _section(say, "drift", table, whole, report.drift.apart)
    if report.delta is not None:
        table = _delta(say, report.delta, words)
        yield _section(say, "delta", table, whole, len(report.delta.rows))


def _drift(say: ReleaseWords, drift: Drift, words: ReportWords) -> Table:
    apart = [one for one in drift.rows if one.side is not Side.AGREED]
    rows = tuple(
        Row(
            cells=(
                said(words.thing(one.subject, one.what).in_lang(say.lang)),
                said(subject_text(one.subject).in_lang(say.lang)),
                said(one.side.text.in_lang(say.lang)),
                declared_cell(say, one),
            )
        )
        for one in apart[:MOST_ROWS]
    )
    return _table(say, "drift", _DRIFT_HEADS, rows)


def declared_cell(say: ReleaseWords, one: DriftRow) -> Cell:
    """Return the first rows of the register that declare a thing, and how many more do."""
    shown = tuple(Words(text=str(row), code=True) for row in one.rows[:MOST_DECLARED])
    left = len(one.rows) - len(shown)
    more = (Words(text=say.t("releases.more-rows", n=left)),) if left else ()
    return (*shown, *more) or said("—")


def _delta(say: ReleaseWords, delta: Delta, words: ReportWords) -> Table:
    rows = tuple(
        Row(
            cells=(
                said(words.thing(one.subject, one.what).in_lang(say.lang)),
                said(subject_text(one.subject).in_lang(say.lang)),
                said(words.sdk_name(one.owner).in_lang(say.lang) if one.owner else "—"),
                said(one.change.text.in_lang(say.lang)),
            )
        )
        for one in delta.rows[:MOST_ROWS]
    )
    return _table(say, "delta", _DELTA_HEADS, rows)


def _table(say: ReleaseWords, name: str, heads: tuple[str, ...], rows: tuple[Row, ...]) -> Table:
    return Table(
        caption=say.t(f"releases.{name}"),
        heads=_heads(say, heads),
        rows=rows,
        empty=Empty(
            name=say.t(f"releases.{name}-none"),
            text=say.t("empty.release"),
            href="/console/releases",
            act=say.t("nav.releases"),
        ),
    )


def _section(say: ReleaseWords, name: str, table: Table, whole: Words, count: int) -> Section:
    """Return a part that shows the first rows of what is on one side only or was changed."""
    is_cut = count > len(table.rows)
    return Section(
        anchor=name,
        name=say.t(f"releases.{name}"),
        term=str(count),
        lead=say.t("releases.top", n=len(table.rows), of=count) if is_cut else "",
        tables=(table,),
        more=whole if is_cut else None,
    )


def _heads(say: ReleaseWords, heads: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(say.t(f"releases.head-{head}") for head in heads)


def files_of(say: ReleaseWords, release: Release) -> Iterator[Words]:
    """Yield its papers, as links."""
    href = f"{PATH}/{release.id}"
    if release.result is not None:
        yield Words(text=say.t("releases.report-page"), href=f"{href}/report.html")
        yield Words(text=say.t("releases.report-json"), href=f"{href}/{ReleasePaper.REPORT.value}")
    if release.state is ReleaseState.SIGNED_OFF:
        yield Words(
            text=say.t("releases.attestation"), href=f"{href}/{ReleasePaper.ATTESTATION.value}"
        )
