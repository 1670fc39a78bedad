"""`/v1/automated-decisions`: recorded, found again, explained; values stay in the payload."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked

from chengnuo.adapters.sql.automated import SqlAutomated
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.client.automated import AutomatedClient, Counted, Decided, Input
from chengnuo.client.client import Client
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import SwitchId
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.automated import AutomatedRow

PATH = "/v1/automated-decisions"
VALUE = "value-known-to-nobody-else"
BODY: dict[str, object] = {
    "person": ACCOUNT,
    "decision": "d-1",
    "activity": "fraud-control",
    "model": "risk-rules",
    "version": "6",
    "outcome": "held",
    "inputs": [
        {"input": "new-address", "value": True},
        {"input": "failures", "value": 12},
        {"input": "new-device", "value": VALUE},
    ],
    "reasons": [{"input": "failures", "permille": 700}, {"input": "new-address"}],
    "alone": True,
    "variant": "not-personal",
    "at": "2026-11-22T01:00:00Z",
}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("automated")
    made = service_asked(folder, ApiScope.AUTOMATED_READ, ApiScope.AUTOMATED_WRITE)
    yield made
    made.kit.service.close()


def at_of(asking: Asking) -> str:
    """An instant that has come by the clock of the kit."""
    now = asking.kit.clock.now() - timedelta(minutes=1)
    return now.astimezone(UTC).isoformat().replace("+00:00", "Z")


def handed_in(asking: Asking, **changes: object) -> httpx.Response:
    return asking.post({**BODY, "at": at_of(asking), **changes}, path=PATH)


def test_a_decision_is_recorded_once_and_its_values_stand_in_the_payload_alone(
    asking: Asking, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        at = at_of(asking)
        first = handed_in(asking, at=at)
        assert first.status_code == 200, first.text
        again = handed_in(asking, at=at)
    assert again.json() == first.json() | {"repeated": True}
    assert VALUE not in first.text + again.text + caplog.text
    evidence = asking.kit.service.services.evidence
    (record,) = [
        one for one in evidence.mine(asking.person) if one.leaf.kind == Kind.AUTOMATED_DECISION
    ]
    assert record.position == first.json()["position"]
    assert record.leaf.activity == "fraud-control"
    assert VALUE.encode() not in record.entry
    payload = evidence.payloads.opened(record).payload
    assert payload is not None
    assert VALUE in payload.decode()


def test_another_decision_under_the_same_id_is_a_conflict(asking: Asking) -> None:
    at = at_of(asking)
    assert handed_in(asking, decision="d-2", at=at).status_code == 200
    other = handed_in(asking, decision="d-2", at=at, outcome="let-through")
    assert (other.status_code, other.json()["code"]) == (409, "automated-differs")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        pytest.param({"activity": VALUE}, "activity", id="activity"),
        pytest.param({"model": "feed-ranking"}, "model", id="model of another activity"),
        pytest.param({"version": "5"}, "version", id="version out of service"),
        pytest.param({"outcome": VALUE}, "outcome", id="outcome"),
        pytest.param(
            {"inputs": [{"input": VALUE, "value": 1}]}, "inputs[0].input", id="input unknown"
        ),
        pytest.param(
            {"inputs": [{"input": "failures", "value": 1}, {"input": "failures", "value": 2}]},
            "inputs[1].input",
            id="input twice",
        ),
        pytest.param({"reasons": [{"input": VALUE}]}, "reasons[0].input", id="reason unknown"),
        pytest.param({"at": "2027-11-22T01:00:00Z"}, "at", id="has not come"),
    ],
)
def test_what_does_not_fit_the_register_is_refused_by_place(
    asking: Asking, changes: dict[str, object], place: str
) -> None:
    answer = handed_in(asking, decision="d-refused", **changes)
    assert (answer.status_code, answer.json()["code"]) == (422, "automated-refused")
    assert f"`{place}`" in answer.json()["detail"]
    assert VALUE not in answer.text


def test_a_personal_decision_while_the_switch_is_off_is_recorded_with_an_alarm(
    asking: Asking,
) -> None:
    consents = asking.kit.service.services.consents
    off = handed_in(asking, decision="d-off", variant="personal").json()
    assert (off["switchedOff"], off["alarms"]) == (True, ["personal-while-off"])
    consents.set_switch(asking.person, SwitchId("risk-control"), on=True, surface="centre")
    later = consents.now().astimezone(UTC).isoformat().replace("+00:00", "Z")
    on = handed_in(asking, decision="d-on", variant="personal", at=later).json()
    assert (on["switchedOff"], on["alarms"]) == (False, [])


def test_a_plain_decision_that_looks_at_personal_information_is_recorded_with_an_alarm(
    asking: Asking,
) -> None:
    found = handed_in(asking, decision="d-plain", variant="not-personal").json()
    assert found["alarms"] == ["personal-input-in-plain-variant"]


def test_a_decision_is_explained_in_the_words_of_the_register(asking: Asking) -> None:
    position = handed_in(asking, decision="d-explained").json()["position"]
    body = {"person": ACCOUNT, "position": position}
    answer = asking.post(body, path=f"{PATH}:explain")
    (decision,) = answer.json()["decisions"]
    found = decision["explanation"]
    assert found["outcome"] == {"zh": "暂缓", "en": "Held"}
    assert [(one["input"], one.get("rank")) for one in found["inputs"]] == [
        ("failures", 1),
        ("new-address", 2),
        ("new-device", None),
    ]
    assert found["inputs"][0]["permille"] == 700
    assert found["canRefuse"] is True
    nobody = asking.post({"person": "somebody-else", "position": position}, path=f"{PATH}:explain")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "no-such-automated-decision")


def test_a_record_without_its_row_is_found_again_and_not_made_twice(asking: Asking) -> None:
    at = at_of(asking)
    first = handed_in(asking, decision="d-stopped", at=at).json()
    store = SqlAutomated(SqliteDatabase(Path(asking.kit.settings.data)))
    row = store.at(first["position"])
    assert row is not None
    store.settle(
        AutomatedRow(
            key=row.key, person=row.person, position=None, at=row.at, personal=False, off=False
        )
    )
    again = handed_in(asking, decision="d-stopped", at=at).json()
    assert (again["position"], again["repeated"]) == (first["position"], True)
    assert store.at(first["position"]) is not None


def test_keys_are_for_handing_in_or_for_reading(tmp_path: Path) -> None:
    asking = service_asked(tmp_path, ApiScope.AUTOMATED_WRITE)
    answer = asking.post({"person": ACCOUNT}, path=f"{PATH}:explain")
    assert (answer.status_code, answer.json()["code"]) == (403, "api-scope")
    asking.kit.service.close()


def test_the_client_hands_in(asking: Asking) -> None:
    browser = Browser(asking.kit.service.app)

    def passed_on(request: httpx.Request) -> httpx.Response:
        answer = browser.client.post(
            request.url.path, content=request.content, headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, content=answer.content)

    client = Client(
        "http://127.0.0.1:8700", asking.secret, transport=httpx.MockTransport(passed_on)
    )
    decided = Decided(
        person=ACCOUNT,
        decision="d-client",
        activity="fraud-control",
        model="risk-rules",
        version="6",
        outcome="let-through",
        inputs=(Input("failures", 0),),
        alone=True,
        variant="personal",
        at=datetime.fromisoformat(at_of(asking)),
        reasons=(Counted("failures", 1000),),
    )
    kept = AutomatedClient(client).record(decided)
    assert not kept.repeated
    assert AutomatedClient(client).record(decided).repeated
    assert json.loads(json.dumps(kept.alarms)) == list(kept.alarms)


def test_what_a_decision_may_rest_on_is_told_beforehand(asking: Asking) -> None:
    consents = asking.kit.service.services.consents
    body = {"person": ACCOUNT, "activity": "fraud-control"}
    consents.set_switch(asking.person, SwitchId("risk-control"), on=True, surface="centre")
    told = asking.post(body, path=f"{PATH}:allowed").json()
    assert told == {"personal": True, "alone": True}
    consents.set_switch(asking.person, SwitchId("risk-control"), on=False, surface="centre")
    consents.refuse_machine_only(asking.person)
    told = asking.post(body, path=f"{PATH}:allowed").json()
    assert told == {"personal": False, "alone": False}
    consents.refuse_machine_only(asking.person, on=False)
    wrong = asking.post({**body, "activity": VALUE}, path=f"{PATH}:allowed")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "automated-refused")
    assert VALUE not in wrong.text


def test_reviews_that_nobody_ended_are_none(asking: Asking) -> None:
    answer = asking.post({}, path=f"{PATH}:reviewed")
    assert (answer.status_code, answer.json()) == (200, {"reviews": []})
