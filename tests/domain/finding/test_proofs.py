"""The proofs: the shop's own cases by hand, and the fast answer against trying everything."""

from collections.abc import Iterable, Iterator
from itertools import combinations, product

import pytest
from hypothesis import given
from tests.domain.finding.changing import Change, changed
from tests.strategies.clean_activities import needed
from tests.strategies.clean_register import TODAY
from tests.strategies.registers import law, small_registers

from chengnuo.domain.finding.check import check, facts_of
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.proofs import Blocked, blocked_under_refusal, prove
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.app import Requirement
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.method import Provider
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId
from chengnuo.law.legal_basis import LegalBasis

BROWSING = "service browsing"


def requirement(*names: str) -> Requirement:
    return Requirement(any_of=tuple(ActivityId(name) for name in names))


def blocked(register: Register, catalogue: Catalogue, activity: str) -> Blocked | None:
    found = blocked_under_refusal(ActivityId(activity), facts_of(register, catalogue, TODAY))
    return found.why if found else None


def test_the_clean_shop_can_be_used_by_who_refuses(clean: Register, catalogue: Catalogue) -> None:
    proofs = check(clean, catalogue, TODAY).proofs
    paths = {proof.service: proof.path for proof in proofs.refusal if proof.holds}
    assert paths == {"browsing": ("security-logs",), "buying": ("open-account", "place-order")}
    assert [(proof.service, proof.holds) for proof in proofs.account] == [("buying", True)]


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("place-order", None),
        ("ride-along", None),
        ("nearby-stores", Blocked.ALL_OPTIONAL),
        ("picks-for-you", Blocked.OWN_ENDS),
        ("crash-reports", Blocked.OWN_ENDS),
        ("winners", Blocked.ALL_OPTIONAL),
    ],
)
def test_what_stops_when_everything_optional_is_refused(
    activity: str, expected: Blocked | None, clean: Register, catalogue: Catalogue
) -> None:
    assert blocked(clean, catalogue, activity) is expected


def test_necessary_items_given_to_others_by_consent_can_be_refused(
    clean: Register, catalogue: Catalogue
) -> None:
    asked = changed(clean, Change("activity place-order", "basis", LegalBasis.CONSENT))
    assert blocked(asked, catalogue, "place-order") is Blocked.PROVISION_REFUSED


def test_calling_an_item_necessary_does_not_make_it_so(
    clean: Register, catalogue: Catalogue
) -> None:
    stretched = changed(
        clean,
        Change("activity voice-search", "items", (needed("PI-BASIC-BIRTH"),)),
        Change("service extras", "app_type", AppTypeId("NPI-06")),
    )
    assert blocked(stretched, catalogue, "voice-search") is Blocked.BEYOND_LIST


def test_another_way_keeps_the_service(clean: Register, catalogue: Catalogue) -> None:
    only = changed(clean, Change(BROWSING, "requires", (requirement("nearby-stores"),)))
    either = changed(
        clean, Change(BROWSING, "requires", (requirement("nearby-stores", "public-shops"),))
    )
    facts = facts_of(only, catalogue, TODAY)
    (failed,) = prove(facts).refusal[0].failed
    assert [one.activity for one in failed.tried] == ["nearby-stores"]
    proof = prove(facts_of(either, catalogue, TODAY)).refusal[0]
    assert proof.holds
    assert proof.path == ("public-shops",)


# The plain way: refuse every set of things that can be refused, and see what still runs.


def listed(activity: ProcessingActivity, facts: Facts) -> Iterator[int]:
    """The positions of items that count as necessary."""
    app_type = facts.app_type_of(activity.service)
    asked = activity.method.provided_by in {Provider.INDIVIDUAL, Provider.DEVICE}
    for index, item in enumerate(activity.items):
        outside = app_type is not None and item.category not in app_type.necessary_categories()
        if item.necessary and not (asked and outside):
            yield index


def refusable(activity: ProcessingActivity, facts: Facts) -> set[str]:
    """Everything about an activity that can be refused, by name."""
    found = {"whole"} if activity.purpose_kind.never_necessary else set()
    necessary = set(listed(activity, facts))
    if activity.basis is LegalBasis.CONSENT:
        found |= {f"item {n}" for n in range(len(activity.items)) if n not in necessary}
        for recipient in facts.register.recipients_of(activity):
            if recipient.role is RecipientRole.PROVISION or recipient.is_overseas:
                found.add(f"to {recipient.recipient}")
    if activity.disclosure is not None:
        categories = {activity.items[n].category for n in necessary}
        if not set(activity.disclosure.categories) <= categories:
            found.add("publishing")
    return found


def runs(activity: ProcessingActivity, refused: set[str], facts: Facts) -> bool:
    """Tell whether an activity goes on when exactly these things are refused."""
    if "whole" in refused:
        return False
    if "publishing" in refused and activity.purpose_kind is PurposeKind.PUBLICATION:
        return False
    granted: list[PIItem] = [
        item for n, item in enumerate(activity.items) if f"item {n}" not in refused
    ]
    if activity.basis is LegalBasis.CONSENT and not granted:
        return False
    needed_items = [item for item in activity.items if item.necessary]
    if any(item not in granted for item in needed_items):
        return False
    for recipient in facts.register.recipients_of(activity):
        gets = {item.category for item in needed_items} & set(recipient.categories)
        if f"to {recipient.recipient}" in refused and gets:
            return False
    return True


def subsets(names: Iterable[str]) -> Iterator[set[str]]:
    ordered = sorted(names)
    for size in range(len(ordered) + 1):
        yield from (set(chosen) for chosen in combinations(ordered, size))


@given(small_registers())
def test_refusing_everything_optional_decides_for_every_refusal(register: Register) -> None:
    facts = facts_of(register, law(), TODAY)
    stops = {
        activity.activity: any(
            not runs(activity, refused, facts) for refused in subsets(refusable(activity, facts))
        )
        for activity in register.activities
    }
    for name, expected in stops.items():
        assert (blocked_under_refusal(name, facts) is not None) is expected
    for service, proof in zip(register.services, prove(facts).refusal, strict=True):
        ways = product(*(requirement.any_of for requirement in service.requires))
        assert proof.holds is any(not any(stops[one] for one in way) for way in ways)
        if proof.holds:
            assert not any(stops[one] for one in proof.path)


@given(small_registers())
def test_an_account_is_needed_on_every_path_or_on_none_found(register: Register) -> None:
    facts = facts_of(register, law(), TODAY)
    account = {"PI-NETID-ACCOUNT", "PI-NETID-CRED"}
    needs = {
        activity.activity: activity.purpose_kind in {PurposeKind.ACCOUNT, PurposeKind.PAYMENT}
        or any(item.necessary and item.category in account for item in activity.items)
        for activity in register.activities
    }
    demanding = [service for service in register.services if service.requires_account]
    for service, proof in zip(demanding, prove(facts).account, strict=True):
        ways = product(*(requirement.any_of for requirement in service.requires))
        assert proof.holds is all(any(needs[one] for one in way) for way in ways)
