"""`/v1/decisions`: keys, bodies, limits and answers, straight through the whole app."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import ACCOUNT, SAMPLE, Asking, keys_of, service_asked
from tests.doors.service_kit import start
from tests.running import run

from chengnuo.base.canonical import Tree
from chengnuo.doors.http.crowding import Crowding
from chengnuo.doors.http.programs import BODY_LIMIT_BYTES
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.evidence_log import Appended, Draft
from chengnuo.usecases.api_keys import ApiKeys

SEARCH: dict[str, Tree] = {"person": ACCOUNT, "activity": "search", "evidence": "strict"}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    made = service_asked(tmp_path_factory.mktemp("asked"), ApiScope.DECIDE)
    yield made
    made.kit.service.close()


def test_an_answer_says_what_it_rests_on(asking: Asking) -> None:
    first = asking.post(SEARCH)
    assert first.status_code == 200
    assert first.headers["content-type"] == "application/json"
    answer = first.json()
    assert answer["outcome"] == "ask"
    assert answer["prompt"] == ["search/general"]
    assert answer["promptPath"] == "/centre/prompts/search"
    assert answer["by"][0] == {
        "rule": "consent-general",
        "article": "PIPL-14",
        "row": "search/general",
        "why": "not-given",
    }
    served = asking.kit.service.services.register.served
    assert answer["registerVersion"] == served.version
    given = asking.agree()
    second = asking.post(SEARCH).json()
    assert (second["outcome"], second["consents"]) == ("permit", [given])
    assert second["logPosition"] == given + 1 == second["recorded"]
    asking.withdraw()
    assert asking.post(SEARCH).json()["outcome"] == "refuse"


def test_a_batch_answers_in_order_and_records_a_run(asking: Asking) -> None:
    activities = ["search", "no-such-activity", "profile"]
    questions = [{"person": ACCOUNT, "activity": one} for one in activities]
    answer = asking.post({"questions": questions, "evidence": "strict"}, path="/v1/decisions:batch")
    answers = answer.json()["answers"]
    assert [one["by"][0]["row"] for one in answers] == ["search/general", "", "profile/general"]
    first = answers[0]["recorded"]
    assert [one["recorded"] for one in answers] == [first, first + 1, first + 2]


def test_whoever_waits_for_the_log_keeps_out_nobody_who_asks_without_a_record(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions = asking.kit.service.decisions
    assert decisions is not None
    assert decisions.desk.recorder is not None
    log = decisions.desk.recorder.log
    appended = log.append_soon
    headers = {"authorization": f"Bearer {asking.secret}"}

    async def ask() -> list[int]:
        is_free = asyncio.Event()

        async def later(drafts: Sequence[Draft]) -> Appended:
            await is_free.wait()
            return await appended(drafts)

        monkeypatch.setattr(log, "append_soon", later)
        transport = httpx.ASGITransport(Crowding(asking.kit.service.app, most=1))  # type: ignore[arg-type]  # litestar's scopes are TypedDicts
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8700", headers=headers
        ) as client:
            post = client.post
            strict = [asyncio.create_task(post("/v1/decisions", json=SEARCH)) for _ in range(3)]
            await asyncio.sleep(0.1)
            none = await post("/v1/decisions", json={**SEARCH, "evidence": "none"})
            is_free.set()
            return [none.status_code, *[(await one).status_code for one in strict]]

    assert run(ask()) == [200] * 4


@pytest.mark.parametrize("mode", ["none", "async"])
def test_the_way_of_recording_is_named(asking: Asking, mode: str) -> None:
    answer = asking.post({**SEARCH, "evidence": mode}).json()
    assert (answer["evidence"], answer["recorded"]) == (mode, None)


def test_an_explanation_shows_every_rule_with_article_and_words(asking: Asking) -> None:
    answer = asking.post({**SEARCH, "activity": "profile", "explain": True}).json()
    held = {one["rule"]: one["holds"] for one in answer["by"]}
    assert held["legal-basis"] is True
    assert held["consent-general"] is False
    assert all(one["article"] and one["zh"] and one["en"] for one in answer["by"])


def test_the_signal_of_a_browser_refuses_personalised_advertising(asking: Asking) -> None:
    answer = asking.post({**SEARCH, "activity": "personalised-ads", "gpc": True}).json()
    assert "no-gpc-signal" in {one["rule"] for one in answer["by"]}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        pytest.param("", "api-key-refused", id="none"),
        pytest.param("Bearer", "api-key-refused", id="no key"),
        pytest.param("Bearer chengnuo_nobody", "api-key-refused", id="an unknown key"),
        pytest.param("Basic chengnuo_nobody", "api-key-refused", id="another scheme"),
    ],
)
def test_without_a_key_nothing_is_answered(asking: Asking, header: str, code: str) -> None:
    answer = asking.post(SEARCH, authorization=header)
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_key_for_something_else_is_not_for_this(asking: Asking) -> None:
    made = asking.keys.make("lists", frozenset({ApiScope.AUDIENCE}), by="cli")
    answer = asking.post(SEARCH, authorization=f"Bearer {made.secret}")
    assert (answer.status_code, answer.json()["code"]) == (403, "api-scope")


def test_a_revoked_key_is_refused_a_second_later(asking: Asking) -> None:
    made = asking.keys.make("gone", frozenset({ApiScope.DECIDE}), by="cli")
    header = f"Bearer {made.secret}"
    assert asking.post(SEARCH, authorization=header).status_code == 200
    asking.keys.revoke("gone", by="cli")
    asking.kit.clock.pass_by(timedelta(seconds=1))
    assert asking.post(SEARCH, authorization=header).status_code == 401


PERSONAL = "13800138000"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param(b"", 400, "question-malformed", id="nothing"),
        pytest.param(b"{", 400, "question-malformed", id="no JSON"),
        pytest.param(b"[" * 100_000, 400, "question-malformed", id="deep"),
        pytest.param(b'{"person": "\xff"}', 400, "question-malformed", id="no UTF-8"),
        pytest.param([], 400, "question-malformed", id="a list"),
        pytest.param({"person": PERSONAL}, 400, "question-malformed", id="no activity"),
        pytest.param({**SEARCH, "person": ""}, 400, "question-malformed", id="nobody"),
        pytest.param({**SEARCH, PERSONAL: 1}, 400, "question-malformed", id="unknown member"),
        pytest.param({**SEARCH, "operation": PERSONAL}, 400, "question-malformed", id="enum"),
        pytest.param({**SEARCH, "recent": -1}, 400, "question-malformed", id="negative"),
        pytest.param({**SEARCH, "at": PERSONAL}, 400, "question-malformed", id="no instant"),
        pytest.param({**SEARCH, "at": "2026-11-21T09:00:00"}, 400, "naive-instant", id="no zone"),
        pytest.param({**SEARCH, "activity": "x" * 121}, 400, "question-malformed", id="long id"),
    ],
)
def test_a_wrong_body_is_named_by_place_and_not_by_value(
    asking: Asking, body: object, status: int, code: str
) -> None:
    answer = asking.post(body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert PERSONAL not in answer.text


def test_limits_of_body_and_batch(asking: Asking) -> None:
    big = asking.post(b" " * (BODY_LIMIT_BYTES + 1))
    assert (big.status_code, big.json()["code"]) == (413, "body-over-limit")
    just = b" " * (BODY_LIMIT_BYTES - len(json.dumps(SEARCH))) + json.dumps(SEARCH).encode()
    assert asking.post(just).status_code == 200
    question = {"person": ACCOUNT, "activity": "search"}
    for count in (0, 1001):
        answer = asking.post({"questions": [question] * count}, path="/v1/decisions:batch")
        assert (answer.status_code, answer.json()["code"]) == (413, "batch-too-large")


def test_only_post_and_json_are_taken(asking: Asking) -> None:
    browser = Browser(asking.kit.service.app)
    answer = browser.client.get("/v1/decisions")
    assert (answer.status_code, answer.json()["code"]) == (405, "post-only")
    assert answer.headers["allow"] == "POST"
    form = asking.post(b"person=x", content_type="application/x-www-form-urlencoded")
    assert (form.status_code, form.json()["code"]) == (415, "not-json")


def test_another_host_is_not_answered(asking: Asking) -> None:
    assert asking.post(SEARCH, host="elsewhere.example").status_code == 421


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ("person", "activity", "categories", "questions", "at", "recent", "x")
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=8,
    )
)
def test_no_body_is_an_unexpected_error(asking: Asking, body: object) -> None:
    for path in ("/v1/decisions", "/v1/decisions:batch"):
        answer = asking.post(body, path=path)
        assert answer.status_code in {200, 400, 413}
        if answer.status_code == 200:
            assert "outcome" in answer.text


def test_an_address_that_shows_wrong_keys_is_slowed_down(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", register=SAMPLE)
    browser = Browser(kit.service.app)
    headers = {"authorization": "Bearer chengnuo_guess"}
    found = [
        browser.client.post("/v1/decisions", json={}, headers=headers).status_code
        for _ in range(80)
    ]
    kit.service.close()
    assert set(found[:60]) == {401}
    assert 429 in found[60:]


def test_without_a_register_nothing_is_permitted(tmp_path: Path) -> None:
    kit = start(tmp_path / "data")
    keys = ApiKeys(store=keys_of(kit), tokens=kit.service.services.tokens, clock=kit.clock)
    made = keys.make("orders", frozenset({ApiScope.DECIDE}), by="cli")
    answer = Asking(kit=kit, keys=keys, secret=made.secret).post(SEARCH)
    kit.service.close()
    assert (answer.status_code, answer.json()["code"]) == (503, "no-register-loaded")
