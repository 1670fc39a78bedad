"""What the JSON interface says of the register and the law: domain values in wire form."""

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.register.change_words import ChangeInWords, changes_in_words
from chengnuo.domain.register.diff import ConsentChange, RegisterDiff
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.duty import Duty


class Words(msgspec.Struct, frozen=True):
    """A text in Chinese, and in English where somebody wrote it."""

    zh: str
    en: str | None


class Row(msgspec.Struct, frozen=True):
    """A row of the register."""

    kind: str
    id: str


class FindingBody(msgspec.Struct, frozen=True, rename="camel"):
    """One fault."""

    id: str
    rule: str
    severity: str
    standing: str
    duties: tuple[str, ...]
    figures: tuple[str, ...]
    row: Row
    field: str
    title: Words
    message: Words
    fix: Words
    open: bool


class FindingsBody(msgspec.Struct, frozen=True, rename="camel"):
    """What a check found."""

    register_version: str
    law_version: str
    on: str
    rules_run: int
    findings: tuple[FindingBody, ...]


class ChangeBody(msgspec.Struct, frozen=True):
    """One change, in words."""

    row: Row
    reach: str
    what: Words
    before: Words
    after: Words


class ConsentBody(msgspec.Struct, frozen=True):
    """What becomes of one consent item."""

    item: str
    change: str
    differs: tuple[str, ...]


class DiffBody(msgspec.Struct, frozen=True):
    """The difference between two versions."""

    before: str
    after: str
    changes: tuple[ChangeBody, ...]
    consent: tuple[ConsentBody, ...]


class DutyBody(msgspec.Struct, frozen=True, rename="camel"):
    """One duty; its summary is our own, not the words of the law."""

    id: str
    instrument: str
    article: str | None
    kind: str
    standing: str
    title: Words
    summary: Words
    parts: tuple[str, ...]
    related: tuple[str, ...]


class LawSetBody(msgspec.Struct, frozen=True, rename="camel"):
    """The duties of one set."""

    law_version: str
    set: str
    duties: tuple[DutyBody, ...]


class LawSetName(msgspec.Struct, frozen=True):
    """One set and how many duties it holds."""

    set: str
    count: int


class LawBody(msgspec.Struct, frozen=True, rename="camel"):
    """The sets of the law catalogue."""

    law_version: str
    sets: tuple[LawSetName, ...]


def findings_body(report: CheckReport) -> FindingsBody:
    """Return a check's findings in wire form."""
    return FindingsBody(
        register_version=report.register_version,
        law_version=str(report.law_version),
        on=report.on.isoformat(),
        rules_run=report.rules_run,
        findings=tuple(_finding(finding) for finding in report.findings),
    )


def diff_body(change: RegisterDiff) -> DiffBody:
    """Return a difference in wire form."""
    return DiffBody(
        before=change.before,
        after=change.after,
        changes=tuple(_change(one) for one in changes_in_words(change)),
        consent=tuple(_consent(one) for one in change.consent),
    )


def duty_body(duty: Duty) -> DutyBody:
    """Return a duty in wire form."""
    return DutyBody(
        id=duty.id,
        instrument=duty.instrument,
        article=duty.article,
        kind=duty.kind,
        standing=duty.standing,
        title=_words(duty.title),
        summary=_words(duty.summary),
        parts=duty.parts,
        related=duty.related,
    )


def law_set_body(catalogue: Catalogue, name: str) -> LawSetBody:
    """Return the duties of a set.

    Raises:
        UnknownLawSetError: No set has this name.

    """
    return LawSetBody(
        law_version=str(catalogue.version),
        set=name,
        duties=tuple(duty_body(duty) for duty in catalogue.in_set(name)),
    )


def law_body(catalogue: Catalogue) -> LawBody:
    """Return the names of the sets."""
    return LawBody(
        law_version=str(catalogue.version),
        sets=tuple(LawSetName(set=name, count=len(ids)) for name, ids in catalogue.sets.items()),
    )


def _finding(finding: Finding) -> FindingBody:
    return FindingBody(
        id=finding.id,
        rule=finding.rule,
        severity=finding.severity,
        standing=finding.standing,
        duties=finding.duties,
        figures=finding.figures,
        row=Row(kind=finding.row.kind, id=finding.row.id),
        field=finding.field,
        title=_words(finding.title),
        message=_words(finding.message),
        fix=_words(finding.fix),
        open=finding.is_open,
    )


def _change(change: ChangeInWords) -> ChangeBody:
    return ChangeBody(
        row=Row(kind=change.row.kind, id=change.row.id),
        reach=change.reach,
        what=_words(change.what),
        before=_words(change.before),
        after=_words(change.after),
    )


def _consent(change: ConsentChange) -> ConsentBody:
    return ConsentBody(item=change.id, change=change.kind, differs=tuple(change.differs))


def _words(text: Text) -> Words:
    return Words(zh=text.zh, en=text.en)
