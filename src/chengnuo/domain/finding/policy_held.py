"""A policy beside a register: what each names, and which party is which recipient."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from chengnuo.domain.finding.declared_sdks import DeclaredSdks, names_of, overlap, plain_names
from chengnuo.domain.finding.package_look import activity_row
from chengnuo.domain.observation.policy import NamedParty, PolicyReading, ReadFrom
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import App
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.engines.policy.enumerating import without_brackets
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, kw_only=True)
class PolicyHeld:
    """What rules about policies look at.

    Attributes:
        reading: What the policy says.
        register: The register.
        app: App of the register that the policy is of.
        catalogue: The law.
        sdks: The SDKs that are known.

    """

    reading: PolicyReading
    register: Register
    app: App
    catalogue: Catalogue
    sdks: SdkCatalogue

    @property
    def app_row(self) -> RowRef:
        """The row of the app."""
        return RowRef("app", self.app.app)

    @cached_property
    def activities(self) -> tuple[ProcessingActivity, ...]:
        """The activities of the app."""
        return tuple(self.register.activities_of(self.app.app))

    @cached_property
    def recipients(self) -> tuple[Recipient, ...]:
        """The recipients of the app's activities, each once."""
        found = (
            one for activity in self.activities for one in self.register.recipients_of(activity)
        )
        return tuple({one.recipient: one for one in found}.values())

    @cached_property
    def declared(self) -> Mapping[CategoryId, tuple[RowRef, ...]]:
        """The categories that the app's activities declare, with their rows."""
        found: dict[CategoryId, list[RowRef]] = {}
        for activity in self.activities:
            for category in dict.fromkeys(activity.categories):
                found.setdefault(category, []).append(activity_row(activity))
        return {category: tuple(rows) for category, rows in found.items()}

    @cached_property
    def said(self) -> Mapping[CategoryId, str]:
        """The categories that the policy names, with the first words for each."""
        found: dict[CategoryId, str] = {}
        for one in self.reading.collected:
            if one.category is not None:
                found.setdefault(one.category, one.item.words)
        for party in self.reading.parties:
            for category in party.categories:
                found.setdefault(category, party.name.words)
        return found

    @cached_property
    def recipient_of(self) -> Mapping[NamedParty, tuple[Recipient, ...]]:
        """The recipients that each party of the policy may be."""
        listed = DeclaredSdks(recipients=self.recipients, catalogue=self.sdks)
        return {
            party: tuple(one for one in self.recipients if _is(party, one, listed))
            for party in self.reading.parties
        }

    @cached_property
    def named(self) -> Mapping[str, tuple[NamedParty, ...]]:
        """The parties of the policy, by the id of the recipient that each is."""
        found: dict[str, list[NamedParty]] = {}
        for party, recipients in self.recipient_of.items():
            for one in recipients:
                found.setdefault(one.recipient, []).append(party)
        return {recipient: tuple(parties) for recipient, parties in found.items()}

    @cached_property
    def not_declared(self) -> tuple[NamedParty, ...]:
        """The parties that no recipient is; of sentences only those of the catalogue, once."""
        found: dict[str, NamedParty] = {}
        for party, recipients in self.recipient_of.items():
            if not recipients and (
                party.sdk is not None or party.read_from is not ReadFrom.SENTENCE
            ):
                found.setdefault(party.sdk or without_brackets(party.name.words), party)
        return tuple(found.values())


def _is(party: NamedParty, recipient: Recipient, listed: DeclaredSdks) -> bool:
    """Tell whether a party is a recipient: by its SDK, else by a name and a part of another."""
    if party.sdk is not None and party.sdk in listed.ids(recipient):
        return True
    company = None if party.company is None else party.company.words
    here = plain_names((party.name.words, without_brackets(party.name.words), company))
    there = names_of(recipient)
    if not here.isdisjoint(there):
        return True
    own = plain_names((recipient.name.zh, recipient.name.en))
    return overlap(plain_names((party.name.words,)), own)
