"""`/v1/publications`: names only by the separate consent of each, and down again on withdrawal."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.api_keys import ApiScope

PATH = "/v1/publications"
ACTIVITY = "raffle-winners"
GENERAL, NAMING = f"{ACTIVITY}/general", f"{ACTIVITY}/publication"
BODY: dict[str, object] = {
    "activity": ACTIVITY,
    "shown": "named",
    "persons": [ACCOUNT],
    "age": "18+",
    "account": "active",
}
NOBODY = "nobody-who-agreed"


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    made = service_asked(tmp_path, ApiScope.PUBLICATION_WRITE)
    yield made
    made.kit.service.close()


def kinds_of(asking: Asking) -> list[str]:
    return [one.leaf.kind for one in asking.kit.service.services.evidence.mine(asking.person)]


def test_nobody_is_named_without_separate_consent_and_a_mask_needs_none(asking: Asking) -> None:
    asking.agree(GENERAL)
    refused = asking.post(BODY, path=PATH).json()
    assert (refused["mayPublish"], refused["places"]) == (False, [])
    (kept,) = refused["keptBack"]
    assert kept["place"] == 0
    assert {one["article"] for one in kept["by"]} == {"PIPL-25"}
    assert all(one["text"]["zh"] and one["text"]["en"] for one in kept["by"])
    masked = asking.post({**BODY, "shown": "masked"}, path=PATH).json()
    assert (masked["mayPublish"], masked["places"], masked["keptBack"]) == (True, [0], [])
    assert kinds_of(asking).count(Kind.PUBLICATION) == 1

    asking.agree(NAMING)
    named = asking.post(BODY, path=PATH).json()
    assert (named["mayPublish"], named["places"]) == (True, [0])
    evidence = asking.kit.service.services.evidence
    said = [
        json.loads(evidence.payloads.opened(one).payload or b"{}")
        for one in evidence.mine(asking.person)
        if one.leaf.kind == Kind.PUBLICATION
    ]
    assert sorted(len(one["masks"]) for one in said) == [0, 2]


def test_a_batch_goes_whole_or_says_who_is_left_out(asking: Asking) -> None:
    asking.agree(GENERAL)
    asking.agree(NAMING)
    batch = {**BODY, "persons": [NOBODY, ACCOUNT, ACCOUNT]}
    whole = asking.post(batch, path=PATH).json()
    assert (whole["mayPublish"], [one["place"] for one in whole["keptBack"]]) == (False, [0])
    before = kinds_of(asking).count(Kind.PUBLICATION)
    left_out = asking.post({**batch, "leaveOut": True}, path=PATH).json()
    assert (left_out["mayPublish"], left_out["places"]) == (True, [1])
    assert kinds_of(asking).count(Kind.PUBLICATION) == before + 1
    for answer in (whole, left_out):
        assert ACCOUNT not in json.dumps(answer)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param({"activity": "crash-reports-overseas"}, "publication-not-declared", id="none"),
        pytest.param({"activity": "no-such"}, "publication-not-declared", id="unknown"),
        pytest.param({"categories": ["PI-ID-NUMBER"]}, "publication-not-declared", id="more"),
    ],
)
def test_what_the_register_does_not_declare_is_refused(
    more: dict[str, object], code: str, asking: Asking
) -> None:
    refused = asking.post({**BODY, **more}, path=PATH)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_who_withdraws_is_taken_down_by_a_day_and_once(asking: Asking) -> None:
    asking.agree(GENERAL)
    asking.agree(NAMING)
    assert asking.post(BODY, path=PATH).json()["mayPublish"] is True
    asking.withdraw(NAMING)
    refused = asking.post(BODY, path=PATH).json()
    assert refused["mayPublish"] is False
    services = asking.kit.service.services
    assert services.sweep is not None
    services.sweep()
    services.sweep()
    desk = services.dossiers
    assert desk is not None
    (task,) = desk.store.every(["name-removal"], open_only=True)
    assert task.person == asking.person
    assert task.value("activity") == ACTIVITY
    (clock,) = desk.clocks(task)
    assert clock.deadline.on is not None
    assert clock.deadline.on > asking.kit.clock.now().date()
