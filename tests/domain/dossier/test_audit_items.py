"""The list of items of an audit holds together, and conclusions are the last word on each."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.audit_conclusions import RESULTS, conclusions, faulty, open_items
from chengnuo.domain.dossier.audit_items.all_items import ITEMS, items_for, version
from chengnuo.domain.dossier.audit_items.audit_item import AuditItem
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.board import SETS
from chengnuo.domain.governance.audit_answers import COUNTS
from chengnuo.law.catalogue import Catalogue

ALL = [pytest.param(item, id=name) for name, item in ITEMS.items()]
AT = datetime(2026, 11, 2, tzinfo=UTC)
_RESULTS = [one.value for one in RESULTS]


@pytest.mark.parametrize("item", ALL)
def test_an_item_names_what_there_is(item: AuditItem, catalogue: Catalogue) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", item.id)
    assert item.rests_on
    for duty in (*item.rests_on, *item.rows):
        assert catalogue.duty(duty)
    assert all(str(row).rpartition("-")[0] in SETS for row in item.rows)
    assert set(item.kinds) <= {kind.value for kind in Kind}
    for name in item.sorts:
        sort, _, value = name.partition(":")
        opening = [act for act in SORTS[sort].acts if act.opens]
        fields = [f for act in opening for f in act.fields if f.name == SORTS[sort].title_from]
        assert not value or any(value == one.value for f in fields for one in f.choices)
    assert not item.absent_if or item.absent_if in COUNTS


@pytest.mark.parametrize("item", ALL)
def test_an_item_is_said_in_both_languages(item: AuditItem) -> None:
    for text in (item.text, item.looks_at, item.judged):
        assert re.search("[一-鿿]", text.zh)
        assert text.en
        assert not re.search("[一-鿿]", text.en)


def test_the_guide_s_subjects_are_all_there_and_minors_have_their_own_share() -> None:
    assert len(ITEMS) == 30
    minors = items_for("minors")
    assert 0 < len(minors) < len(ITEMS)
    assert "minors" in {one.id for one in minors}
    assert len(version()) == 64


def audit(said: list[tuple[str, str]], kind: str = "regular") -> Dossier:
    plan = Act(number=1, what="plan", by="", party=Party.STAFF, at=AT, fields={"kind": kind})
    acts = tuple(
        Act(
            number=number,
            what="item",
            by="",
            party=Party.STAFF,
            at=AT,
            fields={"item": item, "result": result, "duty": "PIPL-5", "finding": "x"},
        )
        for number, (item, result) in enumerate(said, 2)
    )
    return Dossier(id=DossierId("au-1"), sort="audit", acts=(plan, *acts))


@given(
    st.lists(st.tuples(st.sampled_from([*ITEMS, "other"]), st.sampled_from(_RESULTS)), max_size=60)
)
def test_the_last_word_on_each_item_counts(said: list[tuple[str, str]]) -> None:
    last = dict(said)
    found = conclusions(audit(said))
    assert {one.item: one.result for one in found.values()} == last
    assert {one.id for one in open_items(audit(said))} == set(ITEMS) - set(last)
    bad = {item for item, result in last.items() if result in {"partly", "does-not"}}
    assert {one.item for one in faulty(audit(said))} == bad
