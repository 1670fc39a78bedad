"""`/v1/provisions`: asked before anything goes abroad; accounts stand in the request alone."""

import logging
from collections.abc import Iterator

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked

from chengnuo.client.client import Client
from chengnuo.client.provisions import Heads, ProvisionClient
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.api_keys import ApiScope

PATH = "/v1/provisions"
BODY: dict[str, object] = {
    "person": ACCOUNT,
    "activity": "crash-reports-overseas",
    "recipient": "sentry",
    "recent": 0,
    "age": "18+",
    "account": "active",
}
ITEMS = ("crash-reports-overseas/general", "crash-reports-overseas/overseas:sentry")


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("provisions")
    made = service_asked(folder, ApiScope.PROVISION_READ, ApiScope.PROVISION_WRITE)
    yield made
    made.kit.service.close()


def test_it_is_refused_with_articles_until_there_is_consent_and_then_recorded_and_counted(
    asking: Asking, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        refused = asking.post(BODY, path=PATH)
        assert refused.status_code == 200, refused.text
        answer = refused.json()
        assert answer["mayGo"] is False
        assert {one["article"] for one in answer["barriers"]} == {"PIPL-14", "PIPL-39"}
        assert all(one["text"]["zh"] and one["text"]["en"] for one in answer["barriers"])
        for item in ITEMS:
            asking.agree(item)
        provided = asking.post(BODY, path=PATH).json()
    assert (provided["mayGo"], provided["barriers"]) == (True, [])
    assert provided["after"] == {"general": 1, "sensitive": 0}
    assert provided["demanded"]["route"] == "exempt"
    assert {one["what"] for one in provided["demanded"]["stays"]} == {
        "notice",
        "separate-consent",
        "impact-assessment",
        "recipient-standard",
    }
    assert ACCOUNT not in caplog.text
    evidence = asking.kit.service.services.evidence
    kinds = [record.leaf.kind for record in evidence.mine(asking.person)]
    assert kinds.count(Kind.PROVISION.value) == 1
    year = asking.post({"recount": True}, path=f"{PATH}:count").json()
    assert year["recounted"] == year["counted"]
    assert year["counted"] == {"general": 1, "sensitive": 0}
    assert year["recipients"] == [{"recipient": "sentry", "heads": {"general": 1, "sensitive": 0}}]
    assert (year["year"], year["tasks"], year["atMost"]) == (2026, [], 0)


def test_the_client_hands_a_batch_in_and_reads_the_year(asking: Asking) -> None:
    browser = Browser(asking.kit.service.app)

    def passed_on(request: httpx.Request) -> httpx.Response:
        answer = browser.client.post(
            request.url.path, content=request.content, headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, content=answer.content)

    client = Client(
        "http://127.0.0.1:8700", asking.secret, transport=httpx.MockTransport(passed_on)
    )
    provisions = ProvisionClient(client)
    made = provisions.provide(
        ["somebody-else", ACCOUNT],
        activity="crash-reports-overseas",
        recipient="sentry",
        recent=0,
        age="18+",
        account="active",
    )
    assert not made.may_go
    assert {one.rule for one in made.barriers} >= {"consent-overseas"}
    assert {one.places for one in made.barriers if one.rule == "consent-overseas"} <= {(0,), (0, 1)}
    assert provisions.year(2025).counted == Heads(0, 0)
    assert provisions.year(2025).recounted is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"recipient": "alipay"}, "provision-not-abroad", id="recipient at home"),
        pytest.param({"surprise": 1}, "question-malformed", id="unknown member"),
        pytest.param({"person": ""}, "question-malformed", id="nobody"),
    ],
)
def test_what_cannot_be_taken_is_a_problem(
    asking: Asking, change: dict[str, object], code: str
) -> None:
    answer = asking.post({**BODY, **change}, path=PATH)
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] == code


def test_a_key_for_something_else_opens_nothing(asking: Asking) -> None:
    made = asking.keys.make("elsewhere", frozenset({ApiScope.DECIDE}), by="cli")
    for path in (PATH, f"{PATH}:batch", f"{PATH}:count"):
        answer = asking.post(BODY, path=path, authorization=f"Bearer {made.secret}")
        assert (answer.status_code, answer.json()["code"]) == (403, "api-scope")
