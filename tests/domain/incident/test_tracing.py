"""Who saw or received something, by records: each named, nobody dropped, nothing claimed."""

import pytest
from tests.strategies.clean_register import clean_register

from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.incident.tracing import Certainty, Recorded, Side, Trace, trace
from chengnuo.domain.register.model import Register
from chengnuo.law.ids import CategoryId

PHONE, PLACE = CategoryId("PI-PHONE"), CategoryId("PI-LOC-PRECISE")


def record(kind: Kind, position: int = 1, **more: Tree) -> Recorded:
    row = {name: str(more.pop(name, "")) for name in ("activity", "recipient")}
    payload = None if more.get("gone") else dict(more)
    return Recorded(kind=kind, position=position, at=position, payload=payload, **row)


def traced(
    *chain: Recorded,
    batches: tuple[Recorded, ...] = (),
    category: CategoryId | None = None,
    register: Register | None = None,
) -> Trace:
    return trace(chain, batches, register, category)


def provision(position: int, recipient: str, *categories: str) -> Recorded:
    return record(Kind.PROVISION, position, recipient=recipient, categories=list(categories))


def test_who_got_something_is_named_with_the_record() -> None:
    found = traced(provision(7, "maps", PHONE), provision(8, "cloud", PLACE), category=PHONE)
    assert [(one.side, one.who, one.certainty, one.position) for one in found.touches] == [
        (Side.OUTSIDE, "maps", Certainty.DID, 7)
    ]
    assert len(traced(provision(7, "maps", PHONE), provision(8, "cloud", PLACE)).touches) == 2


def test_staff_who_read_are_inside_and_the_individual_is_neither() -> None:
    found = traced(
        record(Kind.OPERATOR_READ, 3, by="acc-1", what="x", reason="y"),
        record(Kind.EXPORT, 2, by="individual"),
        record(Kind.EXPORT, 1, by="acc-2"),
        category=PHONE,
    )
    assert [(one.side, one.who) for one in found.touches] == [
        (Side.INSIDE, "acc-1"),
        (Side.SELF, "individual"),
        (Side.INSIDE, "acc-2"),
    ]


@pytest.mark.parametrize(("outcome", "count"), [("permit", 1), ("refuse", 0), ("ask", 0)])
def test_what_was_permitted_may_have_been_done(outcome: str, count: int) -> None:
    asked = record(Kind.DECISION, 5, recipient="maps", activity="nearby", outcome=outcome)
    found = traced(asked)
    assert [(one.certainty, one.side) for one in found.touches] == [
        (Certainty.MAY_HAVE, Side.OUTSIDE)
    ] * count


def test_a_permit_of_an_activity_that_has_it_not_is_left_out() -> None:
    register = clean_register()
    activity = register.activities[0]
    has = activity.items[0].category
    asked = record(Kind.DECISION, 5, activity=activity.activity, outcome="permit")
    assert len(traced(asked, register=register, category=has).touches) == 1
    others = {one.category for one in activity.items}
    lacks = next(
        item.category
        for other in register.activities
        for item in other.items
        if item.category not in others
    )
    assert traced(asked, register=register, category=lacks).touches == ()


def test_a_batch_cannot_be_ruled_out_and_is_named() -> None:
    batch = record(Kind.PROVISION, 9, recipient="cloud", categories=[PHONE], count=3, root="a")
    assert traced(batches=(batch,), category=PHONE).batches == (("cloud", 9),)
    assert traced(batches=(batch,), category=PLACE).batches == ()


def test_who_is_declared_and_has_no_record_is_named_apart() -> None:
    register = clean_register()
    first = register.recipients[0]
    category = first.categories[0]
    found = traced(register=register, category=category)
    assert first.recipient in found.unrecorded
    seen = traced(provision(1, first.recipient, category), register=register, category=category)
    assert first.recipient not in seen.unrecorded
    assert all(category in register.recipient_by_id[one].categories for one in found.unrecorded)


def test_what_is_gone_is_counted_and_what_no_record_shows_is_always_said() -> None:
    found = traced(record(Kind.PROVISION, 1, gone=True), record(Kind.OPERATOR_READ, 2, by="a"))
    assert found.erased == 1
    assert len(found.cannot) >= 3
    assert any("past this system" in (one.en or "") for one in found.cannot)
