"""Whether an answer fits what was asked, of whom it was asked, and when."""

from dataclasses import dataclass
from datetime import timedelta

from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import needs_guardian
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError, notice_of
from chengnuo.domain.register.app import App
from chengnuo.domain.register.consent_items import ConsentItem, ConsentItemId, MatterKind
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import instant_us
from chengnuo.usecases.consent.acts import Shown
from chengnuo.usecases.consent.refusals import (
    GuardianNeededError,
    GuardianNotNeededError,
    OtherAppError,
    OtherVersionError,
    PromptFromFutureError,
    PromptLateError,
)

PROMPT_LASTS = timedelta(hours=1)
"""How long a prompt may stand before it is answered."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of whoever shows a prompt may be ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An item of the register in force, with the app that asks."""

    item: ConsentItem
    app: App
    book: Book

    def needs_guardian(self, age: AgeBand) -> bool:
        """Tell whether a guardian has to consent (PIPL Art. 31), as a decision sees it."""
        activity = self.book.register.activity_by_id[self.item.activity]
        return needs_guardian(self.book, activity, age)


def asked_for(book: Book, item: ConsentItemId) -> Asked:
    """Return an item of the register in force.

    Raises:
        NoSuchConsentItemError: The register asks for no such consent.

    """
    found = book.item_by_id.get(item)
    if found is None:
        raise NoSuchConsentItemError(item)
    activity = book.register.activity_by_id[found.activity]
    app = book.register.app_by_id[book.register.service_by_id[activity.service].app]
    return Asked(item=found, app=app, book=book)


def refuse_other_showing(asked: Asked, shown: Shown) -> None:
    """Refuse an answer to something else than what is asked now.

    Raises:
        OtherAppError: The item belongs to another app.
        OtherVersionError: Fingerprint or notice is not that of the register in force.

    """
    item, book = asked.item, asked.book
    if shown.app != asked.app.app:
        raise OtherAppError(item.id)
    if shown.fingerprint != item.fingerprint:
        raise OtherVersionError(item.id, "fingerprint")
    if shown.notice != notice_of(book.register, book.catalogue, item.id, shown.lang).digest:
        raise OtherVersionError(item.id, "notice")


def refuse_late(item: ConsentItemId, shown: Shown, now: int) -> None:
    """Refuse an answer to a prompt that was shown long ago, or later than now.

    Raises:
        NaiveInstantError: The instant of the prompt has no time zone.
        PromptLateError: It was shown longer ago than a prompt may stand.
        PromptFromFutureError: It is said to have been shown later than now.

    """
    waited = timedelta(microseconds=now - instant_us(shown.asked_at, "asked_at"))
    if waited > PROMPT_LASTS:
        raise PromptLateError(item)
    if waited < -CLOCKS_DIFFER:
        raise PromptFromFutureError(item)


def refuse_wrong_guardian(asked: Asked, age: AgeBand, guardian: Guardian | None) -> None:
    """Refuse a yes by somebody who cannot give it.

    Raises:
        GuardianNeededError: A child acts alone.
        GuardianNotNeededError: A guardian acts for somebody who decides alone.

    """
    is_child = asked.needs_guardian(age)
    if is_child and guardian is None:
        raise GuardianNeededError(asked.item.id)
    if not is_child and (guardian is not None or asked.item.kind is MatterKind.MINORS):
        raise GuardianNotNeededError(asked.item.id)
