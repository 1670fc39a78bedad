"""How values of the register are said on a page: periods, places, categories, methods.

One `Speaker` per page: it knows the language, the register and the catalogue, so that every page
says the same thing in the same words. It formats and looks names up; it decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.head import day_in_words
from chengnuo.domain.disclosure.method_words import frequency_in_words, retention_in_words
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive
from chengnuo.domain.register.handler import MAINLAND, Contacts
from chengnuo.domain.register.ids import ActivityId, RecipientId, ServiceId, StoreId, TableRef
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.domain.register.retention import Retention
from chengnuo.domain.register.scalars import Frequency
from chengnuo.doors.web.page_parts import Cell, Fact, Words
from chengnuo.doors.web.wording import wording
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

_OWN_PAGES = {
    "app": "apps",
    "activity": "activities",
    "recipient": "recipients",
    "store": "stores",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Says a register's values in one language.

    Attributes:
        lang: The language.
        register: The register.
        catalogue: The law.
        opens: Whether whom it is said to may open what is kept of individuals, and dossiers.
        edits: Whether they may propose changes of the register.

    """

    lang: Lang
    register: Register
    catalogue: Catalogue
    opens: bool = True
    edits: bool = False

    def t(self, key: str, /, **places: object) -> str:
        """Return a text of the pages."""
        return wording(self.lang)(key, **places)

    def text(self, given: Text | None) -> str:
        """Return a text of the register, empty if it has none."""
        return "" if given is None else given.in_lang(self.lang)

    def fact(self, key: str, value: str, *notes: str) -> Fact:
        """Return a fact; where the register is silent it says so."""
        shown = value or self.t("word.not-written")
        return Fact(
            name=self.t(key),
            value=(Words(text=shown, notes=tuple(note for note in notes if note)),),
        )

    def yes_no(self, *, given: bool) -> str:
        """Return yes or no."""
        return self.t("word.yes" if given else "word.no")

    def day(self, given: date | None) -> str:
        """Return a civil date as it is written in a document, empty if there is none."""
        return "" if given is None else self.text(day_in_words(given))

    def category(self, category: CategoryId) -> str:
        """Return the name of a category, its id if the catalogue does not hold it."""
        known = self.catalogue.categories.get(category)
        return category if known is None else known.text.in_lang(self.lang)

    def is_sensitive(self, item: PIItem) -> bool:
        """Tell whether an item is set as sensitive."""
        return is_sensitive(item, self.catalogue)

    def kinds(self, activity: ProcessingActivity) -> Cell:
        """Return the categories that an activity handles, each that is sensitive on its own."""
        plain = [item for item in activity.items if not self.is_sensitive(item)]
        names = self.joined(self.category(item.category) for item in plain)
        marked = tuple(
            Words(text=self.category(item.category), sensitive=True)
            for item in activity.items
            if self.is_sensitive(item)
        )
        return (*((Words(text=names),) if names else ()), *marked)

    def joined(self, names: Iterable[str]) -> str:
        """Return names in a row, as the language sets them apart."""
        return self.t("word.comma").join(names)

    def place(self, code: str) -> str:
        """Return `境内`, or `境外 · 美国`."""
        if code == MAINLAND:
            return self.t("word.mainland")
        return self.t("word.abroad", country=self.text(country_in_words(code)))

    def frequency(self, given: Frequency | None) -> str:
        """Return how often, empty if it is not written."""
        return "" if given is None else self.text(frequency_in_words(given))

    def keep(self, retention: Retention) -> str:
        """Return how long something is kept and what happens then, as one line."""
        return self.text(retention_in_words(retention))

    def contacts(self, given: Contacts | None) -> tuple[str, ...]:
        """Return the channels of contacts, one a line."""
        if given is None:
            return ()
        lines = (given.phone, given.email, given.url, self.text(given.post))
        return tuple(line for line in lines if line)

    def store_name(self, store: StoreId) -> str:
        """Return the name of a store."""
        return self.text(self.register.store_by_id[store].name)

    def activity_words(self, activity: ActivityId) -> Words:
        """Return a link to an activity by its purpose."""
        purpose = self.register.activity_by_id[activity].purpose
        return Words(text=self.text(purpose), href=f"/console/register/activities/{activity}")

    def row_words(self, row: RowRef) -> Words:
        """Return a link to the page on which a row of any kind stands."""
        title = KIND_BY_NAME[row.kind].title.in_lang(self.lang)
        return Words(text=f"{title} {row.id}", href=self._href_of(row))

    def row_name(self, row: RowRef) -> str:
        """Return what a row is called by its title, name or purpose, else its id."""
        found = getattr(self.register, f"{row.kind}_by_id", {}).get(row.id)
        for field in ("title", "name", "purpose"):
            named = getattr(found, field, None)
            if isinstance(named, Text):
                return named.in_lang(self.lang)
        return row.id

    def _href_of(self, row: RowRef) -> str:
        own_page = _OWN_PAGES.get(row.kind)
        if own_page is not None:
            return f"/console/register/{own_page}/{row.id}"
        service = self.register.service_by_id.get(ServiceId(row.id))
        if row.kind == "service" and service is not None:
            return f"/console/register/apps/{service.app}#services"
        return "/console/register"

    def recipient_words(self, recipient: RecipientId) -> Words:
        """Return a link to a recipient by its name, with its role and place."""
        found = self.register.recipient_by_id[recipient]
        return Words(
            text=self.text(found.name),
            href=f"/console/register/recipients/{recipient}",
            notes=(self.role_and_place(found),),
        )

    def role_and_place(self, recipient: Recipient) -> str:
        """Return `受托人 · 境内`."""
        return f"{self.t(f'role.{recipient.role}')} · {self.place(recipient.country)}"

    def table_words(self, table: TableRef) -> Words:
        """Return a link to the store of a table, with the table's name."""
        store, _, name = table.partition(".")
        found = StoreId(store)
        return Words(
            text=self.store_name(found), href=f"/console/register/stores/{store}", notes=(name,)
        )
