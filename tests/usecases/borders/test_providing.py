"""Information goes abroad only where nothing stands in the way; what went is counted by people."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.usecases.borders.border_house import (
    LETTER,
    PLACES,
    REGISTER,
    BorderHouse,
    person,
    with_lines,
)

from chengnuo.domain.borders.counting import Heads, Sort
from chengnuo.domain.borders.route import Demand
from chengnuo.domain.borders.tasks import TaskKind
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.borders import counting
from chengnuo.usecases.borders.figures import BorderFigures
from chengnuo.usecases.borders.provision import NotAbroadError, Provided
from chengnuo.usecases.decision.answering import AskedTooManyError, Stated

BOTH = replace(LETTER, categories=None)
PLACES_ABROAD = ConsentItemId("nearby/overseas:maps")


def rules(made: Provided) -> list[str]:
    return [barrier.rule for barrier in made.barriers]


def kinds_since(house: BorderHouse, position: int) -> list[str]:
    return [
        house.opened.log.record(Position(one)).leaf.kind for one in range(position, house.records())
    ]


def test_what_goes_is_recorded_in_each_chain_with_country_route_and_sorts(
    house: BorderHouse,
) -> None:
    made = house.provide(1, 2, 1)
    assert made.may_go
    assert (made.individuals, made.before, made.after) == (2, Heads(), Heads(general=2))
    first, second = (house.opened.log.record(Position(made.first + one)) for one in (0, 1))
    assert {first.leaf.kind, second.leaf.kind} == {Kind.PROVISION.value}
    assert (first.leaf.activity, first.leaf.recipient) == ("letters", "mailer")
    assert house.opened.payloads.person(second) == person(2)
    payload = house.opened.payloads.opened(first).payload
    assert payload is not None
    assert json.loads(payload) == {
        "v": 2,
        "categories": ["PI-BASIC-EMAIL"],
        "purpose": "投递茶讯",
        "method": "投递后删除",
        "country": "SG",
        "route": "exempt-volume",
        "sorts": ["general"],
    }
    assert house.outlook().count == house.counter.recount(2026)


def test_with_consent_as_the_basis_the_record_names_the_consent_item(house: BorderHouse) -> None:
    refused = house.provide(1, provision=PLACES)
    assert not refused.may_go
    assert {barrier.article for barrier in refused.barriers} >= {"PIPL-39", "PIPL-29"}
    house.agree(1)
    made = house.provide(1, provision=PLACES)
    assert made.may_go, made.barriers
    assert made.after == Heads(sensitive=1)
    leaf = house.opened.log.record(made.first).leaf
    assert leaf.item == "nearby/overseas:maps"
    house.withdraw(PLACES_ABROAD, person=person(1))
    assert rules(house.provide(1, provision=PLACES)) == ["consent-overseas"]


def test_one_without_consent_keeps_back_the_whole_batch(house: BorderHouse) -> None:
    house.agree(1)
    house.agree(3)
    before = house.records()
    made = house.provide(1, 2, 3, provision=PLACES)
    assert not made.may_go
    assert {barrier.individuals for barrier in made.barriers} == {1}
    assert {barrier.places for barrier in made.barriers} == {(1,)}
    assert kinds_since(house, before) == ["decision", "decision"]
    whole, one = (house.opened.log.record(Position(before + at)) for at in (0, 1))
    assert (whole.ordinal, house.opened.payloads.person(one)) == (0, person(2))
    assert house.outlook().count.counted == Heads()


_REFERENCE, _GROUNDS = "      reference: SCC-1\n", "\n    grounds: [overseas"
BLOCKED = (
    (_REFERENCE, "", "route-filed", "PIPL-38"),
    ("until: 2027-06-30", "until: 2026-11-20", "transfer-route", "PIPL-38"),
    ("    contact: privacy@maps.example\n", "", "notice-whole", "PIPL-39"),
    ("      rights: {zh: 发邮件, en: Write}\n", "", "notice-whole", "PIPL-39"),
    ("      safeguards: {zh: 合同约束, en: Contract}\n", "", "recipient-standard", "PIPL-38"),
    (f"2026-01-05{_GROUNDS}", f"2026-11-22{_GROUNDS}", "assessment-in-force", "PIPL-55"),
    ("route: standard-contract", "route: exempt-volume", "route-suffices", "XB-2024"),
    ("route: standard-contract", "route: exempt-human-resources", "route-occasion", "XB-2024"),
    (_REFERENCE, f"{_REFERENCE}      important_data: true\n", "route-suffices", "XB-2024"),
    ("s: 4000\n", "s: 4000\n  critical_infrastructure: true\n", "route-suffices", "XB-2024"),
)
"""What is wrong with the register, and what that keeps back by which article."""


def test_it_is_blocked_by_default(house: BorderHouse) -> None:
    house.agree(1)
    before = house.records()
    for old, new, rule, article in BLOCKED:
        house.edit(old, new)
        made = house.provide(1, provision=PLACES)
        assert [(one.rule, one.article) for one in made.barriers] == [(rule, article)], new
        house.write(REGISTER)
        house.desk.load(by="cli")
    assert set(kinds_since(house, before)) == {Kind.DECISION.value}
    assert house.outlook().count == house.counter.recount(2026)
    assert house.outlook().count.counted == Heads()
    assert house.provide(1, provision=PLACES).may_go


def test_without_a_row_without_a_route_and_at_home_nothing_goes(house: BorderHouse) -> None:
    unknown = replace(LETTER, recipient=RecipientId("nobody"))
    assert "recipient-declared" in rules(house.provide(1, provision=unknown))
    other = replace(LETTER, activity=ActivityId("nothing"))
    assert rules(house.provide(1, provision=other)) == ["activity-declared"]
    with pytest.raises(NotAbroadError):
        house.provide(1, provision=replace(LETTER, recipient=RecipientId("courier")))
    with pytest.raises(AskedTooManyError):
        house.provide()
    text = (house.folder / "register" / "register.yaml").read_text("utf-8")
    start = text.index("    cross_border:\n      route: exempt-volume")
    end = text.index("  - recipient: courier")
    house.edit(text[start:end], "")
    assert rules(house.provide(1)) == ["transfer-route"]
    assert house.outlook().count.counted == Heads()


def test_one_individual_counts_once_whatever_was_sent_to_whom(house: BorderHouse) -> None:
    house.agree(1)
    assert [house.provide(1).may_go for _ in range(2)] == [True, True]
    assert house.provide(1, provision=PLACES).may_go
    count = house.outlook().count
    assert count.counted == Heads(general=1, sensitive=1)
    assert count.by_recipient == {
        RecipientId("mailer"): Heads(general=1),
        RecipientId("maps"): Heads(sensitive=1),
    }
    assert count == house.counter.recount(2026)


def test_accounts_that_are_found_to_be_one_count_once_from_then_on(house: BorderHouse) -> None:
    for number in (1, 2, 3):
        assert house.provide(number).may_go
    assert house.outlook().count.counted.general == 3
    house.consents.merge(person(1), person(3), method="signed-in")
    assert house.outlook().count.counted.general == 2
    assert house.outlook().count == house.counter.recount(2026)
    made = house.provide(1, 3, 2)
    assert (made.before, made.after) == (Heads(general=2), Heads(general=2))
    house.start_again()
    assert house.outlook().count.counted.general == 2


def test_a_batch_that_would_reach_a_line_is_refused_whole_and_never_split(
    house: BorderHouse, catalogue: Catalogue
) -> None:
    assert catalogue.number("TD-D4") == 100_000
    house.counted_before(99_997, day=date(2026, 1, 1))
    made = house.provide(1, 2, 3)
    assert rules(made) == ["route-suffices"]
    assert made.after == Heads(general=100_000)
    (reason,) = made.barriers[0].reasons
    assert (reason.figure, reason.people, reason.limit) == ("TD-D3", 100_000, 100_000)
    assert house.outlook().count.counted.general == 99_997
    made = house.provide(1, 2)
    assert made.may_go
    assert made.after.general == 99_999
    assert made.demanded is not None
    assert [people for _, people in made.demanded.near] == [99_999]
    assert rules(house.provide(4)) == ["route-suffices"]
    assert house.provide(2, 1).may_go, "nobody new goes"
    assert house.outlook().count.counted.general == 99_999


@pytest.mark.parametrize(("before", "goes"), [(9_998, True), (9_999, False), (10_000, False)])
def test_the_line_of_sensitive_information(house: BorderHouse, before: int, goes: bool) -> None:
    house.agree(1)
    house.counted_before(before, day=date(2026, 2, 1), sort=Sort.SENSITIVE)
    made = house.provide(1, provision=PLACES)
    assert made.may_go is goes
    assert made.after.sensitive == before + 1
    assert made.demanded is not None
    assert made.demanded.demand is (Demand.CONTRACT if goes else Demand.ASSESSMENT)


def test_figures_are_those_of_the_catalogue(tmp_path: Path, catalogue: Catalogue) -> None:
    house = BorderHouse(tmp_path / "small", with_lines(catalogue, TD_D3=2, TD_D4=2))
    assert house.provide(1).may_go
    assert rules(house.provide(2)) == ["route-suffices"]
    house.close()


def test_the_count_begins_anew_at_midnight_at_home(house: BorderHouse) -> None:
    house.counted_before(99_999, day=date(2026, 12, 31))
    house.clock.at = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
    assert rules(house.provide(1)) == ["route-suffices"]
    house.clock.at = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    made = house.provide(1)
    assert (made.may_go, made.after) == (True, Heads(general=1))
    assert house.outlook(2026).count.counted.general == 99_999
    assert house.outlook(2027).count == house.counter.recount(2027)


def test_what_an_occasion_exempts_is_counted_apart(house: BorderHouse) -> None:
    house.edit("      route: exempt-volume", "      route: exempt-contract")
    house.counted_before(100_000, day=date(2026, 3, 1))
    made = house.provide(1, provision=BOTH)
    assert made.may_go, made.barriers
    assert (made.scene, made.after) == (TransferRoute.EXEMPT_CONTRACT, Heads(general=100_000))
    count = house.outlook().count
    assert count.apart == {TransferRoute.EXEMPT_CONTRACT: Heads(general=1, sensitive=1)}
    assert house.counter.recount(2026).apart == count.apart


def test_all_information_of_a_child_is_sensitive(house: BorderHouse) -> None:
    house.edit(
        "    stores: [main.orders]\n    recipients: [mailer]\n    minors_under_14: not-collected",
        "    stores: [main.orders]\n    recipients: [mailer]\n    minors_under_14: other-basis",
    )
    house.edit("      route: exempt-volume", "      route: certification\n      reference: C-1")
    child = replace(LETTER, stated=Stated(age=AgeBand.UNDER_14, account=AccountState.ACTIVE))
    made = house.provide(1, provision=child)
    assert made.may_go, made.barriers
    assert made.after == Heads(sensitive=1)
    assert house.counter.recount(2026).counted == Heads(sensitive=1)


def test_a_deletion_takes_nobody_out_of_the_count(house: BorderHouse) -> None:
    for number in (1, 2):
        assert house.provide(number).may_go
    assert house.outlook().count.counted.general == 2
    house.erase(person(1))
    assert house.outlook().count.counted == Heads(general=2)
    assert house.outlook().at_most == 0
    # Made anew, the erased record counts as all that the register let it be.
    assert house.counter.recount(2026).counted == Heads(general=2, sensitive=1)


def test_a_line_that_was_reached_makes_a_task(house: BorderHouse) -> None:
    house.counted_before(100_000, day=date(2026, 5, 4))
    found = house.outlook()
    assert found.demanded.demand is Demand.CONTRACT
    (task,) = found.tasks
    assert (task.kind, task.due, task.figure) == (TaskKind.TAKE_ROUTE, date(2026, 5, 4), "TD-D3")


def test_the_board_looks_at_what_was_counted(house: BorderHouse) -> None:
    figures = BorderFigures(counter=house.counter, register=house.desk)
    assert figures.of_year(house.clock.now()).went == ()
    house.agree(1)
    assert house.provide(1, 2).may_go
    assert house.provide(1, provision=PLACES).may_go
    house.edit(
        "      route: exempt-volume", "      route: exempt-volume\n      individuals_a_year: 1"
    )
    found = figures.of_year(house.clock.now())
    assert [(one.recipient, one.general, one.sensitive) for one in found.went] == [
        ("mailer", 2, 0),
        ("maps", 0, 1),
    ]
    runs = {run.control.id: run.result for run in figures.runs(house.clock.now())}
    # Somebody's sensitive information went to another recipient: exempt by volume no longer holds.
    assert [one.wrong for one in runs.values()] == [1, 0, 1]


def test_a_recount_of_too_many_records_is_refused(
    house: BorderHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.provide(1).may_go
    monkeypatch.setattr(counting, "MOST_RECOUNTED", 0)
    with pytest.raises(counting.RecountTooLongError):
        house.counter.recount(2026)
