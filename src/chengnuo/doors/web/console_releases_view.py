"""What the queue of releases shows: what is open by its clock, then what ended.

A line says in words what its colour says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.release import Release, ReleaseState
from chengnuo.domain.governance.release_clock import clock_of
from chengnuo.domain.register.model import Register
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_mends import with_mend
from chengnuo.doors.web.page_parts import (
    Cell,
    Citation,
    Empty,
    Figure,
    Mend,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.doors.web.wording import wording
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Account, Role

PATH = "/console/releases"
GATE_DUTY = "precheck-1"
_SOON = 2
_HEADS = ("release", "state", "days", "result", "submitted")
MOVING = frozenset({ReleaseState.RECEIVED, ReleaseState.SUBMITTED, ReleaseState.INSPECTING})
"""The states in which the program has to act."""
_STATES = {
    ReleaseState.RECEIVED: StatusKind.NOTE,
    ReleaseState.SUBMITTED: StatusKind.NOTE,
    ReleaseState.INSPECTING: StatusKind.NOTE,
    ReleaseState.INSPECTED: StatusKind.WARN,
    ReleaseState.FAILED: StatusKind.GRAVE,
    ReleaseState.SIGNED_OFF: StatusKind.SHOWN,
    ReleaseState.SENT_BACK: StatusKind.NONE,
    ReleaseState.WITHDRAWN: StatusKind.NONE,
}
VERDICTS = {
    GateVerdict.PASSES: StatusKind.FINE,
    GateVerdict.FAILS: StatusKind.GRAVE,
    GateVerdict.UNDECIDED: StatusKind.WARN,
    GateVerdict.UNFINISHED: StatusKind.WARN,
}


UNDECIDED = frozenset({ReleaseState.INSPECTED, ReleaseState.FAILED})
"""What waits for a reviewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWords:
    """Says releases in one language.

    Attributes:
        lang: The language.
        register: The register in force, or None.
        names: Sign-in names of accounts by id.
        now: The instant of the page.
        days: How many calendar days an answer may take.
        catalogue: The law.

    """

    lang: Lang
    register: Register | None
    names: Mapping[str, str]
    now: datetime
    days: int
    catalogue: Catalogue

    def t(self, key: str, /, **places: object) -> str:
        """Return a text of these pages."""
        return wording(self.lang)(key, **places)

    def app(self, app: str) -> str:
        """Return what an app is called."""
        row = None if self.register is None else self.register.app_by_id.get(app)  # type: ignore[call-overload]  # an id of any register
        return app if row is None else row.name.in_lang(self.lang)

    def who(self, account: str) -> str:
        """Return the name of an account."""
        return self.names.get(account, account)

    def state(self, release: Release) -> Status:
        """Return how far a release is."""
        word = self.t(f"releases.state-{release.state}")
        return with_mend(Status(kind=_STATES[release.state], word=word), self.mend(release))

    def mend(self, release: Release) -> Mend:
        """Return what mends a release that failed or is late: what it was found to lack."""
        href = f"{PATH}/{release.id}"
        return Mend(
            citation=Citation(
                label=self.catalogue.citation(GATE_DUTY, self.lang),
                summary=self.catalogue.duty(GATE_DUTY).summary.in_lang(self.lang),
            ),
            row=Words(text=self.title(release), href=href),
            proof=Words(text=self.t("red.report"), href=f"{href}#result"),
            fix=Words(text=self.t("red.see-acts"), href=f"{href}#decide"),
        )

    def title(self, release: Release) -> str:
        """Return what a release is called: its app, and its version as far as it is known."""
        version = "" if release.result is None else release.result.version_name
        return f"{self.app(release.app)} {version or release.file_name}".strip()

    def clock(self, release: Release) -> Status:
        """Return how much time is left."""
        left = clock_of(release.submitted_at, self.days).days_left(self.now)
        if not release.state.is_open:
            return Status(kind=StatusKind.NONE, word=self.t("releases.days-ended"))
        if left < 0:
            late = Status(kind=StatusKind.GRAVE, word=self.t("releases.days-overdue", n=-left))
            return with_mend(late, self.mend(release))
        kind = StatusKind.WARN if left <= _SOON else StatusKind.NOTE
        return Status(kind=kind, word=self.t("releases.days-left", n=left))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An app that a package may be of."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """A field of a form and what was wrong with it."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """The queue of releases.

    Attributes:
        rule: Whether a second person is needed now.
        rule_text: The same in a sentence.
        figures: How many are open, how many overdue.
        table: The releases.
        working: Whether one is being inspected.
        apps: Apps that a package may be of; none for who may not submit.
        limit: How large a package may be, in words.
        errors: What was wrong with the form.

    """

    rule: Status
    rule_text: str
    figures: tuple[Figure, ...]
    table: Table
    working: bool
    apps: tuple[Choice, ...]
    limit: str
    errors: tuple[FieldError, ...]


def queue_page(  # noqa: PLR0913  what the page is made from
    say: ReleaseWords,
    me: Account,
    releases: Sequence[Release],
    *,
    single_person: bool,
    limit_bytes: int,
    errors: tuple[FieldError, ...] = (),
    only: str = "",
) -> QueuePage:
    """Return the queue: what is open by the clock, then what ended, the newest first.

    `only` is `open` or `overdue` for these alone.
    """
    open_ones = [one for one in releases if one.state.is_open]
    overdue = [one for one in open_ones if clock_of(one.submitted_at, say.days).is_overdue(say.now)]
    wanted = {"open": open_ones, "overdue": overdue}.get(only, releases)
    ordered = sorted(wanted, key=lambda one: (not one.state.is_open, _age(one)))
    rule = "single" if single_person else "four-eyes"
    apps = () if say.register is None or me.role is Role.AUDITOR else say.register.apps
    return QueuePage(
        rule=Status(kind=StatusKind.NOTE, word=say.t(f"releases.rule-{rule}")),
        rule_text=say.t(f"releases.rule-{rule}-text"),
        figures=(
            Figure(
                name=say.t("releases.open"), count=str(len(open_ones)), href=f"{PATH}?only=open"
            ),
            Figure(
                name=say.t("releases.overdue"),
                count=str(len(overdue)),
                href=f"{PATH}?only=overdue",
            ),
        ),
        table=Table(
            caption=say.t("releases.queue"),
            heads=tuple(say.t(f"releases.head-{head}") for head in _HEADS),
            rows=tuple(_line(say, one) for one in ordered),
            empty=Empty(
                name=say.t("releases.none"),
                text=say.t("releases.none-text"),
                href="#submit",
                act=say.t("releases.submit"),
            ),
        ),
        working=any(one.state in MOVING for one in releases),
        apps=tuple(Choice(value=app.app, name=app.name.in_lang(say.lang)) for app in apps),
        limit=f"{limit_bytes >> 20} MB",
        errors=errors,
    )


def _age(release: Release) -> float:
    """Return the sort key within the open and the ended: what is due first, what ended last."""
    at = release.submitted_at.timestamp()
    return at if release.state.is_open else -at


def _line(say: ReleaseWords, release: Release) -> Row:
    state, clock = say.state(release), say.clock(release)
    return Row(
        cells=(
            linked(say.title(release), f"{PATH}/{release.id}", short(release.sha256)),
            (Words(status=state),),
            (Words(status=clock),),
            result_cell(say, release),
            said(say.who(release.submitted_by), moment(release.submitted_at)),
        )
    )


def result_cell(say: ReleaseWords, release: Release) -> Cell:
    """Return what the gate says of a release, or why it says nothing."""
    if release.error:
        return said(error_text(release.error, say.lang))
    if release.result is None:
        return said("—")
    status = Status(
        kind=VERDICTS[release.result.verdict],
        word=release.result.verdict.text.in_lang(say.lang),
    )
    return (Words(status=status, notes=(_open_counts(say, release),)),)


def _open_counts(say: ReleaseWords, release: Release) -> str:
    counts = () if release.result is None else release.result.counts
    if not counts:
        return say.t("releases.no-findings")
    return " · ".join(f"{severity.text.in_lang(say.lang)} {count}" for severity, count in counts)
