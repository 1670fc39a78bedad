"""How requests about rights are said on the console's pages: stages, days left, fates, ids."""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.rights.letters import REFUSALS
from chengnuo.domain.rights.machine import NEXT, Stage
from chengnuo.domain.rights.plan import Kept
from chengnuo.domain.rights.request import AskedBy, RequestId
from chengnuo.doors.error_texts import ERRORS, error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_mends import RIGHTS_ARTICLE, request_mend, with_mend
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.page_parts import Cell, Citation, Mend, Status, StatusKind, Words, said
from chengnuo.doors.web.wording import texts
from chengnuo.law.catalogue import UnknownDutyError, UnknownFigureError
from chengnuo.law.ids import CategoryId
from chengnuo.law.working_days import DueDate
from chengnuo.usecases.decision.reviews import REVIEW_DECIDED
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen

PATH = "/console/rights"
SOON_DAYS = 3
"""From how many working days left on a request is pressing."""
NEAR_DAYS = 7
"""From how many working days left on it is near."""
_STAGES = {
    Stage.NEEDS_IDENTITY: StatusKind.NONE,
    Stage.NEEDS_PLAN: StatusKind.NOTE,
    Stage.NEEDS_RELEASE: StatusKind.WARN,
    Stage.WAITING: StatusKind.NONE,
    Stage.QUEUED: StatusKind.NOTE,
    Stage.RUNNING: StatusKind.NOTE,
    Stage.PARKED: StatusKind.GRAVE,
    Stage.OUTSIDE: StatusKind.NOTE,
    Stage.FULFILLED: StatusKind.FINE,
    Stage.PARTLY: StatusKind.MILD,
    Stage.REFUSED: StatusKind.NONE,
    Stage.TAKEN_BACK: StatusKind.NONE,
}
_OF_NOBODY = ("individual", "guardian", "system")


def href_of(request: RequestId) -> str:
    """Return the address of a request's page."""
    return f"{PATH}/{request}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsWords(RecordWords):
    """Says requests about rights in one language."""

    def text(self, given: Text | None) -> str:
        """Return a text, empty if there is none."""
        return "" if given is None else given.in_lang(self.lang)

    def right(self, right: str) -> str:
        """Return what a right is called."""
        return self.t(f"right.{right}")

    def by(self, by: AskedBy) -> str:
        """Return in which role somebody asks."""
        return self.t(f"console.rights.by.{by}")

    def stage(self, stage: Stage) -> Status:
        """Return where a request stands."""
        return Status(kind=_STAGES[stage], word=self.t(f"console.rights.stage.{stage}"))

    def stopped(self, code: str) -> str:
        """Return what a request stands still for; the code itself where it has no words."""
        key = f"console.rights.problem.{code}"
        if key in texts(self.lang):
            return self.t(key)
        return error_text(code, self.lang) if code in ERRORS else code

    def next_act(self, stage: Stage) -> str:
        """Return who has to do what next; empty for what has ended."""
        found = NEXT.get(stage)
        if found is None:
            return ""
        who = self.t(f"console.rights.owner.{found.owner}")
        return self.t("console.rights.next", who=who, what=self.text(found.action))

    def days(self, days_left: int, stage: Stage) -> Status:
        """Return how many working days the law leaves, as shape, word and colour."""
        if stage.is_final:
            return Status(kind=StatusKind.NONE, word=self.t("console.rights.ended"))
        if days_left < 0:
            word = self.t("console.rights.days-over", n=-days_left)
            return Status(kind=StatusKind.GRAVE, word=word)
        if days_left == 0:
            return Status(kind=StatusKind.WARN, word=self.t("console.rights.due-today"))
        kind = StatusKind.WARN if days_left <= SOON_DAYS else StatusKind.NOTE
        if SOON_DAYS < days_left <= NEAR_DAYS:
            kind = StatusKind.MILD
        return Status(kind=kind, word=self.t("console.rights.days-left", n=days_left))

    def days_of(self, line: RequestLine | RequestSeen) -> Status:
        """Return the same of a request, with what mends it once it is late."""
        status = self.days(line.days_left, line.stage)
        return with_mend(status, self.mend(line))

    def stage_of(self, line: RequestLine | RequestSeen) -> Status:
        """Return where a request stands, with what mends it if it stands still."""
        return with_mend(self.stage(line.stage), self.mend(line))

    def mend(self, line: RequestLine | RequestSeen) -> Mend:
        """Return what mends a request: its acts."""
        request = line.request.id if isinstance(line, RequestSeen) else line.id
        return request_mend(self, request, self.cited(RIGHTS_ARTICLE))

    def due(self, due: DueDate) -> Cell:
        """Return the last day, and what it may become while the calendar does not reach so far."""
        if not due.provisional:
            return said(due.on.isoformat())
        likely = self.t("console.rights.provisional", likely=due.likely.isoformat())
        return said(due.on.isoformat(), likely)

    def request_words(self, request: RequestId) -> Words:
        """Return a link to a request."""
        return Words(text=request, href=href_of(request), code=True)

    def opens(self, request: RequestId) -> Words:
        """Return a link to a request that says so, with its id in small type."""
        return Words(
            text=self.t("console.rights.open-request"), href=href_of(request), notes=(request,)
        )

    def store(self, store: str, name: Text) -> Words:
        """Return a link to a store of the register by its name."""
        known = self.register is not None and StoreId(store) in self.register.store_by_id
        return Words(
            text=self.text(name) or store,
            href=f"/console/register/stores/{store}" if known else "",
        )

    def category(self, category: CategoryId | None) -> str:
        """Return the name of a category; empty for none."""
        if category is None:
            return ""
        known = self.catalogue.categories.get(category)
        return str(category) if known is None else known.text.in_lang(self.lang)

    def cited(self, wanted: str) -> Citation:
        """Return a duty or a figure cited and summed up; its id if the catalogue has neither."""
        try:
            return Citation(
                label=self.catalogue.citation(wanted, self.lang),
                summary=self.catalogue.duty(wanted).summary.in_lang(self.lang),
            )
        except UnknownDutyError:
            return Citation(label=self.basis(wanted), summary="")

    def basis(self, wanted: str) -> str:
        """Return how a duty or a figure is cited, its id if the catalogue has neither."""
        try:
            return self.catalogue.citation(wanted, self.lang)
        except UnknownDutyError:
            pass
        try:
            return self.catalogue.figure_citation(wanted, self.lang)
        except UnknownFigureError:
            return wanted

    def kept(self, kept: Kept) -> str:
        """Return under which duty something is kept, and until when."""
        if kept.until is None:
            return self.t("console.rights.kept-open", duty=self.basis(kept.duty))
        until = kept.until.date().isoformat()
        return self.t("console.rights.kept", duty=self.basis(kept.duty), until=until)

    def when(self, at: datetime | None) -> str:
        """Return an instant to the minute; empty for none."""
        return "" if at is None else moment(at)

    def note(self, note: str) -> str:
        """Return a note of the timeline; what the machine noted is put into words."""
        if note in REFUSALS:
            return self.text(REFUSALS[note][1])
        if note.startswith(REVIEW_DECIDED):
            note = REVIEW_DECIDED  # its result stands with the task
        key = f"console.rights.note.{note.replace(': ', '-').replace(' ', '-')}"
        return self.t(key) if key in texts(self.lang) else note

    def who(self, by: str, names: dict[str, str]) -> str:
        """Return who did something: a role, or the sign-in name of somebody of the staff."""
        if by in _OF_NOBODY:
            return self.t(f"console.rights.actor.{by}")
        return names.get(by, by)
