"""Screens, covert capture and faces: every sample package against a careful reader's answers.

Nothing of it may be seen in the clean packages.
"""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import pytest
from tests.domain.inspection.package_kit import in_order, opened
from tests.packages import kit

from chengnuo.domain.inspection.capture import capture
from chengnuo.domain.inspection.faces import faces
from chengnuo.domain.inspection.screens import screens
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Observation, Subject, Why
from chengnuo.domain.observation.sdk_catalogue import FACE
from chengnuo.domain.observation.seen import ActSeen, ScreenSeen

Looked: TypeAlias = Callable[[str], tuple[Observation, ...]]

_APPS = ("apk", "apks", "xapk", "aab")
_SHOWING = ("acts", "clean", "covert", "dialog", "face", "layout", "screens", "visible", "web")
_ACTS = frozenset({ActSeen.COVERT_CAPTURE, ActSeen.FACE_WITHOUT_OTHER_WAY})


def _is_ours(row: kit.Seen) -> bool:
    return row.subject == Subject.SCREEN or row.what in _ACTS or row.what == FACE


def _concerns(name: str) -> bool:
    """Tell whether a package is about screens or acts; others have neither."""
    told = (*kit.expected(name).seen, *kit.expected(name).not_seen)
    return name.startswith(_SHOWING) or any(_is_ours(row) for row in told)


_NAMES = tuple(name for name in kit.names() if kit.recipe(name).kind in _APPS and _concerns(name))


@pytest.fixture(scope="module")
def looked(knowledge: Knowledge) -> Looked:
    """Return what the observers see in a package; looked at once."""

    @cache
    def of(name: str) -> tuple[Observation, ...]:
        one = opened(kit.built(name), knowledge)
        return in_order((*screens(one), *capture(one), *faces(one)))

    return of


def _fits(row: kit.Seen, seen: Observation) -> bool:
    same = FACE in seen.categories if row.what == FACE else seen.what == row.what
    where = {seen.place.class_name, seen.place.file}
    return seen.subject.value == row.subject and same and (not row.where or row.where in where)


@pytest.mark.parametrize("name", _NAMES)
def test_screens_and_acts_are_seen_as_a_careful_reader_does(name: str, looked: Looked) -> None:
    found = looked(name)
    told = [row for row in kit.expected(name).seen if _is_ours(row)]
    kept = [row for row in kit.expected(name).not_seen if _is_ours(row)]
    missing = [row for row in told if not any(_fits(row, seen) for seen in found)]
    wrong = [seen for row in kept for seen in found if _fits(row, seen)]
    assert (missing, wrong) == ([], [])


@pytest.mark.parametrize("name", [name for name in _NAMES if name != "web-js-bridge"])
def test_no_screen_is_said_that_nobody_expects(name: str, looked: Looked) -> None:
    told = kit.expected(name).seen
    extra = [
        seen
        for seen in looked(name)
        if seen.subject is Subject.SCREEN and not any(_fits(row, seen) for row in told)
    ]
    assert extra == []


@pytest.mark.parametrize("name", [name for name in _NAMES if name.startswith("clean-")])
def test_clean_packages_have_nothing_of_it(name: str, looked: Looked) -> None:
    assert looked(name) == ()


def test_a_refusal_is_shown_from_the_tap_to_the_exit(looked: Looked) -> None:
    (seen,) = looked("dialog-custom-class")
    way = [
        (step.class_name.rpartition(".")[2], step.method.partition("(")[0]) for step in seen.path
    ]
    tap = [step.why for step in seen.path].index(Why.ACTION)
    assert way[tap:] == [("PrivacyDialog", "onClick"), ("Main", "refused")]
    assert seen.detail("text") == "不同意"


def test_a_page_that_draws_everything_is_told_as_unread(looked: Looked) -> None:
    told = [seen.what for seen in looked("web-js-bridge") if seen.subject is Subject.SCREEN]
    assert told == [ScreenSeen.NOT_ANALYSABLE]


def test_what_is_captured_is_told_by_kind(looked: Looked) -> None:
    kinds = {one.detail("kind") for one in looked("covert-capture")}
    assert kinds == {"camera", "microphone", "screen"}
    assert all(one.path for one in looked("covert-capture"))
