"""The difference between registers: complete, empty for equals, and honest about who is asked."""

import pytest
from tests.domain.register.written import FILES, changed, trees

from chengnuo.domain.register.canonical import tree_of_register
from chengnuo.domain.register.change_words import changes_in_words, consent_in_words
from chengnuo.domain.register.diff import ConsentChangeKind, apply, diff
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reach import Reach
from chengnuo.domain.register.reading import read_register
from chengnuo.law.catalogue import Catalogue

ACTIVITY = "activities/nearby-stores.yaml"
RECIPIENT = "recipients/map-co.yaml"
ITEMS = {
    f"nearby-stores/{matter}"
    for matter in ("general", "sensitive:PI-LOC-PRECISE", "provision:map-co")
}


def register(files: dict[str, str], catalogue: Catalogue) -> Register:
    return read_register(trees(files), catalogue=catalogue).register


def test_equal_registers_have_no_difference(catalogue: Catalogue) -> None:
    one = register(FILES, catalogue)
    change = diff(one, one, catalogue=catalogue)
    assert not change
    assert change.consent == ()
    assert apply(change, tree_of_register(one)) == tree_of_register(one)


@pytest.mark.parametrize(
    ("name", "old", "new", "renewed", "reach"),
    [
        pytest.param(ACTIVITY, "推荐附近门店", "推荐附近商户", ITEMS, Reach.ASK, id="purpose"),
        pytest.param(ACTIVITY, "Show stores", "List stores", set(), Reach.TELL, id="English only"),
        pytest.param(
            ACTIVITY,
            "P30D",
            "P60D",
            {"nearby-stores/general", "nearby-stores/sensitive:PI-LOC-PRECISE"},
            Reach.ASK,
            id="period",
        ),
        pytest.param(
            ACTIVITY, "可手动选择城市", "可自选城市", set(), Reach.TELL, id="effect of refusing"
        ),
        pytest.param(
            RECIPIENT,
            "返回附近门店",
            "返回附近门店与广告",
            {"nearby-stores/provision:map-co"},
            Reach.ASK,
            id="recipient's purpose",
        ),
        pytest.param(
            RECIPIENT,
            "name: 示例地图",
            "name: 新示例地图",
            set(),
            Reach.TELL,
            id="recipient's name",
        ),
        pytest.param(
            RECIPIENT,
            "purpose:",
            "vetting: {on: 2026-01-01, until: 2027-01-01, result: approved}\npurpose:",
            set(),
            Reach.INTERNAL,
            id="vetting",
        ),
    ],
)
def test_only_what_people_agreed_to_is_asked_again(  # noqa: PLR0913, PLR0917 (the columns)
    catalogue: Catalogue, name: str, old: str, new: str, renewed: set[str], reach: Reach
) -> None:
    before = register(FILES, catalogue)
    after = register(changed(name, old, new), catalogue)
    change = diff(before, after, catalogue=catalogue)
    assert {item.id for item in change.asks_again} == renewed
    (field,) = change.changed
    assert change.reach_of(field.row, field.path) is reach
    assert apply(change, tree_of_register(before)) == tree_of_register(after)


def test_a_member_of_a_list_is_named_by_its_own_field(catalogue: Catalogue) -> None:
    files = changed(ACTIVITY, "PI-DEVICE-OAID, necessary: false", "PI-DEVICE-OAID, necessary: true")
    change = diff(register(FILES, catalogue), register(files, catalogue), catalogue=catalogue)
    (field,) = change.changed
    assert field.field == "items[1].necessary"
    (words,) = changes_in_words(change)
    assert words.what.zh == "处理活动 nearby-stores · 个人信息种类 2 · 是否必要"
    assert (words.before.zh, words.after.zh) == ("否", "是")


def test_a_new_recipient_is_a_new_item_and_an_old_one_ends(catalogue: Catalogue) -> None:
    files = changed(ACTIVITY, "[map-co]", "[post-co]")
    files["recipients/map-co.yaml"] = FILES[RECIPIENT].replace("map-co", "post-co")
    change = diff(register(FILES, catalogue), register(files, catalogue), catalogue=catalogue)
    assert {(item.id, item.kind) for item in change.consent} == {
        ("nearby-stores/provision:map-co", ConsentChangeKind.ENDED),
        ("nearby-stores/provision:post-co", ConsentChangeKind.NEW),
    }
    assert set(change.added) == {RowRef("recipient", "post-co")}
    assert set(change.removed) == {RowRef("recipient", "map-co")}
    assert change.reach_of(RowRef("recipient", "post-co")) is Reach.ASK


def test_what_is_asked_again_is_told_with_what_differs(catalogue: Catalogue) -> None:
    files = changed(ACTIVITY, "P30D", "P60D")
    change = diff(register(FILES, catalogue), register(files, catalogue), catalogue=catalogue)
    words = [consent_in_words(item) for item in change.asks_again]
    assert words[0].zh == "需重新同意：nearby-stores/general（保存期限）"
    assert words[0].en == "asked again: nearby-stores/general (retention)"
