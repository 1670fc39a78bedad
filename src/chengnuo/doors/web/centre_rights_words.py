"""How requests about rights are said to the individual: where they stand, until when, why kept."""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang
from chengnuo.domain.rights.explaining import Explainer
from chengnuo.domain.rights.machine import NEXT, Owner, Stage
from chengnuo.domain.rights.plan import Kept, Refusal
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.page_parts import Cell, Status, StatusKind, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.civil import civil_date
from chengnuo.law.working_days import DueDate
from chengnuo.usecases.register_desk import Desk

PATH = "/centre/rights"
REQUESTS = f"{PATH}/requests"
_STAGES = {
    Stage.NEEDS_IDENTITY: StatusKind.WARN,
    Stage.NEEDS_PLAN: StatusKind.NOTE,
    Stage.NEEDS_RELEASE: StatusKind.NOTE,
    Stage.WAITING: StatusKind.NOTE,
    Stage.QUEUED: StatusKind.NOTE,
    Stage.RUNNING: StatusKind.NOTE,
    Stage.PARKED: StatusKind.WARN,
    Stage.OUTSIDE: StatusKind.NOTE,
    Stage.FULFILLED: StatusKind.FINE,
    Stage.PARTLY: StatusKind.MILD,
    Stage.REFUSED: StatusKind.NONE,
    Stage.TAKEN_BACK: StatusKind.NONE,
}
_THEMSELVES = ("individual", "guardian", "system")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """Something that is refused, why, and on which articles."""

    what: str
    why: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsSpeaker(Speaker):
    """Says requests in one language, by the register in force."""

    def stage(self, stage: Stage) -> Status:
        """Return where a request stands; what is only partly done is never called done."""
        return Status(kind=_STAGES[stage], word=self.t(f"centre.rights.stage.{stage}"))

    def next_act(self, stage: Stage) -> str:
        """Return who has to do what next; empty once nothing happens any more."""
        following = NEXT.get(stage)
        if following is None or following.owner is Owner.NOBODY:
            return ""
        return self.t(
            "centre.rights.next-act",
            who=self.t(f"centre.rights.owner.{following.owner}"),
            what=self.text(following.action),
        )

    def due(self, due: DueDate) -> Cell:
        """Return the last day for the answer, marked where the calendar does not reach so far."""
        return said(self.day(due.on), self.provisional(due))

    def provisional(self, due: DueDate) -> str:
        """Return that a date may still move to a later one; empty for an exact one."""
        if not due.provisional:
            return ""
        return self.t("centre.rights.provisional", likely=self.day(due.likely))

    def days(self, days_left: int, stage: Stage) -> Status:
        """Return how many working days are left, by shape, word and colour."""
        if stage.is_final:
            return Status(kind=StatusKind.NONE, word=self.t("centre.rights.days-ended"))
        if days_left < 0:
            word = self.t("centre.rights.days-over", n=-days_left)
            return Status(kind=StatusKind.GRAVE, word=word)
        word = self.t("centre.rights.days-left", n=days_left)
        return Status(kind=StatusKind.NOTE, word=word)

    def duty(self, duty: str) -> str:
        """Return a duty or figure cited with its title."""
        return self.text(
            Explainer(register=self.register, catalogue=self.catalogue).duty_in_words(duty)
        )

    def kept(self, kept: Kept) -> Cell:
        """Return why something stays and until when."""
        until = (
            self.t("centre.rights.until-open")
            if kept.until is None
            else self.t("centre.rights.until", day=self.day(civil_date(kept.until)))
        )
        return (Words(text=self.duty(kept.duty), notes=(until,)),)

    def refusal(self, refusal: Refusal) -> RefusalView:
        """Return something that is refused with its reasons."""
        return RefusalView(
            what=self.text(refusal.what),
            why=self.text(refusal.why),
            articles=tuple(self.duty(one) for one in refusal.articles),
        )

    def who(self, by: str) -> str:
        """Return who did something; of the staff, never who it was."""
        return self.t(f"centre.rights.by.{by if by in _THEMSELVES else 'staff'}")

    def when(self, at: datetime | None) -> str:
        """Return an instant to the minute; empty for none."""
        return "" if at is None else moment(at)

    def error(self, error: ChengnuoError) -> str:
        """Return what an error means for whoever reads the page."""
        return error_text(error.code, self.lang)


def rights_speaker(lang: Lang, desk: Desk) -> RightsSpeaker:
    """Return the words of requests by the register in force.

    Raises:
        NoRegisterError: Nothing is served.

    """
    return RightsSpeaker(lang=lang, register=desk.served.register, catalogue=desk.catalogue)
