"""What is said of tables and columns is what the register says, in both languages."""

from dataclasses import replace

import pytest
from tests.usecases.rights.copy_kit import explainer

from chengnuo.base.text import Text
from chengnuo.domain.rights.transfer_conditions import (
    Condition,
    TransferFacts,
    all_met,
    is_movable,
    judged,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.legal_basis import LegalBasis


def test_every_column_of_every_table_is_explained(catalogue: Catalogue) -> None:
    said = explainer(catalogue)
    for store in said.register.stores:
        for table in store.tables:
            found = said.table(store.store, table.table)
            assert [one.column for one in found.columns] == [one.column for one in table.columns]
            for column, declared in zip(found.columns, table.columns, strict=True):
                assert column.category == declared.category
                assert (column.kept is None) == (declared.keep is None)
                for text in (column.name, *column.purposes, *column.sources, *column.periods):
                    assert text.zh
                    assert text.en


def test_a_use_names_only_recipients_that_get_the_category(catalogue: Catalogue) -> None:
    said = explainer(catalogue)
    seen = 0
    for store in said.register.stores:
        for table in store.tables:
            for column in said.table(store.store, table.table).columns:
                for use in column.uses:
                    activity = said.register.activity_by_id[use.activity]
                    getters = [
                        one
                        for one in activity.recipients
                        if column.category in said.register.recipient_by_id[one].categories
                    ]
                    assert len(use.recipients) == len(dict.fromkeys(getters))
                    seen += len(use.recipients)
    assert seen


def test_what_is_kept_names_duty_and_period(catalogue: Catalogue) -> None:
    said = explainer(catalogue)
    kept = said.table("main", "real_name_records").column("id_number")
    assert kept.sensitive
    assert kept.kept is not None
    assert "电子商务法第31条" in kept.kept.zh
    assert "3 years" in (kept.kept.en or "")
    assert said.duty_in_words("nobody-knows-it") == Text("nobody-knows-it", "nobody-knows-it")


def test_a_column_that_holds_nothing_personal_says_so(catalogue: Catalogue) -> None:
    found = explainer(catalogue).table("main", "customers", ("status",))
    assert [(one.category, one.uses) for one in found.columns] == [(None, ())]


def test_only_what_rests_on_consent_or_contract_moves(catalogue: Catalogue) -> None:
    table = explainer(catalogue).table("main", "customers")
    nickname = table.column("nickname")
    assert is_movable(nickname)
    assert not is_movable(table.column("customer_id"))  # the register does not let it out
    assert not is_movable(replace(nickname, others=True))
    duty = tuple(replace(use, basis=LegalBasis.STATUTORY_DUTY) for use in nickname.uses)
    assert not is_movable(replace(nickname, uses=duty))
    assert not is_movable(replace(nickname, uses=()))


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        pytest.param({}, None, id="all are met"),
        pytest.param({"proved": False}, Condition.IDENTITY, id="NDSR-25 item 1"),
        pytest.param({"columns": ()}, Condition.BASIS, id="NDSR-25 item 2"),
        pytest.param({"accepted": frozenset({"xml"})}, Condition.FEASIBLE, id="item 3, format"),
        pytest.param({"bytes": 11}, Condition.FEASIBLE, id="item 3, size"),
        pytest.param({"others_withheld": False}, Condition.OTHERS, id="NDSR-25 item 4"),
        pytest.param({"before": 4}, Condition.FEE, id="NDSR-25 para. 2"),
        pytest.param({"before": 4, "fee_agreed": True}, None, id="a fee was agreed"),
    ],
)
def test_each_condition_is_judged_by_itself(
    catalogue: Catalogue, change: dict[str, object], lacking: Condition | None
) -> None:
    facts = TransferFacts(
        proved=True,
        columns=explainer(catalogue).table("main", "customers").columns,
        formats=frozenset({"json"}),
        accepted=frozenset({"json"}),
        bytes=10,
        most_bytes=10,
        others_withheld=True,
        before=3,
    )
    found = judged(replace(facts, **change))  # type: ignore[arg-type]  # fields as given
    assert [one.condition for one in found] == list(Condition)
    assert [one.condition for one in found if not one.met] == ([lacking] if lacking else [])
    assert all_met(found) is (lacking is None)
    assert all(one.why.zh and one.why.en for one in found)
