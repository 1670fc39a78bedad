"""Which acts of code are told: those that reach beyond the app, once a method, and nothing else."""

import pytest
from tests.domain.inspection.package_kit import opened
from tests.packages import kit
from tests.packages_cache import fetched

from chengnuo.domain.inspection.behaviours import TOLD, behaviours
from chengnuo.domain.inspection.capture import capture
from chengnuo.domain.inspection.faces import faces
from chengnuo.domain.inspection.opened import open_package
from chengnuo.domain.inspection.screens import screens
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.knowledge import Knowledge


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("read-clipboard", [("clipboard-listen", "Main")]),
        ("read-mac", [("shell-exec", "App"), ("shell-exec", "App")]),
        ("whole-model-app", []),
        ("clean-plain", []),
        ("clean-sensorsx", []),
    ],
)
def test_acts_that_matter_are_told(
    name: str, told: list[tuple[str, str]], knowledge: Knowledge
) -> None:
    found = behaviours(opened(kit.built(name), knowledge))
    assert [(one.what, one.place.class_name.rpartition(".")[2]) for one in found] == told


def test_what_every_program_does_is_not_told() -> None:
    usual = {Behaviour.FILE, Behaviour.LOG, Behaviour.NETWORK, Behaviour.STORAGE, Behaviour.IPC}
    assert TOLD.isdisjoint(usual)


@pytest.mark.real
def test_a_recorder_of_the_screen_is_seen_and_its_screens_are_clean(knowledge: Knowledge) -> None:
    one = open_package(fetched("settings").read_bytes(), knowledge)
    kinds = {
        (seen.place.class_name.rpartition(".")[2], seen.detail("kind")) for seen in capture(one)
    }
    assert {("RecorderThread", "microphone"), ("NLService", "notifications")} <= kinds
    assert [seen.what for seen in behaviours(one)] == [Behaviour.SCREENSHOT]
    assert (tuple(screens(one)), tuple(faces(one))) == ((), ())
