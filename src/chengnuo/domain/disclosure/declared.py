"""What a document is derived from: one app of a register, read by the law catalogue.

Documents depend on nothing else, above all on no clock: the same register and the same law give
the same documents, today and in ten years.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.document import Facts, Span, sensitive
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.app import App, Service
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.consent_items import is_sensitive, provided_categories
from chengnuo.domain.register.governance import NoticeKind, OwnNotice, Switch
from chengnuo.domain.register.handler import Handler
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.domain.register.store import Store
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import PICategory, TreatAs
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One app as the register declares it.

    Attributes:
        register: The register.
        catalogue: The law catalogue; it knows every category that the register names.
        app_id: The app; the register has it.
        version: Version that the documents name, where it is not the register's own: the public
            part of a register stands for the whole.

    """

    register: Register
    catalogue: Catalogue
    app_id: AppId
    version: str | None = None

    @property
    def app(self) -> App:
        """The app."""
        return self.register.app_by_id[self.app_id]

    @property
    def handler(self) -> Handler:
        """The handler."""
        return self.register.handler

    @cached_property
    def facts(self) -> Facts:
        """What stands at the head of every document about the app."""
        return Facts(
            handler=both(self.handler.name),
            app=both(self.app.name),
            register=self.version or version_of(self.register),
            law=str(self.catalogue.version),
            updated=self.app.rules_updated,
            effective=self.app.rules_effective,
        )

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Services of the app that do something with personal information, basic ones first."""
        own = [
            service
            for service in self.register.services
            if service.app == self.app_id and self._by_service.get(service.service)
        ]
        return tuple(sorted(own, key=lambda service: not service.basic))

    @cached_property
    def activities(self) -> tuple[ProcessingActivity, ...]:
        """Activities of the app, by service in the order of `services`."""
        return tuple(
            activity for service in self.services for activity in self.activities_of(service)
        )

    @cached_property
    def activity_by_id(self) -> dict[ActivityId, ProcessingActivity]:
        """The activities of the app by their ids."""
        return {activity.activity: activity for activity in self.activities}

    def activities_of(self, service: Service) -> tuple[ProcessingActivity, ...]:
        """Return the activities of a service, in the order of the register."""
        return tuple(self._by_service.get(service.service, ()))

    @cached_property
    def _by_service(self) -> dict[str, list[ProcessingActivity]]:
        found: dict[str, list[ProcessingActivity]] = {}
        for activity in self.register.activities:
            found.setdefault(activity.service, []).append(activity)
        return found

    @cached_property
    def recipients(self) -> tuple[Recipient, ...]:
        """Recipients of the app's activities and of the stores that they use, as registered."""
        named = {name for activity in self.activities for name in activity.recipients}
        named |= {store.operated_by for store in self.stores if store.operated_by is not None}
        return tuple(one for one in self.register.recipients if one.recipient in named)

    @cached_property
    def stores(self) -> tuple[Store, ...]:
        """Stores that the app's activities use, as registered."""
        used = {
            table.partition(".")[0] for activity in self.activities for table in activity.stores
        }
        return tuple(store for store in self.register.stores if store.store in used)

    @cached_property
    def switches(self) -> tuple[Switch, ...]:
        """Switches of the app."""
        return tuple(switch for switch in self.register.switches if switch.app == self.app_id)

    def service_of(self, activity: ProcessingActivity) -> Service:
        """Return the service that an activity belongs to."""
        return self.register.service_by_id[activity.service]

    def activities_with(self, recipient: Recipient) -> Iterator[ProcessingActivity]:
        """Yield the app's activities that name a recipient."""
        for activity in self.activities:
            if recipient.recipient in activity.recipients:
                yield activity

    def provided(self, activity: ProcessingActivity, recipient: Recipient) -> tuple[PIItem, ...]:
        """Return the items that a recipient gets from an activity, in the activity's order."""
        names = provided_categories(activity, recipient)
        return tuple(item for item in activity.items if item.category in names)

    def own_words(self, kind: NoticeKind) -> tuple[OwnNotice, ...]:
        """Return the operator's own paragraphs of one kind for the app."""
        return tuple(
            notice
            for notice in self.register.notices
            if notice.app == self.app_id and notice.kind is kind
        )

    def is_sensitive(self, item: PIItem) -> bool:
        """Tell whether an item is sensitive personal information (PIPL Art. 28)."""
        return is_sensitive(item, self.catalogue)

    def category(self, category: CategoryId) -> PICategory:
        """Return a category of the catalogue."""
        return self.catalogue.category(category)

    def name_of(self, category: CategoryId) -> Text:
        """Return what a category is called."""
        return both(self.category(category).text)

    def item_name(self, item: PIItem) -> Text:
        """Return what an item is called, with the fields that it comes to where they are named."""
        name = self.name_of(item.category)
        if item.detail is None or item.detail.zh == name.zh:
            return name
        return fill("{name}（{detail}）", "{name} ({detail})", name=name, detail=both(item.detail))

    def item_span(self, item: PIItem) -> Span:
        """Return an item, marked if it is sensitive."""
        name = self.item_name(item)
        return sensitive(name) if self.is_sensitive(item) else Span(name)

    def category_span(self, category: CategoryId, items: Iterable[PIItem] = ()) -> Span:
        """Return a category, marked if it is sensitive by itself or among the items."""
        name = self.name_of(category)
        known = self.category(category)
        marked = known.is_sensitive or known.treat_as is TreatAs.SENSITIVE
        for item in items:
            if item.category == category:
                marked = self.is_sensitive(item)
                break
        return sensitive(name) if marked else Span(name)
