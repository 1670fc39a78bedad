"""The page that says in plain words whether all is well with the evidence log."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_mends import with_mend
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.growth_picture import GrowthCourse, growth_course, growth_plot
from chengnuo.doors.web.page_parts import (
    Citation,
    Empty,
    Fact,
    Figure,
    Mend,
    Row,
    Section,
    Status,
    StatusKind,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.ports.log_status import LogStatus
from chengnuo.ports.log_verifier import VerifierReport

_MIB = 1 << 20
_WHOLE = 0
_REFUSED = (1, 2)
_LONG_MESSAGE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlace:
    """Where the key above the keys of individuals is.

    Attributes:
        name: In words: a file name, `environment`, a token label.
        in_data_folder: Whether a copy of the data folder holds it too.
        forgets: Whether a destroyed key is gone even for one with an old copy of the place.

    """

    name: str
    in_data_folder: bool
    forgets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the verifier said.

    Attributes:
        whole: Whether the log is whole, which earns the seal.
        status: The verdict as a status.
        messages: What it said, the verdict first, each with its code.
        facts: What was counted, by which program, how long it took.

    """

    whole: bool
    status: Status
    messages: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """The state of the log.

    Attributes:
        status: Whether all is well.
        lead: The same in a sentence or two.
        figures: The numbers that matter.
        sections: Facts of the log and of its keys.
        kinds: How many records of each kind there are.
        growth: The picture; None for an empty log.
        growth_table: The same in numbers.
        verdict: What the verifier said just now, or None.
        error: Why it could not be run, or empty.
        reads: Whether whoever looks may see records.

    """

    status: Status
    lead: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    kinds: Table
    growth: Drawing | None
    growth_table: Table
    verdict: Verdict | None
    error: str
    reads: bool


def evidence_page(  # noqa: PLR0913  what the page shows
    say: RecordWords,
    log: LogStatus,
    key: KeyPlace,
    *,
    vkeys: Sequence[str],
    reads: bool,
    report: VerifierReport | None,
    error: str,
) -> EvidencePage:
    """Return the page.

    Args:
        say: Words of records.
        log: The state of the log.
        key: Where the key above the keys of individuals is.
        vkeys: Public keys of the log that are in force.
        reads: Whether whoever looks may see records.
        report: What the verifier said just now.
        error: Why it could not be run.

    """
    records = "/console/evidence/records" if reads else ""
    course = growth_course(log.growth)
    return EvidencePage(
        status=_status(say, log),
        lead=_lead(say, log),
        figures=(
            Figure(
                name=say.t("evidence.records"), count=f"{log.size:,}", href=records, measure=True
            ),
            Figure(name=say.t("evidence.published"), count=f"{log.published:,}", measure=True),
            Figure(name=say.t("evidence.queued"), count=f"{log.queued:,}", measure=True),
        ),
        sections=(_log(say, log, vkeys), _keys(say, key)),
        kinds=_kinds(say, log, reads=reads),
        growth=None if course is None else _growth(say, course),
        growth_table=_growth_table(say, course),
        verdict=None if report is None else _verdict(say, report),
        error=error,
        reads=reads,
    )


def _status(say: RecordWords, log: LogStatus) -> Status:
    if log.failed:
        return with_mend(
            Status(kind=StatusKind.GRAVE, word=say.t("evidence.state-failed")), _log_mend(say)
        )
    if log.recovered:
        return Status(kind=StatusKind.WARN, word=say.t("evidence.state-recovered"))
    return Status(kind=StatusKind.FINE, word=say.t("evidence.state-fine"))


def _log_mend(say: RecordWords) -> Mend:
    """Return what mends a log that does not verify: a person, with the log as it is."""
    return Mend(
        citation=Citation(
            label=say.catalogue.citation("PIPL-51", say.lang),
            summary=say.catalogue.duty("PIPL-51").summary.in_lang(say.lang),
        ),
        row=Words(text=say.t("red.log"), href="/console/evidence"),
        proof=Words(text=say.t("red.report"), href="/console/evidence#verdict"),
        fix=Words(text=say.t("red.see-acts"), href="/console/incidents/new/discover"),
    )


def _lead(say: RecordWords, log: LogStatus) -> tuple[str, ...]:
    lines: list[str] = []
    if log.failed:
        lines.append(say.t("evidence.lead-failed", what=log.failed))
    if log.recovered:
        lines.append(say.t("evidence.lead-recovered", what=log.recovered))
    if not log.failed:
        waiting = log.size - log.published
        key = "evidence.lead-waiting" if waiting else "evidence.lead-fine"
        lines.append(say.t(key, n=f"{log.size:,}", waiting=f"{waiting:,}"))
    return tuple(lines)


def _log(say: RecordWords, log: LogStatus, vkeys: Sequence[str]) -> Section:
    at = log.checkpoint_at
    return Section(
        anchor="log",
        name=say.t("evidence.log"),
        facts=(
            _fact(say, "evidence.origin", Words(text=log.origin, code=True)),
            _fact(
                say,
                "evidence.checkpoint-at",
                Words(text=say.t("evidence.no-checkpoint") if at is None else moment(at)),
            ),
            _fact(
                say,
                "evidence.bytes",
                Words(text=say.t("evidence.mib", n=f"{log.bytes / _MIB:.1f}")),
            ),
            _fact(say, "evidence.vkey", *(Words(text=one, code=True) for one in vkeys)),
            Fact(
                name=say.t("evidence.public"),
                value=(
                    Words(text="/tlog/checkpoint", href="/tlog/checkpoint"),
                    Words(text="/tlog/log.json", href="/tlog/log.json"),
                ),
            ),
        ),
    )


def _keys(say: RecordWords, key: KeyPlace) -> Section:
    within = StatusKind.WARN if key.in_data_folder else StatusKind.FINE
    word = say.t("evidence.key-inside" if key.in_data_folder else "evidence.key-outside")
    note = say.t("evidence.key-inside-text" if key.in_data_folder else "evidence.key-outside-text")
    forgets = say.t("evidence.key-forgets" if key.forgets else "evidence.key-keeps")
    return Section(
        anchor="keys",
        name=say.t("evidence.keys"),
        status=Status(kind=within, word=word),
        lead=note,
        facts=(
            _fact(say, "evidence.key-place", Words(text=key.name, code=True)),
            _fact(say, "evidence.key-destroyed", Words(text=forgets)),
        ),
    )


def _kinds(say: RecordWords, log: LogStatus, *, reads: bool) -> Table:
    rows = tuple(
        Row(
            cells=(
                linked(say.kind(kind), f"/console/evidence/records?kind={kind}")
                if reads
                else said(say.kind(kind)),
                said(f"{count:,}"),
            )
        )
        for kind, count in sorted(log.kinds, key=lambda one: -one[1])
    )
    return Table(
        caption=say.t("evidence.kinds"),
        heads=(say.t("evidence.what"), say.t("evidence.count")),
        rows=rows,
        empty=Empty(
            name=say.t("evidence.empty"),
            text=say.t("evidence.empty-text"),
            href="/console/board",
            act=say.t("nav.board"),
        ),
        numbers=(1,),
    )


def _growth(say: RecordWords, course: GrowthCourse) -> Drawing:
    words = say.t("evidence.growth-label", start=course.start, end=course.end, n=f"{course.top:,}")
    title = say.t("evidence.growth-monthly" if course.monthly else "evidence.growth-daily")
    return growth_plot(course, Told(key="growth", title=title, words=words, lang=say.lang))


def _growth_table(say: RecordWords, picture: GrowthCourse | None) -> Table:
    points = () if picture is None else picture.points
    heads = ("day", "size", "added")
    return Table(
        caption=say.t("evidence.growth"),
        heads=tuple(say.t(f"evidence.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    said(point.day.isoformat()),
                    said(f"{point.size:,}"),
                    said(f"{point.added:,}"),
                )
            )
            for point in reversed(points)
        ),
        empty=Empty(
            name=say.t("evidence.empty"),
            text=say.t("evidence.empty-text"),
            href="/console/board",
            act=say.t("nav.board"),
        ),
        numbers=(1, 2),
    )


def _verdict(say: RecordWords, report: VerifierReport) -> Verdict:
    whole = report.status == _WHOLE
    kind = StatusKind.SHOWN if whole else StatusKind.WARN
    if report.status in _REFUSED:
        kind = StatusKind.GRAVE
    counted = tuple(
        Fact(name=say.t(f"evidence.counted.{name}"), value=said(f"{count:,}"))
        for name, count in report.checked
        if name in _COUNTED
    )
    return Verdict(
        whole=whole,
        status=with_mend(
            Status(kind=kind, word=say.t(f"evidence.verdict-{report.status}")), _log_mend(say)
        ),
        messages=tuple(
            (code, text.in_lang(say.lang)[:_LONG_MESSAGE]) for code, text in report.messages
        ),
        facts=(
            *counted,
            _fact(say, "evidence.program", Words(text=report.program, code=True)),
            _fact(
                say,
                "evidence.took",
                Words(text=say.t("evidence.seconds", n=f"{report.seconds:.2f}")),
            ),
        ),
    )


_COUNTED = frozenset({"entries", "files", "chains", "kept"})


def _fact(say: RecordWords, key: str, *pieces: Words) -> Fact:
    return Fact(name=say.t(key), value=pieces)
