"""Each part of the sweep stands alone: one that fails is told of and keeps no other back."""

import logging

import pytest

from chengnuo.doors.web.sweeping import run_each
from chengnuo.ports.dossiers import DossierMovedError


def test_what_fails_keeps_nothing_else_back_and_is_told_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []

    def moved() -> None:
        raise DossierMovedError

    def faulty() -> None:
        raise ValueError("李雷 13800138000")

    parts = [
        ("first", lambda: done.append("first")),
        ("agreements", moved),
        ("names", faulty),
        ("steps", lambda: done.append("steps")),
    ]
    with caplog.at_level(logging.DEBUG), pytest.raises(DossierMovedError):
        run_each(parts)
    assert done == ["first", "steps"]
    assert [one.getMessage() for one in caplog.records] == [
        "the part `agreements` of the sweep failed: dossier-moved",
        "the part `names` of the sweep failed: ValueError",
    ]


def test_where_nothing_fails_nothing_is_raised() -> None:
    done: list[int] = []
    run_each([("one", lambda: done.append(1)), ("two", lambda: done.append(2))])
    assert done == [1, 2]
