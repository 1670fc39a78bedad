"""What follows from a withdrawal, by what the withdrawn item was about."""

import pytest
from tests.strategies.told_register import told_register

from chengnuo.domain.consent.what_follows import (
    UNDO_FOR_US,
    FollowKind,
    FollowState,
    what_follows,
)
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.catalogue import Catalogue

AT = 1_000


@pytest.mark.parametrize(
    ("item", "told"),
    [
        pytest.param("nearby/general", ["maps"], id="all who get anything of the activity"),
        pytest.param("nearby/sensitive:PI-LOC-PRECISE", ["maps"], id="who get the category"),
        pytest.param("nearby/sensitive:PI-DEVICE-OAID", [], id="nobody gets this category"),
        pytest.param("nearby/overseas:maps", ["maps"], id="the one it names"),
        pytest.param("order/provision:courier", ["courier"], id="the one it names, at home"),
        pytest.param("order/provision:maps", [], id="one who gets nothing"),
        pytest.param("wall/publication", [], id="what is public is taken down, nobody is told"),
        pytest.param("cellar/general", [], id="an activity that is no more"),
    ],
)
def test_who_is_told(catalogue: Catalogue, item: str, told: list[str]) -> None:
    register = told_register(catalogue)
    found = what_follows(ConsentItemId(item), register, person="one", withdrawal=7, at=AT)
    assert [(one.kind, one.recipient, one.due) for one in found] == [
        (FollowKind.STOP, "", AT),
        *((FollowKind.TELL, recipient, AT + UNDO_FOR_US) for recipient in told),
        (FollowKind.DELETE, "", AT + UNDO_FOR_US),
    ]
    assert {(one.withdrawal, one.person, one.item, one.state) for one in found} == {
        (7, "one", item, FollowState.OPEN)
    }


def test_without_the_register_of_that_day_use_stops_and_data_go_all_the_same() -> None:
    found = what_follows(ConsentItemId("nearby/general"), None, person="one", withdrawal=7, at=AT)
    assert [one.kind for one in found] == [FollowKind.STOP, FollowKind.DELETE]


def test_it_is_due_from_its_instant_on() -> None:
    item = ConsentItemId("nearby/general")
    stop, delete = what_follows(item, None, person="one", withdrawal=7, at=AT)
    assert (stop.is_due(AT - 1), stop.is_due(AT)) == (False, True)
    assert (delete.is_due(AT + UNDO_FOR_US - 1), delete.is_due(AT + UNDO_FOR_US)) == (False, True)
