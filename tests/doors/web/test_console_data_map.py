"""The data map keeps its boxes apart, its lines on its boxes, and its facts in words too."""

import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.doors.web.console_data_map import WIDTH, Box, Flow, Place, data_map, fitted

HEADS = ("从哪里来", "用来做什么", "到哪里去")


def place(key: str, group: str = "接收方 · 境内") -> Place:
    return Place(key=key, name=f"接收方 {key}", href=f"/{key}", group=group, abroad="境外" in group)


def flow(key: str, *places: str, source: str = "您主动提供", sensitive: bool = False) -> Flow:
    return Flow(
        key=key,
        name=f"活动 {key}",
        href=f"/{key}",
        source=source,
        sensitive=sensitive,
        places=places,
    )


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[Flow], list[Place]]:
    groups = ("自有存储 · 境内", "接收方 · 境内", "接收方 · 境外 · 美国")
    count = draw(st.integers(0, 12))
    places = [place(f"p{index}", draw(st.sampled_from(groups))) for index in range(count)]
    places.sort(key=lambda each: groups.index(each.group))
    keys = [each.key for each in places]
    flows = [
        flow(
            f"a{index}",
            *(draw(st.lists(st.sampled_from(keys), unique=True)) if keys else ()),
            source=draw(st.sampled_from(["设备读取", "您主动提供", "使用中产生"])),
            sensitive=draw(st.booleans()),
        )
        for index in range(draw(st.integers(0, 15)))
    ]
    return flows, places


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@given(maps())
def test_no_two_boxes_overlap_and_all_are_in_the_picture(
    given_map: tuple[list[Flow], list[Place]],
) -> None:
    drawn = data_map(*given_map, HEADS)
    assert not any(overlap(one, other) for one, other in combinations(drawn.boxes, 2))
    for box in drawn.boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y >= 0
        assert box.y + box.height <= drawn.height


@given(maps())
def test_every_line_begins_and_ends_at_a_box(given_map: tuple[list[Flow], list[Place]]) -> None:
    drawn = data_map(*given_map, HEADS)
    rights = {(box.x + box.width, box.y + box.height // 2) for box in drawn.boxes}
    lefts = {(box.x, box.y + box.height // 2) for box in drawn.boxes}
    for line in drawn.lines:
        numbers = [int(number) for number in re.findall(r"-?\d+", line.path)]
        assert (numbers[0], numbers[1]) in rights
        assert (numbers[-2], numbers[-1]) in lefts


@given(maps())
def test_the_words_say_all_that_the_picture_shows(
    given_map: tuple[list[Flow], list[Place]],
) -> None:
    flows, places = given_map
    drawn = data_map(flows, places, HEADS)
    said = {
        (band.flow.key, each.key)
        for band in drawn.bands
        for group in band.groups
        for each in group.places
    }
    assert said == {(each.key, key) for each in flows for key in each.places}
    assert len(drawn.lines) == len(flows) + len(said)


def test_what_is_sensitive_is_drawn_on_top() -> None:
    flows = [flow("a", "p", sensitive=True), flow("b", "p")]
    drawn = data_map(flows, [place("p")], HEADS)
    assert [line.sensitive for line in drawn.lines] == [False, False, True, True]


def test_a_long_name_is_cut_to_its_box_and_kept_whole_beside_it() -> None:
    name = "为了推荐您附近的门店并提供到店自提服务以及其他相关的便利"
    assert fitted(name, 200).endswith("…")
    assert 16 * len(fitted(name, 200)) <= 200
