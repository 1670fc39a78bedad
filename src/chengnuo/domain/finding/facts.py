"""What a rule may look at: the register, the law, the consent items and the day.

Everything that a rule would otherwise search for is laid out once, so that a check takes time
in proportion to the register.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.app import App, Service
from chengnuo.domain.register.consent_items import ConsentItem, consent_items, is_sensitive
from chengnuo.domain.register.ids import ActivityId, AgreementId, AppId, RecipientId, ServiceId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Agreement, Recipient, RecipientRole
from chengnuo.domain.register.store import Store, Table
from chengnuo.law.app_type import AppType
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules look at.

    Attributes:
        register: The register.
        catalogue: The law.
        today: The civil day of the check, in the mainland.
        rule_ids: Ids of all rules, which waivers refer to.

    """

    register: Register
    catalogue: Catalogue
    today: date
    rule_ids: frozenset[str]

    @cached_property
    def consent_items(self) -> Mapping[ActivityId, tuple[ConsentItem, ...]]:
        """The consent items by activity; an activity that asks for nothing is not among them."""
        found: dict[ActivityId, list[ConsentItem]] = defaultdict(list)
        for item in consent_items(self.register, self.catalogue):
            found[item.activity].append(item)
        return {activity: tuple(items) for activity, items in found.items()}

    @cached_property
    def activities_by_recipient(self) -> Mapping[RecipientId, tuple[ProcessingActivity, ...]]:
        """The activities that name a recipient."""
        found: dict[RecipientId, list[ProcessingActivity]] = defaultdict(list)
        for activity in self.register.activities:
            for recipient in dict.fromkeys(activity.recipients):
                found[recipient].append(activity)
        return {recipient: tuple(activities) for recipient, activities in found.items()}

    @cached_property
    def activities_by_table(self) -> Mapping[str, tuple[ProcessingActivity, ...]]:
        """The activities that keep something in a table, by `store.table`."""
        found: dict[str, list[ProcessingActivity]] = defaultdict(list)
        for activity in self.register.activities:
            for table in dict.fromkeys(activity.stores):
                found[table].append(activity)
        return {table: tuple(activities) for table, activities in found.items()}

    @cached_property
    def activities_by_app(self) -> Mapping[AppId, tuple[ProcessingActivity, ...]]:
        """The activities of an app's services."""
        found: dict[AppId, list[ProcessingActivity]] = defaultdict(list)
        for activity in self.register.activities:
            found[self.app_of(activity).app].append(activity)
        return {app: tuple(activities) for app, activities in found.items()}

    @cached_property
    def required_by(self) -> Mapping[ActivityId, tuple[Service, ...]]:
        """The services on whose path an activity stands, as one choice or the only one."""
        found: dict[ActivityId, list[Service]] = defaultdict(list)
        for service in self.register.services:
            named = (one for requirement in service.requires for one in requirement.any_of)
            for activity in dict.fromkeys(named):
                found[activity].append(service)
        return {activity: tuple(services) for activity, services in found.items()}

    @cached_property
    def recipients_by_agreement(self) -> Mapping[AgreementId, tuple[Recipient, ...]]:
        """The recipients that an agreement was made with."""
        found: dict[AgreementId, list[Recipient]] = defaultdict(list)
        for recipient in self.register.recipients:
            if recipient.agreement is not None:
                found[recipient.agreement].append(recipient)
        return {agreement: tuple(recipients) for agreement, recipients in found.items()}

    @cached_property
    def tables(self) -> Mapping[str, tuple[Store, Table]]:
        """Every table by `store.table`."""
        return {
            f"{store.store}.{table.table}": (store, table)
            for store in self.register.stores
            for table in store.tables
        }

    @cached_property
    def sensitive_categories(self) -> frozenset[CategoryId]:
        """The categories that some activity handles as sensitive."""
        return frozenset(
            item.category
            for activity in self.register.activities
            for item in activity.items
            if self.is_sensitive(item)
        )

    @cached_property
    def rights_by_app(self) -> Mapping[AppId, frozenset[Right]]:
        """The rights to which an app shows a way."""
        return {app.app: frozenset(path.right for path in app.rights) for app in self.register.apps}

    def app_of(self, activity: ProcessingActivity) -> App:
        """Return the app of an activity's service."""
        return self.register.app_by_id[self.service_of(activity).app]

    def service_of(self, activity: ProcessingActivity) -> Service:
        """Return the service of an activity."""
        return self.register.service_by_id[activity.service]

    def services_of(self, app: AppId) -> Iterator[Service]:
        """Yield the services of an app."""
        return (service for service in self.register.services if service.app == app)

    def app_type_of(self, service: ServiceId) -> AppType | None:
        """Return the common app type whose basic function a service is, if it is one."""
        app_type = self.register.service_by_id[service].app_type
        return None if app_type is None else self.catalogue.app_type(app_type)

    def is_sensitive(self, item: PIItem) -> bool:
        """Tell whether an item is sensitive (PIPL Art. 28)."""
        return is_sensitive(item, self.catalogue)

    def sensitive_items(self, activity: ProcessingActivity) -> tuple[PIItem, ...]:
        """Return the sensitive items of an activity."""
        return tuple(item for item in activity.items if self.is_sensitive(item))

    def agreement_with(self, recipient: Recipient) -> Agreement | None:
        """Return the agreement with a recipient, if there is one."""
        if recipient.agreement is None:
            return None
        return self.register.agreement_by_id[recipient.agreement]

    def recipients_in_role(self, role: RecipientRole) -> Iterator[Recipient]:
        """Yield the recipients with a role."""
        return (one for one in self.register.recipients if one.role is role)

    def number(self, figure: str) -> int:
        """Return a figure of the catalogue that is a whole number.

        Raises:
            UnknownFigureError: No figure has this id.
            TypeError: The figure is no whole number; the rule is wrong, not the register.

        """
        return self.catalogue.number(figure)
