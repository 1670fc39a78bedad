"""The pictures of the house show the imports that there are."""

from collections.abc import Callable

import pytest
from tests.docs.house_picture import House, floors, layers, picture, rooms, told
from tests.docs.markdown import ROOT, links

PAGE = ROOT / "docs" / "rooms" / "index.md"
PICTURES = {
    "docs/img/floors.svg": (floors, "The floors of Chengnuo, from the roof down"),
    "docs/img/rooms.svg": (rooms, "The rooms of the domain, from the top down"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_the_imports_that_there_are(
    name: str, golden_page: Callable[[str, str], None]
) -> None:
    house, title = PICTURES[name]
    key = name.rpartition("/")[2].removesuffix(".svg")
    golden_page(name, picture(house(), key=key, title=title))


@pytest.mark.parametrize("house", [floors, rooms], ids=lambda one: one.__name__)
def test_every_line_goes_down(house: Callable[[], House]) -> None:
    found = house()
    place = {name: number for number, name in enumerate(found.boxes)}
    assert len(found.arrows) > 10
    assert [(a, b) for a, b in sorted(found.arrows) if place[a] > place[b]] == []


def test_every_floor_and_every_room_has_its_box() -> None:
    assert list(floors().boxes) == layers("Floors: arrows go down")
    folders = (ROOT / "src" / "chengnuo" / "domain").glob("*/__init__.py")
    assert rooms().boxes.keys() == {one.parent.name for one in folders}


def test_the_words_name_every_line() -> None:
    house = House(boxes={"a": "", "b": "", "c": ""}, arrows=frozenset({("a", "b"), ("a", "c")}))
    assert told(house) == "a imports b, c."


def test_the_page_of_rooms_shows_both() -> None:
    shown = links(PAGE)
    assert "../img/floors.svg" in shown
    assert "../img/rooms.svg" in shown
