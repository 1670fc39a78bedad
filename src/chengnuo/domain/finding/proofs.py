"""Proofs from the register alone: nobody is locked out for refusing, or for having no account.

**Refusal** (PIPL Art. 16; 191号文 4.2, 4.3, 4.5): for every basic service, with every optional
item and every optional consent item refused, there is a path, that is one activity for each
requirement which still runs. What counts as optional:

- an item that is not marked necessary, or that is marked so for an end for which nobody may be
  forced, or that is outside the list of the service's app type;
- the consent items about such items alone, every consent to providing to others or abroad, and
  the consent to publishing unless all that is published is necessary.

Refusing more never lets more run, so the one refusal of everything optional decides for every
other; a test holds this against trying them all.

**Account** (191号文 4.1; NPI): a service that can only be used signed in has on every path an
activity that needs an account.

A proof is about what is declared. Whether the app does so is for others to observe.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.app import Service
from chengnuo.domain.register.consent_items import ConsentItem, MatterKind, provided_categories
from chengnuo.domain.register.ids import ActivityId, RecipientId, ServiceId
from chengnuo.domain.register.method import Provider
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_OF_AN_ACCOUNT = frozenset({CategoryId("PI-NETID-ACCOUNT"), CategoryId("PI-NETID-CRED")})
_NEEDING_AN_ACCOUNT = frozenset({PurposeKind.ACCOUNT, PurposeKind.PAYMENT})
_ASKED_OF_PEOPLE = frozenset({Provider.INDIVIDUAL, Provider.DEVICE})


class Blocked(StrEnum):
    """Why an activity does not run once everything optional is refused."""

    OWN_ENDS = "own-ends"
    """Its purpose is one for which nobody may be forced."""
    ALL_OPTIONAL = "all-optional"
    """It rests on consent and nothing in it is necessary."""
    BEYOND_LIST = "beyond-list"
    """It cannot run without an item that the app type does not count as necessary."""
    PROVISION_REFUSED = "provision-refused"
    """It rests on consent and provides necessary items to others, or abroad."""
    PUBLICATION_REFUSED = "publication-refused"
    """It only publishes, and publishing can be refused."""


@dataclass(frozen=True, slots=True)
class BlockedActivity:
    """An activity that does not run under refusal, why, and the consent item or category."""

    activity: ActivityId
    why: Blocked
    about: str


@dataclass(frozen=True, slots=True)
class FailedRequirement:
    """A requirement for which no activity runs, with each that was tried."""

    index: int
    tried: tuple[BlockedActivity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalProof:
    """Whether a basic service runs with everything optional refused.

    Attributes:
        service: The basic service.
        path: One activity for each requirement that is met, in their order.
        failed: The requirements that are not met.

    """

    service: ServiceId
    path: tuple[ActivityId, ...]
    failed: tuple[FailedRequirement, ...]

    @property
    def holds(self) -> bool:
        """Tell whether every requirement is met."""
        return not self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountProof:
    """Whether a service that demands an account needs one on every path.

    Attributes:
        service: The service.
        without: A path on which nothing needs an account; None if there is no such path.

    """

    service: ServiceId
    without: tuple[ActivityId, ...] | None

    @property
    def holds(self) -> bool:
        """Tell whether every path needs an account."""
        return self.without is None


@dataclass(frozen=True, slots=True)
class Proofs:
    """Every proof that was tried, in the order of the services."""

    refusal: tuple[RefusalProof, ...]
    account: tuple[AccountProof, ...]


def prove(facts: Facts) -> Proofs:
    """Try every proof that a register calls for."""
    services = facts.register.services
    return Proofs(
        tuple(prove_refusal(service, facts) for service in services if service.basic),
        tuple(prove_account(service, facts) for service in services if service.requires_account),
    )


def prove_refusal(service: Service, facts: Facts) -> RefusalProof:
    """Look for a path of a basic service with everything optional refused.

    The first activity of a requirement that runs is taken; a service without requirements runs.
    """
    path: list[ActivityId] = []
    failed: list[FailedRequirement] = []
    for index, requirement in enumerate(service.requires):
        tried: list[BlockedActivity] = []
        for activity in requirement.any_of:
            blocked = blocked_under_refusal(activity, facts)
            if blocked is None:
                path.append(activity)
                break
            tried.append(blocked)
        else:
            failed.append(FailedRequirement(index, tuple(tried)))
    return RefusalProof(service=service.service, path=tuple(path), failed=tuple(failed))


def blocked_under_refusal(activity_id: ActivityId, facts: Facts) -> BlockedActivity | None:
    """Return why an activity does not run with everything optional refused; None if it runs."""
    activity = facts.register.activity_by_id[activity_id]
    if activity.purpose_kind.never_necessary:
        return BlockedActivity(activity_id, Blocked.OWN_ENDS, activity.purpose_kind.value)
    on_consent = activity.basis is LegalBasis.CONSENT
    if on_consent and not any(item.necessary for item in activity.items):
        return BlockedActivity(activity_id, Blocked.ALL_OPTIONAL, activity.activity)
    beyond = next(_beyond_list(activity, facts), None) if on_consent else None
    if beyond is not None:
        return BlockedActivity(activity_id, Blocked.BEYOND_LIST, beyond.category)
    for item in facts.consent_items.get(activity_id, ()):
        why = _stops_without(item, activity, facts)
        if why is not None:
            return BlockedActivity(activity_id, why, item.id)
    return None


def recognised_as_necessary(activity: ProcessingActivity, facts: Facts) -> tuple[PIItem, ...]:
    """Return the items that count as necessary, not only those that are said to be."""
    if activity.purpose_kind.never_necessary:
        return ()
    beyond = set(_beyond_list(activity, facts))
    return tuple(item for item in activity.items if item.necessary and item not in beyond)


def prove_account(service: Service, facts: Facts) -> AccountProof:
    """Look for a path of a service on which nothing needs an account."""
    without: list[ActivityId] = []
    for requirement in service.requires:
        free = next((one for one in requirement.any_of if not needs_account(one, facts)), None)
        if free is None:
            return AccountProof(service=service.service, without=None)
        without.append(free)
    return AccountProof(service=service.service, without=tuple(without))


def needs_account(activity_id: ActivityId, facts: Facts) -> bool:
    """Tell whether an activity only makes sense for somebody who is signed in."""
    activity = facts.register.activity_by_id[activity_id]
    return activity.purpose_kind in _NEEDING_AN_ACCOUNT or any(
        item.necessary and item.category in _OF_AN_ACCOUNT for item in activity.items
    )


def _beyond_list(activity: ProcessingActivity, facts: Facts) -> Iterator[PIItem]:
    """The items said to be necessary that the list of the service's app type does not have."""
    app_type = facts.app_type_of(activity.service)
    if app_type is None or activity.method.provided_by not in _ASKED_OF_PEOPLE:
        return
    listed = app_type.necessary_categories()
    for item in activity.items:
        if item.necessary and item.category not in listed:
            yield item


def _stops_without(item: ConsentItem, activity: ProcessingActivity, facts: Facts) -> Blocked | None:
    """Why an activity stops when a consent item that is optional is refused; None if it goes on."""
    necessary = {one.category for one in recognised_as_necessary(activity, facts)}
    match item.kind:
        case MatterKind.PROVISION | MatterKind.OVERSEAS:
            recipient = facts.register.recipient_by_id[RecipientId(item.about or "")]
            given = necessary.intersection(provided_categories(activity, recipient))
            return Blocked.PROVISION_REFUSED if given else None
        case MatterKind.PUBLICATION if activity.purpose_kind is PurposeKind.PUBLICATION:
            published = activity.disclosure.categories if activity.disclosure else ()
            optional = not necessary.issuperset(published)
            return Blocked.PUBLICATION_REFUSED if optional else None
        case _:
            return None
