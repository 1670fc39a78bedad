"""办理权利: what can be asked for, how long an answer takes, and where it is asked.

The time for an answer is what the register promises for the right, never longer than the fifteen
working days of 191号文 6.3; a date beyond the known calendar is marked provisional.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chengnuo.domain.register.app import App
from chengnuo.domain.register.model import Register
from chengnuo.doors.web.centre_rights_words import PATH, RightsSpeaker
from chengnuo.law.civil import civil_date
from chengnuo.law.rights import Right
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.law.working_days import DueDate, WorkingDays, add_working_days
from chengnuo.usecases.rights.asking import promised_days


class Card(StrEnum):
    """What is asked for on a sheet of its own."""

    ACCESS = "access"
    COPY = "copy"
    TRANSFER = "transfer"
    CORRECT = "correct"
    DELETE = "delete"
    RESTRICT = "restrict"
    EXPLAIN = "explain"

    @property
    def right(self) -> Right:
        """The right that the card stands for unless the form says more."""
        return Right.EXPLAIN_RULES if self is Card.EXPLAIN else Right(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A way to a sheet.

    Attributes:
        href: Where it leads.
        name: What a person would call it.
        term: What the law calls it.
        what: What one gets there, in a sentence.
        days: How long an answer takes; empty where there is none to wait for.

    """

    href: str
    name: str
    term: str
    what: str
    days: str = ""


def card_views(say: RightsSpeaker, app: App) -> tuple[CardView, ...]:
    """Return the ways to the sheets, and to what is done on pages of its own."""
    return (
        *(_card(say, card, f"{PATH}/{card}", _days(say, app, card.right)) for card in Card),
        _card(say, "withdraw", "/centre/consents", say.t("centre.rights.at-once")),
        _card(
            say,
            "cancel",
            f"{PATH}/cancel-account",
            _days(say, app, Right.CANCEL_ACCOUNT),
        ),
    )


def for_others(say: RightsSpeaker, app: App) -> tuple[CardView, ...]:
    """Return the ways for whoever asks for somebody else."""
    return (
        _card(say, "child", f"{PATH}/child", ""),
        _card(say, "relative", f"{PATH}/relative", _days(say, app, Right.CLOSE_RELATIVE)),
    )


def answer_by(
    register: Register, app: App, right: Right, now: datetime, calendar: WorkingCalendar
) -> DueDate:
    """Return the last day for the answer to what is asked now."""
    days = WorkingDays(promised_days(register, app.app, right))
    return add_working_days(civil_date(now), days, calendar)


def _days(say: RightsSpeaker, app: App, right: Right) -> str:
    days = promised_days(say.register, app.app, right)
    return say.t("centre.rights.within", n=days) if days else say.t("centre.rights.same-day")


def _card(say: RightsSpeaker, name: str, href: str, days: str) -> CardView:
    return CardView(
        href=href,
        name=say.t(f"centre.rights.card.{name}.name"),
        term=say.t(f"centre.rights.card.{name}.term"),
        what=say.t(f"centre.rights.card.{name}.what"),
        days=days,
    )
