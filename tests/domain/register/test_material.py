"""What an assessment is about: what changes its fingerprint, and in which words."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.strategies.told_register import told_register

from chengnuo.base.text import Text
from chengnuo.domain.register.activity import MinorsRule, ProcessingActivity
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.material import changes, material_fingerprint, material_of
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.retention import Retention, RetentionEnd, RetentionStart
from chengnuo.domain.register.scalars import Keep
from chengnuo.law.catalogue import Catalogue

OTHER = Retention(keep=Keep(None), from_=RetentionStart.COLLECTED, then=RetentionEnd.DELETE)
Change = Callable[[ProcessingActivity], ProcessingActivity]


@pytest.fixture(scope="module")
def register(catalogue: Catalogue) -> Register:
    return told_register(catalogue)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            lambda one: replace(one, purpose=Text("推送广告", "advertising")),
            "处理目的：推荐附近茶舍 → 推送广告",
            id="purpose",
        ),
        pytest.param(
            lambda one: replace(one, method=replace(one.method, background=True)),
            "处理方式（background）：False → True",
            id="method",
        ),
        pytest.param(
            lambda one: replace(one, items=one.items[:1]), "信息种类去掉：", id="categories"
        ),
        pytest.param(lambda one: replace(one, recipients=()), "接收方去掉：", id="recipients"),
        pytest.param(lambda one: replace(one, retention=OTHER), "保存期限：", id="period"),
        pytest.param(
            lambda one: replace(one, minors_under_14=MinorsRule.OTHER_BASIS),
            "儿童信息：",
            id="minors",
        ),
    ],
)
def test_a_change_of_what_was_assessed_is_seen_and_said(
    register: Register, change: Change, words: str
) -> None:
    before = register.activity_by_id[ActivityId("nearby")]
    after = change(before)
    assert material_fingerprint(before, register) != material_fingerprint(after, register)
    said = changes(material_of(before, register), material_of(after, register))
    assert any(one.zh.startswith(words) for one in said), [one.zh for one in said]
    assert all(one.en for one in said)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(
            lambda one: replace(one, purpose=replace(one.purpose, en="Other words")), id="english"
        ),
        pytest.param(lambda one: replace(one, stores=()), id="tables"),
        pytest.param(lambda one: replace(one, assessment=None), id="the row itself"),
        pytest.param(lambda one: replace(one, items=one.items[::-1]), id="order"),
    ],
)
def test_what_was_not_assessed_changes_nothing(register: Register, change: Change) -> None:
    before = register.activity_by_id[ActivityId("nearby")]
    after = change(before)
    assert material_fingerprint(before, register) == material_fingerprint(after, register)
    assert changes(material_of(before, register), material_of(after, register)) == ()
