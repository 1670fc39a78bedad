"""What the page of one vetting shows: what is declared against what was seen, then the decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chengnuo.base.digest import short
from chengnuo.domain.finding.package_names import subject_text
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_verdict import CAPABILITY
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.kit_check import SIDES, rows_of_kit
from chengnuo.domain.governance.kit_vetting import KitAsk, KitResult, KitVetting, usual_term
from chengnuo.domain.governance.release import ReleaseState
from chengnuo.domain.governance.vetting import KitDecision
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_kits_view import (
    KITS_PATH,
    kit_standing,
    kit_state,
    kit_title,
    recipient_cell,
)
from chengnuo.doors.web.console_release_parts import declared_cell
from chengnuo.doors.web.console_release_view import findings_section, sdks_section
from chengnuo.doors.web.console_releases_view import UNDECIDED, VERDICTS, FieldError, ReleaseWords
from chengnuo.doors.web.four_eyes import FourEyes
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Row,
    Section,
    Status,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.ports.accounts import Account, Role
from chengnuo.ports.releases import ReleasePaper

MOST_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKit:
    """What was found in a kit: all of it, and names for it."""

    report: PackageReport
    words: ReportWords


@dataclass(frozen=True, slots=True, kw_only=True)
class KitPage:
    """One vetting.

    Attributes:
        title: The SDK and its version.
        href: Where its forms are posted to, without the act.
        status: How far it is, or how its decision stands.
        lead: What comes next.
        sections: Decision and result first.
        files: Reports and attestation, as links.
        withdrawal: Whether it asks that an approval be withdrawn.
        decides: Whether to offer to approve or refuse.
        approves: Whether approving is possible; else it can only be refused.
        needs_words: Whether an approval needs conditions.
        expires: The last day that stands in the form.
        takes_back: Whether to offer to take it back.
        asks: Whether to offer to ask for the withdrawal of the approval.
        errors: What was wrong with the form.
        eyes: Who asked and who may decide, while it waits for that.

    """

    title: str
    href: str
    status: Status
    lead: str
    sections: tuple[Section, ...]
    files: tuple[Words, ...]
    withdrawal: bool
    decides: bool
    approves: bool
    needs_words: bool
    expires: str
    takes_back: bool
    asks: bool
    errors: tuple[FieldError, ...]
    eyes: FourEyes | None


def kit_page(  # noqa: PLR0913  what the page is made from
    say: ReleaseWords,
    me: Account,
    kit: KitVetting,
    today: date,
    *,
    may_decide: bool,
    may_ask: bool,
    found: FoundKit | None,
    eyes: FourEyes,
    errors: tuple[FieldError, ...] = (),
) -> KitPage:
    """Return the page of a vetting.

    Args:
        say: Words.
        me: Who looks.
        kit: Which.
        today: Civil day in the mainland.
        may_decide: Whether they may decide it.
        may_ask: Whether its withdrawal can be asked for now.
        found: What was found in it; None before it is inspected.
        eyes: Who asked and who may decide it.
        errors: What was wrong with the form.

    """
    result = kit.result
    decides = may_decide and kit.state is ReleaseState.INSPECTED and result is not None
    withdrawal = kit.asks is KitAsk.WITHDRAWAL
    version = "" if result is None else result.version
    vetted = kit.vetted
    return KitPage(
        title=f"{kit_title(kit)} {version}".strip(),
        href=f"{KITS_PATH}/{kit.id}",
        status=kit_state(say, kit)
        if vetted is None
        else kit_standing(
            say, vetted, today, Words(text=kit_title(kit), href=f"{KITS_PATH}/{kit.id}")
        ),
        lead=_lead(say, kit, may_decide=may_decide),
        sections=tuple(_sections(say, kit, found)),
        files=tuple(_files(say, kit)),
        withdrawal=withdrawal,
        decides=decides,
        approves=decides and (withdrawal or (result is not None and not result.critical)),
        needs_words=result is not None and result.verdict is not GateVerdict.PASSES,
        expires=usual_term(today).isoformat(),
        takes_back=kit.submitted_by == me.id and kit.state.is_open and me.role is not Role.AUDITOR,
        asks=may_ask and me.role is not Role.AUDITOR,
        errors=errors,
        eyes=eyes if kit.state in UNDECIDED else None,
    )


def _lead(say: ReleaseWords, kit: KitVetting, *, may_decide: bool) -> str:
    if kit.state is not ReleaseState.INSPECTED or kit.result is None:
        decision = "" if kit.decision is None else f"-{kit.decision}"
        return say.t(f"kits.lead-{kit.state}{decision}")
    if not may_decide:
        return say.t("kits.lead-others")
    if kit.asks is KitAsk.WITHDRAWAL:
        return say.t("kits.lead-withdrawal")
    if kit.result.critical:
        return say.t("kits.lead-critical")
    passes = kit.result.verdict is GateVerdict.PASSES
    return say.t("kits.lead-clean" if passes else "kits.lead-conditions")


def _sections(say: ReleaseWords, kit: KitVetting, found: FoundKit | None) -> Iterator[Section]:
    yield Section(
        anchor="result", name=say.t("releases.result"), facts=tuple(_result_facts(say, kit))
    )
    if found is not None:
        yield _compared(say, found)
    yield Section(anchor="package", name=say.t("kits.package"), facts=tuple(_about(say, kit)))
    if found is not None:
        yield findings_section(say, found.report)
        yield sdks_section(say, found.report, found.words)


def _result_facts(say: ReleaseWords, kit: KitVetting) -> Iterator[Fact]:
    result, ruling = kit.result, kit.ruling
    if kit.error:
        yield _fact(say, "result", said(error_text(kit.error, say.lang)))
    if result is not None:
        yield _fact(say, "result", (_verdict(say, result),))
        yield _fact(say, "recipient", recipient_cell(say, result.recipient))
        about = tuple(Words(text=one, code=True) for one in result.sdks)
        yield _fact(say, "sdks", about or said(say.t("kits.no-sdks")))
        yield _fact(say, "version", said(result.version or say.t("kits.any-version")))
        yield _fact(say, "limits", said(CAPABILITY.in_lang(say.lang)))
    if kit.withdraws is not None:
        yield _fact(say, "withdraws", linked(short(kit.withdraws), f"{KITS_PATH}/{kit.withdraws}"))
        yield _fact(say, "why", said(kit.why))
    if ruling is None:
        return
    alone = say.t("releases.single") if ruling.single_person else ""
    yield _fact(say, "decided", said(say.who(ruling.by), moment(ruling.at), alone))
    if kit.decision is not None:
        yield _fact(say, "decision", said(kit.decision.text.in_lang(say.lang)))
    if ruling.words and kit.asks is KitAsk.APPROVAL:
        approved = kit.decision is KitDecision.APPROVED
        yield _fact(say, "conditions" if approved else "reason", said(ruling.words))
    if ruling.expires is not None:
        yield _fact(say, "expires", said(ruling.expires.isoformat()))


def _verdict(say: ReleaseWords, result: KitResult) -> Words:
    word = result.verdict.text.in_lang(say.lang)
    notes = [say.t("kits.undeclared", n=result.undeclared)] if result.undeclared else []
    counts = (f"{severity.text.in_lang(say.lang)} {count}" for severity, count in result.counts)
    notes += [" · ".join(counts)] if result.counts else []
    return Words(status=Status(kind=VERDICTS[result.verdict], word=word), notes=tuple(notes))


def _compared(say: ReleaseWords, found: FoundKit) -> Section:
    rows, words = rows_of_kit(found.report), found.words
    lines: Sequence[Row] = [
        Row(
            cells=(
                said(words.thing(one.subject, one.what).in_lang(say.lang)),
                said(subject_text(one.subject).in_lang(say.lang)),
                said(SIDES[one.side].in_lang(say.lang)),
                declared_cell(say, one),
            )
        )
        for one in rows[:MOST_ROWS]
    ]
    heads = ("thing", "sort", "side", "rows")
    table = Table(
        caption=say.t("kits.compared"),
        heads=tuple(say.t(f"releases.head-{head}") for head in heads),
        rows=tuple(lines),
        empty=Empty(
            name=say.t("kits.compared-none"),
            text=say.t("empty.compared"),
            href="/console/releases/kits",
            act=say.t("nav.kits"),
        ),
    )
    is_cut = len(rows) > MOST_ROWS
    return Section(
        anchor="compared",
        name=say.t("kits.compared"),
        term=str(len(rows)),
        lead=say.t("releases.top", n=MOST_ROWS, of=len(rows)) if is_cut else "",
        tables=(table,),
    )


def _about(say: ReleaseWords, kit: KitVetting) -> Iterator[Fact]:
    yield _fact(say, "file", said(kit.file_name or "—", f"{kit.size:,} B"))
    yield Fact(name="SHA-256", value=(Words(text=kit.sha256, hash=True),))
    yield _fact(say, "submitted", said(say.who(kit.submitted_by), moment(kit.submitted_at)))
    if kit.result is not None:
        versions = (
            say.t("releases.register-version", version=short(kit.result.register)),
            say.t("releases.law-version", version=kit.result.law),
            say.t("releases.knowledge-version", version=kit.result.knowledge),
        )
        yield _fact(say, "rests-on", said(*versions))


def _files(say: ReleaseWords, kit: KitVetting) -> Iterator[Words]:
    href = f"{KITS_PATH}/{kit.id}"
    if kit.result is not None:
        yield Words(text=say.t("releases.report-page"), href=f"{href}/report.html")
        yield Words(text=say.t("releases.report-json"), href=f"{href}/{ReleasePaper.REPORT.value}")
    if kit.decision is not None:
        paper = ReleasePaper.ATTESTATION.value
        yield Words(text=say.t("releases.attestation"), href=f"{href}/{paper}")


def _fact(say: ReleaseWords, name: str, value: Cell) -> Fact:
    return Fact(name=say.t(f"kits.fact-{name}"), value=value)
