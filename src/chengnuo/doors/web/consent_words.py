"""How consent items and acts upon them are said on the console's pages."""

from dataclasses import dataclass

from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.disclosure.consent_notice import (
    NoSuchConsentItemError,
    matter_of,
    sheet_of,
)
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.page_parts import Cell, linked, said
from chengnuo.doors.web.wording import texts

RECORDS = "/console/evidence/records"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWords(RecordWords):
    """Says consent in one language."""

    def item(self, wanted: str) -> str:
        """Return what an item asks, its id if the register asks it no longer."""
        if self.register is None:
            return wanted
        try:
            sheet = sheet_of(matter_of(self.register, self.catalogue, wanted))
        except NoSuchConsentItemError:
            return wanted
        return sheet.title.in_lang(self.lang)

    def act(self, entry: Entry) -> str:
        """Return what was done."""
        return self.t(f"consents.act.{entry.event.act.value}")

    def form(self, entry: Entry) -> str:
        """Return the form in which it was done."""
        return self.t(f"consent.{entry.event.form.value}")

    def record(self, position: int) -> Cell:
        """Return the number of a record, linked to its page."""
        return linked(f"{position:,}", f"{RECORDS}/{position}")

    def where(self, entry: Entry) -> Cell:
        """Return on which surface, in how many steps; a dash for what nobody did."""
        if not entry.surface:
            return said("—")
        key = f"centre.consents.surface.{entry.surface}"
        surface = texts(self.lang).get(key, entry.surface)
        return said(surface, self.t("consents.steps", n=entry.steps))
