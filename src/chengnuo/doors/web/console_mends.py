"""What stands beside whatever is grave in the console: article, row, proof, and what mends it.

One function for each kind of thing that can be grave. Whatever rests on the register alone is
proved by the version of it that is kept and signed.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from chengnuo.domain.finding.board import BoardRow
from chengnuo.domain.finding.control_run import KeptRun
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.live import LiveRun
from chengnuo.domain.finding.live_findings import offended
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.web.console_agenda import Due, DueKind
from chengnuo.doors.web.page_parts import Citation, Mend, Status, StatusKind, Words
from chengnuo.doors.web.register_edit_href import edit_href
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.duty import Duty

RIGHTS_ARTICLE = "PIPL-50"
VERSIONS = "/console/versions"
_DUE_ARTICLES = {
    DueKind.ASSESSMENT: "PIPL-56",
    DueKind.AGREEMENT: "PIPL-21",
    DueKind.WAIVER: "pledge-9",
    DueKind.VETTING: "pledge-9",
    DueKind.CROSS_BORDER: "PIPL-38",
    DueKind.AUDIT: "PIPL-54",
    DueKind.CONSENT: "PIPL-14",
}


class Says(Protocol):
    """Whatever says things in one language."""

    def t(self, key: str, /, **places: object) -> str:
        """Return a text."""
        ...


def with_mend(status: Status, mend: Mend) -> Status:
    """Return a status with what mends it, if it is grave."""
    return replace(status, mend=mend) if status.kind is StatusKind.GRAVE else status


def cited(say: Speaker, duty: str) -> Citation:
    """Return a duty by its number, summed up."""
    return Citation(
        label=say.catalogue.citation(duty, say.lang),
        summary=say.catalogue.duty(duty).summary.in_lang(say.lang),
    )


def version_words(say: Says) -> Words:
    """Return the version of the register that shows what the register alone says."""
    return Words(text=say.t("red.version"), href=VERSIONS)


def record_words(say: Says, position: int, *, opens: bool = True) -> Words:
    """Return a record of the log; a link for who may open records."""
    text = say.t("red.record", n=f"{position:,}")
    if not opens:
        return Words(text=text, notes=(say.t("console.board.who-opens"),))
    return Words(text=text, href=f"/console/evidence/records/{position}")


def row_fix(say: Speaker, row: RowRef, field: str = "", text: str = "") -> Words:
    """Return where a row is changed, for who may propose that; else its page."""
    href = edit_href(row.kind, row.id, field) if say.edits else say.row_words(row).href
    return Words(text=text or say.t("red.to-row"), href=href)


def finding_mend(say: Speaker, finding: Finding) -> Mend:
    """Return what mends a finding over the register."""
    return Mend(
        citation=cited(say, finding.duties[0]),
        row=say.row_words(finding.row),
        proof=version_words(say),
        fix=row_fix(say, finding.row, finding.field, finding.fix.in_lang(say.lang)),
    )


def run_mend(say: Speaker, run: LiveRun) -> Mend:
    """Return what mends what a control over records found."""
    board = f"/console/board/{run.control.duties[0]}"
    fix = "" if run.control.fix is None else run.control.fix.in_lang(say.lang)
    found = f"/console/findings#control-{run.control.id}"
    return Mend(
        citation=cited(say, next(iter(offended(run)), run.control.duties[0])),
        row=Words(text=run.control.title.in_lang(say.lang), href=board),
        proof=_newest_fault(say, run) or Words(text=say.t("red.runs"), href=f"{board}#runs"),
        fix=Words(text=fix or say.t("red.see-faults"), href=found if run.result.faults else board),
    )


def board_mend(say: Speaker, row: BoardRow) -> Mend:
    """Return what mends a row of the board: its first fault."""
    duty = next(iter(row.duty.related), row.duty.id)
    href = f"/console/board/{row.duty.id}"
    for run in row.live:
        if run.result.wrong:
            mend = run_mend(say, run)
            fix = replace(mend.fix, href=f"{href}#control-{run.control.id}")
            return replace(mend, citation=cited(say, duty), fix=fix)
    findings = [one for run in row.runs for one in run.result.findings]
    if findings:
        return replace(finding_mend(say, findings[0]), citation=cited(say, duty))
    return duty_mend(say, row.duty)


def duty_mend(say: Speaker, duty: Duty) -> Mend:
    """Return where it is said what is wrong with a row of the board."""
    href = f"/console/board/{duty.id}"
    return Mend(
        citation=cited(say, next(iter(duty.related), duty.id)),
        row=Words(text=duty.title.in_lang(say.lang), href=href),
        proof=Words(text=say.t("red.runs"), href=f"{href}#runs"),
        fix=Words(text=say.t("red.see-faults"), href=href),
    )


def kept_run_mend(say: Speaker, duty: str, run: KeptRun) -> Mend:
    """Return what mends what a recorded run found."""
    href = f"/console/board/{duty}"
    return Mend(
        citation=cited(say, duty),
        row=Words(text=say.t("red.board-row"), href=href),
        proof=record_words(say, run.position, opens=say.opens),
        fix=Words(text=say.t("red.see-faults"), href=f"{href}#control-{run.control}"),
    )


def request_mend(say: Says, request: str, citation: Citation) -> Mend:
    """Return what mends a request about rights that is late or stands still."""
    href = f"/console/rights/{request}"
    return Mend(
        citation=citation,
        row=Words(text=request, href=href, code=True),
        proof=Words(text=say.t("red.steps"), href=f"{href}#timeline"),
        fix=Words(text=say.t("red.see-acts"), href=f"{href}#acts"),
    )


def due_mend(say: Speaker, due: Due) -> Mend:
    """Return what mends a date of the register that has passed."""
    return Mend(
        citation=cited(say, _DUE_ARTICLES[due.kind]),
        row=say.row_words(due.row),
        proof=version_words(say),
        fix=row_fix(say, due.row),
    )


def row_mend(say: Speaker, duty: str, row: RowRef, fix: Words | None = None) -> Mend:
    """Return what mends something that a row of the register lacks."""
    return Mend(
        citation=cited(say, duty),
        row=say.row_words(row),
        proof=version_words(say),
        fix=fix or row_fix(say, row),
    )


def worst_mend(say: Speaker, findings: Iterable[Finding]) -> Mend | None:
    """Return what mends the first of some findings; None for none."""
    first = next(iter(findings), None)
    return None if first is None else finding_mend(say, first)


def _newest_fault(say: Speaker, run: LiveRun) -> Words | None:
    """Return the newest record that is wrong, for who may open it."""
    if not say.opens:
        return None
    found = next((one for one in run.result.faults if one.position >= 0), None)
    return None if found is None else record_words(say, found.position, opens=say.opens)
