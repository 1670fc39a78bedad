"""The controls over automated decisions, over a real log: counted, named, blind where erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.usecases.decision.automated_house import AutomatedHouse
from tests.usecases.rights.rights_house import LIN, WANG

from chengnuo.domain.decision.automated import Variant
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.decision import automated_figures


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[AutomatedHouse]:
    made = AutomatedHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def test_what_is_recorded_is_counted_once_and_what_is_wrong_is_named(
    house: AutomatedHouse,
) -> None:
    house.switched(on=True)
    fine = house.ranked()
    house.switched(on=False)
    wrong = house.ranked()
    plain = house.ranked(variant=Variant.NOT_PERSONAL)
    held = house.held(account=WANG)
    records = house.figures.of_period(house.consents.now())
    assert [one.position for one in records.decided] == [
        one.position for one in (held, plain, wrong, fine)
    ]
    result = house.results()["personal-decisions-while-on"]
    assert [one.position for one in result.faults] == [plain.position, wrong.position]
    assert result.looked_at == 4
    assert house.results()["explanation-obtainable"].outcome is LiveOutcome.PASSED


def test_before_the_period_nothing_counts(house: AutomatedHouse) -> None:
    house.held()
    house.wait(days=31)
    results = house.results()
    assert {one.outcome for one in results.values()} == {LiveOutcome.NOTHING_TO_CHECK}


def test_a_decision_whose_content_was_erased_can_be_explained_by_nobody_and_is_no_fault(
    house: AutomatedHouse,
) -> None:
    house.held()
    house.held(account=WANG)
    house.erase(house.person(LIN), proof=False)
    house.consents.level()
    result = house.results()["explanation-obtainable"]
    assert (result.outcome, result.looked_at) == (LiveOutcome.PASSED, 1)
    assert result.why is not None
    assert "1 were erased" in result.why.en


def test_words_that_a_later_register_dropped_still_explain_an_earlier_decision(
    house: AutomatedHouse,
) -> None:
    house.held()
    house.edit(
        "      - {outcome: held, name: {zh: 暂缓, en: Held}}\n",
        "      - {outcome: stopped, name: {zh: 拦下, en: Stopped}}\n",
    )
    assert house.results()["explanation-obtainable"].outcome is LiveOutcome.PASSED
    house.data.close()


def test_more_than_is_looked_at_in_one_go_is_never_said_of_all(
    house: AutomatedHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.held()
    house.held()
    monkeypatch.setattr(automated_figures, "MOST", 1)
    results = house.results()
    never_again = {"off-stays-off", "deleted-labels-stay-deleted"}  # a sample would say nothing
    assert {name: one.outcome for name, one in results.items()} == {
        name: LiveOutcome.COULD_NOT_RUN if name in never_again else LiveOutcome.SAMPLED
        for name in results
    }
    assert never_again < results.keys()
