"""What the page of one release shows: its result first, then what may be done about it.

What somebody may do is offered to them alone, and why nothing is offered is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from chengnuo.base.digest import short
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_verdict import CAPABILITY, delta_words, drift_words, verdict
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.governance.gate import Gate
from chengnuo.domain.governance.release import Release, ReleaseState
from chengnuo.domain.governance.release_clock import clock_of
from chengnuo.domain.governance.vetting import UnvettedKit
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_kits_view import KITS_PATH
from chengnuo.doors.web.console_mends import finding_mend, with_mend
from chengnuo.doors.web.console_release_parts import StartPart, compared, files_of, start_part
from chengnuo.doors.web.console_releases_view import (
    PATH,
    UNDECIDED,
    FieldError,
    ReleaseWords,
    result_cell,
)
from chengnuo.doors.web.four_eyes import FourEyes
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
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
from chengnuo.ports.accounts import Account, Role

MOST_FINDINGS = 200
_SEVERITIES = {
    Severity.CRITICAL: StatusKind.GRAVE,
    Severity.HIGH: StatusKind.WARN,
    Severity.MEDIUM: StatusKind.MILD,
    Severity.LOW: StatusKind.NOTE,
    Severity.NOTE: StatusKind.NOTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in a release.

    Attributes:
        report: All of it.
        gate: What the gate says of it.
        missing: Its SDKs without an approval in force.
        words: Names of SDKs, categories and articles.
        picture: Its first start, as SVG elements; empty where nothing runs.

    """

    report: PackageReport
    gate: Gate
    missing: tuple[UnvettedKit, ...]
    words: ReportWords
    picture: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePage:
    """One release.

    Attributes:
        title: App and version.
        href: Where its forms are posted to, without the act.
        status: How far it is.
        lead: What comes next.
        sections: Result, findings, SDKs, decision.
        start: What runs at the first start; None before it is inspected.
        files: Reports and attestation, as links.
        decides: Whether to offer to sign off or send back.
        signs: Whether signing off is possible; else it can only be sent back.
        needs_reason: Whether signing off needs a reason.
        withdraws: Whether to offer to withdraw.
        errors: What was wrong with the form.
        eyes: Who asked and who may decide, while it waits for that.

    """

    title: str
    href: str
    status: Status
    lead: str
    sections: tuple[Section, ...]
    start: StartPart | None
    files: tuple[Words, ...]
    decides: bool
    signs: bool
    needs_reason: bool
    withdraws: bool
    errors: tuple[FieldError, ...]
    eyes: FourEyes | None


def release_page(  # noqa: PLR0913  what the page is made from
    say: ReleaseWords,
    me: Account,
    release: Release,
    *,
    may_decide: bool,
    found: Found | None,
    eyes: FourEyes,
    errors: tuple[FieldError, ...] = (),
) -> ReleasePage:
    """Return the page of a release.

    Args:
        say: Words.
        me: Who looks.
        release: Which.
        may_decide: Whether they may decide it.
        found: What was found in it; None before it is inspected.
        eyes: Who submitted it and who may decide it.
        errors: What was wrong with the form.

    """
    sections = [_about(say, release)]
    gate = None if found is None else found.gate
    start = None
    if found is not None:
        report, words = found.report, found.words
        whole = Words(text=say.t("releases.report-page"), href=f"{PATH}/{release.id}/report.html")
        start = start_part(say, report, words, found.picture)
        sections += [
            findings_section(say, report),
            *compared(say, report, words, whole),
            sdks_section(say, report, words),
            *_unvetted(say, found),
        ]
    decides = may_decide and release.state is ReleaseState.INSPECTED and gate is not None
    return ReleasePage(
        title=say.title(release),
        href=f"{PATH}/{release.id}",
        status=say.state(release),
        lead=_lead(say, release, gate, may_decide=may_decide),
        sections=(_seen(say, release, found), *sections),
        start=start,
        files=tuple(files_of(say, release)),
        decides=decides,
        signs=decides and gate is not None and not gate.critical,
        needs_reason=gate is not None and gate.needs_reason,
        withdraws=release.submitted_by == me.id
        and release.state.is_open
        and me.role is not Role.AUDITOR,
        errors=errors,
        eyes=eyes if release.state in UNDECIDED else None,
    )


def _lead(say: ReleaseWords, release: Release, gate: Gate | None, *, may_decide: bool) -> str:
    if release.state is not ReleaseState.INSPECTED or gate is None:
        return say.t(f"releases.lead-{release.state}")
    if not may_decide:
        return say.t("releases.lead-others")
    if gate.critical:
        return say.t("releases.lead-critical")
    return say.t("releases.lead-reason" if gate.needs_reason else "releases.lead-clean")


def _seen(say: ReleaseWords, release: Release, found: Found | None) -> Section:
    facts = [_fact(say, "result", result_cell(say, release))]
    if found is not None:
        report = found.report
        lines = [verdict(report.inspection, report.findings)]
        lines += [] if report.drift is None else [drift_words(report.drift)]
        lines += [] if report.delta is None else [delta_words(report.delta)]
        facts.append(_fact(say, "seen", tuple(Words(text=one.in_lang(say.lang)) for one in lines)))
        facts.append(_fact(say, "limits", said(CAPABILITY.in_lang(say.lang))))
    if release.decision is not None:
        decision = release.decision
        alone = say.t("releases.single") if decision.single_person else ""
        facts.append(_fact(say, "decided", said(say.who(decision.by), moment(decision.at), alone)))
        if decision.reason:
            facts.append(_fact(say, "reason", said(decision.reason)))
    return Section(anchor="result", name=say.t("releases.result"), facts=tuple(facts))


def _about(say: ReleaseWords, release: Release) -> Section:
    due = clock_of(release.submitted_at, say.days).due
    submitted = said(say.who(release.submitted_by), moment(release.submitted_at))
    clock = Words(
        status=say.clock(release),
        notes=(say.t("releases.due", day=due.isoformat()), say.t("releases.practice")),
    )
    facts = [
        _fact(say, "file", said(release.file_name or "—", f"{release.size:,} B")),
        Fact(name="SHA-256", value=(Words(text=release.sha256, hash=True),)),
        _fact(say, "submitted", submitted),
        _fact(say, "clock", (clock,)),
    ]
    result = release.result
    if result is not None:
        facts.append(
            _fact(
                say,
                "rests-on",
                said(
                    say.t("releases.register-version", version=short(result.register)),
                    say.t("releases.law-version", version=result.law),
                    say.t("releases.knowledge-version", version=result.knowledge),
                ),
            )
        )
        if result.before is not None:
            before = linked(short(result.before), f"{PATH}/{result.before}")
            facts.append(_fact(say, "before", before))
    return Section(anchor="package", name=say.t("releases.package"), facts=tuple(facts))


def findings_section(say: ReleaseWords, report: PackageReport) -> Section:
    """Return what is open."""
    open_ones = [one for one in report.findings if one.is_open]
    lead = say.t("releases.cut", n=MOST_FINDINGS) if len(open_ones) > MOST_FINDINGS else ""
    table = Table(
        caption=say.t("releases.findings"),
        heads=tuple(say.t(f"releases.head-{head}") for head in ("finding", "severity", "fix")),
        rows=tuple(_finding(say, one) for one in open_ones[:MOST_FINDINGS]),
        empty=Empty(
            name=say.t("releases.no-findings"),
            text=say.t("empty.release"),
            href="/console/releases",
            act=say.t("nav.releases"),
        ),
    )
    return Section(
        anchor="findings",
        name=say.t("releases.findings"),
        lead=lead,
        tables=(table,),
        term=str(len(open_ones)),
    )


def _severity(say: ReleaseWords, one: Finding) -> Status:
    status = Status(kind=_SEVERITIES[one.severity], word=one.severity.text.in_lang(say.lang))
    if say.register is None:
        return status
    speaker = Speaker(lang=say.lang, register=say.register, catalogue=say.catalogue)
    return with_mend(status, finding_mend(speaker, one))


def _finding(say: ReleaseWords, one: Finding) -> Row:
    severity = _severity(say, one)
    return Row(
        cells=(
            said(one.title.in_lang(say.lang), one.message.in_lang(say.lang), one.id),
            (Words(status=severity),),
            said(one.fix.in_lang(say.lang), " · ".join(one.duties)),
        )
    )


def sdks_section(say: ReleaseWords, report: PackageReport, words: ReportWords) -> Section:
    """Return the SDKs in the package."""
    table = Table(
        caption=say.t("releases.sdks"),
        heads=tuple(say.t(f"releases.head-{head}") for head in ("sdk", "version", "presence")),
        rows=tuple(
            Row(
                cells=(
                    said(words.owner(one.owner).in_lang(say.lang)),
                    said(one.version or "—"),
                    said(one.presence.text.in_lang(say.lang), one.moment.text.in_lang(say.lang)),
                )
            )
            for one in report.inspection.sdks
        ),
        empty=Empty(
            name=say.t("releases.no-sdks"),
            text=say.t("empty.release"),
            href="/console/releases",
            act=say.t("nav.releases"),
        ),
    )
    return Section(anchor="sdks", name=say.t("releases.sdks"), tables=(table,))


def _unvetted(say: ReleaseWords, found: Found) -> Iterator[Section]:
    """Yield the SDKs without an approval in force, each with the way to have it vetted."""
    if not found.missing:
        return
    rows = tuple(
        Row(
            cells=(
                said(found.words.owner(one.kit.owner).in_lang(say.lang), one.kit.version),
                said(one.why.text.in_lang(say.lang)),
                linked(say.t("releases.vet"), _vet_href(one)),
            )
        )
        for one in found.missing[:MOST_FINDINGS]
    )
    table = Table(
        caption=say.t("releases.unvetted"),
        heads=tuple(say.t(f"releases.head-{head}") for head in ("sdk", "why", "vet")),
        rows=rows,
    )
    fails = "fails" if found.gate.missing else "named"
    yield Section(
        anchor="unvetted",
        name=say.t("releases.unvetted"),
        term=str(len(found.missing)),
        lead=say.t(f"releases.unvetted-{fails}"),
        tables=(table,),
    )


def _vet_href(one: UnvettedKit) -> str:
    recipient = "" if one.vetting is None else one.vetting.recipient
    asked = urlencode({"recipient": recipient, "version": one.kit.version})
    return f"{KITS_PATH}?{asked}#submit"


def _fact(say: ReleaseWords, name: str, value: Cell) -> Fact:
    return Fact(name=say.t(f"releases.fact-{name}"), value=value)
