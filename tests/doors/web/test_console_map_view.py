"""The data map of the sample register: grouped where there is much, else each by its name."""

import pytest
from tests.doors.web.plot_kit import boxes, is_well_laid
from tests.doors.web.test_pages_render import sample

from chengnuo.base.text import Lang
from chengnuo.domain.register.model import Register
from chengnuo.doors.web.console_data_map import MOST_ROWS
from chengnuo.doors.web.console_map_view import map_view
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="module")
def shop(catalogue: Catalogue) -> Register:
    return sample("shop", catalogue)


@pytest.fixture(params=list(Lang))
def say(request: pytest.FixtureRequest, shop: Register, catalogue: Catalogue) -> Speaker:
    return Speaker(lang=request.param, register=shop, catalogue=catalogue)


def test_many_activities_stand_together_by_service(say: Speaker) -> None:
    register = say.register
    assert len(register.activities) > MOST_ROWS
    seen = map_view(say, "图", register.activities, rows_href="#activities")
    assert seen.table is None
    used = {one.service for one in register.activities}
    for box in boxes(seen.picture):
        is_well_laid(box)
        assert len({one.y for one in box.labels if one.sort == "row"}) >= len(used)
        assert "limit" in {mark.sort for mark in box.marks}, "somebody abroad gets something"
    numbers = (register.activities, register.recipients, register.stores)
    assert seen.picture is not None
    assert all(str(len(one)) in seen.picture.words for one in numbers)


def test_one_activity_has_each_kind_and_place_under_its_name_and_a_table(say: Speaker) -> None:
    (activity,) = (one for one in say.register.activities if one.activity == "nearby-stores")
    seen = map_view(say, "图", (activity,))
    assert seen.picture is not None
    names = [say.text(one.name) for one in say.register.recipients_of(activity)]
    for box in boxes(seen.picture):
        is_well_laid(box)
        heads = [one.text for one in box.labels if one.down]
        assert all(name in heads for name in names)
        assert "box-full" in {mark.sort for mark in box.marks}, "where it is is sensitive"
    assert seen.table is not None
    (row,) = seen.table.rows
    said = "".join(words.text for cell in row.cells for words in cell)
    assert all(name in said for name in names)
    assert all(say.category(item.category) in said for item in activity.items)


@pytest.mark.parametrize("lang", list(Lang))
def test_a_register_with_faults_has_its_map_too(lang: Lang, catalogue: Catalogue) -> None:
    register = sample("faulty", catalogue)
    say = Speaker(lang=lang, register=register, catalogue=catalogue)
    for box in boxes(map_view(say, "图", register.activities).picture):
        is_well_laid(box)
