"""Labels seen and deleted one by one, in a real store; deleted ones stay so."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.usecases.decision.automated_house import NEARBY, WITH_MODELS, AutomatedHouse
from tests.usecases.rights.rights_house import LIN, WANG

from chengnuo.domain.decision.automated import Alarm
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.domain.register.ids import ModelId
from chengnuo.domain.register.problems import RegisterRefusedError
from chengnuo.domain.rights.machine import Stage
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.labels import LabelDeletedError, NoSuchLabelsError
from chengnuo.usecases.rights.seen import RequestSeen

AT, MODEL = "main.tags", ModelId("near-ranking")
TAGS = """\
      - table: tags
        identity: [account]
        not_personal: [id]
        labels: {label: tag, model: near-ranking, learned_from: source, since: made}
        columns:
          - {column: account, category: PI-NETID-ACCOUNT, when_deleted: delete-row, export: false}
          - {column: tag, category: PI-ONLINE-PROFILE, when_deleted: delete-row}
          - {column: source, category: PI-ONLINE-PROFILE, when_deleted: delete-row}
          - {column: made, category: PI-ONLINE-PROFILE, when_deleted: delete-row}
      - table: children
"""
REGISTER = WITH_MODELS.replace("      - table: children\n", TAGS)
ROCK_TEA = "喜欢岩茶"


class LabelHouse(AutomatedHouse):
    """The tea house whose ranking keeps labels."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        super().__init__(folder, catalogue, register=REGISTER)
        self.sql(
            "CREATE TABLE tags"
            " (id INTEGER PRIMARY KEY, account TEXT, tag TEXT, source TEXT, made TEXT)"
        )
        for account in (LIN, WANG):
            for tag in (ROCK_TEA, "常去西湖"):
                self.learn(tag, account)

    def sql(self, statement: str, *given: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.shop_file)) as shop:
            found = shop.execute(statement, given).fetchall()
            shop.commit()
        return found

    def learn(self, tag: str, account: str = LIN) -> None:
        self.sql(
            "INSERT INTO tags (account, tag, source, made) VALUES (?, ?, '浏览', '2026-11-01')",
            account,
            tag,
        )

    def kept(self, account: str = LIN) -> list[str]:
        found = self.sql("SELECT tag FROM tags WHERE account = ? ORDER BY tag", account)
        return [str(tag) for (tag,) in found]

    def seen(self, account: str = LIN) -> dict[str, bool]:
        """Return the labels shown, each with whether it had been deleted."""
        found = self.rights.labels.of(self.person(account), account)
        return {one.label: one.deleted_at is not None for one in found.labels}

    def delete(self, tag: str = ROCK_TEA) -> RequestSeen:
        return self.ask(Right.DELETE, self.rights.labels.deletion(AT, tag))


@pytest.fixture
def house(tmp_path: Path, catalogue: Catalogue) -> Iterator[LabelHouse]:
    made = LabelHouse(tmp_path / "house", catalogue)
    yield made
    made.close()


def test_labels_are_shown_with_what_they_were_learned_from_and_since_when(
    house: LabelHouse,
) -> None:
    found = house.rights.labels.of(house.person(LIN), LIN)
    assert found.away == ()
    first = found.labels[0]
    assert (first.label, first.model, first.table) == (ROCK_TEA, MODEL, AT)
    assert (first.learned_from, first.since, first.deleted_at) == ("浏览", "2026-11-01", None)
    assert len(found.labels) == 2


def test_one_label_is_deleted_and_looked_for_again_and_no_other_row_goes(
    house: LabelHouse,
) -> None:
    house.fill(LIN)
    asked = house.delete()
    house.work()
    assert house.kept() == ["喜欢岩茶", "常去西湖"]  # it can be taken back for ten minutes
    assert set(house.seen()) == {"常去西湖"}  # and is not shown as kept meanwhile
    house.work(minutes=11)
    assert house.rights.seen(asked.request.id).stage is Stage.FULFILLED
    assert house.kept() == ["常去西湖"]
    assert house.kept(WANG) == ["喜欢岩茶", "常去西湖"]
    assert house.rows_of(LIN) == 6
    (result,) = [one for one in house.rights.seen(asked.request.id).results if one.deleted]
    assert (result.deleted, result.residue) == (1, 0)
    assert not house.consents.state_of(
        house.person(LIN), house.consents.seen().at
    ).individual.suppressed
    deletions = [
        one for one in house.evidence.mine(house.person(LIN)) if one.leaf.kind == Kind.DELETION
    ]
    assert len(deletions) == 1
    assert house.couriers.given == []


def test_a_deletion_that_is_taken_back_leaves_the_label(house: LabelHouse) -> None:
    asked = house.delete()
    house.work()
    house.rights.take_back(asked.request.id, house.person(LIN))
    house.work(minutes=11)
    assert house.seen() == {ROCK_TEA: False, "常去西湖": False}
    house.rights.labels.keep(house.person(LIN), MODEL, ROCK_TEA)


def test_a_deleted_label_may_not_be_kept_or_used_and_others_may(house: LabelHouse) -> None:
    house.delete()
    house.work(minutes=11)
    person, labels = house.person(LIN), house.rights.labels
    deleted, kept = labels.deleted(person, MODEL, [ROCK_TEA, "常去西湖"])
    assert deleted is not None
    assert kept is None
    with pytest.raises(LabelDeletedError):
        labels.keep(person, MODEL, ROCK_TEA)
    labels.keep(person, MODEL, "常去西湖")
    labels.keep(house.person(WANG), MODEL, ROCK_TEA)
    house.start_again()
    house.consents.rebuild()
    with pytest.raises(LabelDeletedError):
        house.rights.labels.keep(person, MODEL, ROCK_TEA)


def test_a_label_that_comes_back_is_shown_as_such_and_is_a_finding_once(
    house: LabelHouse,
) -> None:
    house.delete()
    house.work(minutes=11)
    assert house.results()["deleted-labels-stay-deleted"].outcome is LiveOutcome.PASSED
    house.learn(ROCK_TEA)
    assert house.seen() == {"常去西湖": False, ROCK_TEA: True}
    before = house.records()
    house.seen()
    assert house.records() == before
    result = house.results()["deleted-labels-stay-deleted"]
    assert (result.outcome, len(result.faults)) == (LiveOutcome.FAILED, 1)
    house.delete()
    house.work(minutes=11)
    assert house.kept() == ["常去西湖"]
    assert house.results()["deleted-labels-stay-deleted"].outcome is LiveOutcome.PASSED


def test_a_decision_that_uses_a_deleted_label_is_an_alarm(house: LabelHouse) -> None:
    house.switched(on=True)
    inputs = {"place": (ROCK_TEA, "常去西湖")}
    assert house.decided("near-ranking", NEARBY, "ranked", inputs).alarms == ()
    house.delete()
    house.work(minutes=11)
    used = house.decided("near-ranking", NEARBY, "ranked", inputs)
    assert used.alarms == (Alarm.DELETED_LABEL,)
    assert house.decided("near-ranking", NEARBY, "ranked", inputs, WANG).alarms != used.alarms
    result = house.results()["deleted-labels-stay-deleted"]
    assert [one.position for one in result.faults] == [used.position]


def test_nothing_open_tells_the_label(house: LabelHouse) -> None:
    asked = house.delete()
    house.work(minutes=11)
    case = house.data.rights.case(asked.request.id)
    assert ROCK_TEA not in repr(case)
    spoken = [
        json.loads(house.evidence.payloads.opened(one).payload or b"{}")
        for one in house.evidence.mine(house.person(LIN))
    ]
    assert ROCK_TEA not in json.dumps(spoken, ensure_ascii=False)
    assert "label-deleted" in {one.get("state") for one in spoken}


def test_a_store_that_is_away_parks_the_deletion_and_the_label_is_refused_all_the_same(
    house: LabelHouse,
) -> None:
    house.delete()
    house.work()
    house.shop.is_away = True
    house.work(minutes=11)
    assert house.rights.labels.of(house.person(LIN), LIN).away
    house.shop.is_away = False
    house.work(minutes=11)
    house.work(minutes=11)
    assert house.kept() == ["常去西湖"]


def test_what_is_no_table_of_labels_is_refused(house: LabelHouse) -> None:
    with pytest.raises(NoSuchLabelsError):
        house.rights.labels.deletion("main.orders", "x")
    with pytest.raises(NoSuchLabelsError):
        house.rights.labels.deleted(house.person(LIN), ModelId("card-rules"), ["x"])


def test_a_label_that_is_not_there_is_said_not_to_be(house: LabelHouse) -> None:
    asked = house.delete("没有这个标签")
    house.work(minutes=11)
    seen = house.rights.seen(asked.request.id)
    assert seen.stage is Stage.REFUSED
    assert seen.reply is not None
    assert {one.code for one in seen.reply.refusals} == {"nothing-there"}


def test_two_names_of_one_individual_share_what_was_deleted(house: LabelHouse) -> None:
    house.delete()
    house.work(minutes=11)
    device = house.person("device-7")
    house.rights.labels.keep(device, MODEL, ROCK_TEA)
    house.consents.merge(house.person(LIN), device, method="sign-in")
    with pytest.raises(LabelDeletedError):
        house.rights.labels.keep(device, MODEL, ROCK_TEA)


def test_a_column_of_labels_that_is_not_declared_is_found_and_a_model_that_is_not_is_refused(
    house: LabelHouse,
) -> None:
    house.edit("labels: {label: tag,", "labels: {label: tagg,")
    fields = {one.field for one in house.desk.report_of(None).findings}
    assert "tables[2].labels.label" in fields
    with pytest.raises(RegisterRefusedError):
        house.edit("model: near-ranking, learned_from", "model: nobody, learned_from")
