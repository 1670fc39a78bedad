"""The client against a real service, and against services that fail in every way."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from tests.doors.server_kit import Server, stop_what_still_runs

from chengnuo.client.answers import AnswerIsNoBoolError
from chengnuo.client.client import Client, ServiceRefusedError, ServiceSilentError
from chengnuo.client.questions import Question, QuestionTimeError
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

SAMPLE = str(Path(__file__).parents[2] / "examples" / "shop" / "register")
SEARCH = Question(person="account-of-a-sample-person", activity="search")
ANSWER = {
    "outcome": "permit",
    "by": [],
    "at": "2026-11-28T00:00:00Z",
    "registerVersion": "r",
    "lawVersion": "l",
    "logPosition": 1,
    "somethingNewer": True,
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server.start("--data", "data", "--register", SAMPLE, folder=tmp_path)
    running.address()
    yield running
    stop_what_still_runs()


@pytest.mark.real
def test_a_running_service_answers_a_key_made_beside_it(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "data")
    assert run(Program(), ["keys", "make", "orders", "--scope", "decide", "--data", data]) == 0
    key = capsys.readouterr().out.strip()
    with Client(server.address(), key, timeout_s=30) as client:
        answer = client.decide(SEARCH, evidence="strict", explain=True)
        assert (answer.outcome, answer.permits) == ("ask", False)
        assert answer.prompt == ("search/general",)
        assert answer.recorded is not None
        assert {one.rule: one.holds for one in answer.by}["legal-basis"] is True
        many = client.decide_all([SEARCH, Question(person="x", activity="none")] * 600)
        assert [one.outcome for one in many[:2]] == ["ask", "refuse"]
        assert len(many) == 1200
        with pytest.raises(ServiceRefusedError) as caught:
            client.decide(Question(person="", activity="search"))
        assert caught.value.problem.code == "question-malformed"
    with Client(server.address(), "chengnuo_wrong", timeout_s=30) as client:
        with pytest.raises(ServiceRefusedError) as caught:
            client.decide(SEARCH)
        assert (caught.value.status, caught.value.problem.code) == (401, "api-key-refused")
    assert server.stop() == 0
    assert "account-of-a-sample-person" not in server.errors.read_text()
    assert run(Program(), ["--lang", "en", "evidence", "status", "--data", data]) == 0
    said = capsys.readouterr().out
    assert "Decision" in said


def client_of(answer: Callable[[httpx.Request], httpx.Response]) -> Client:
    return Client("http://service", "chengnuo_x", transport=httpx.MockTransport(answer))


def answers(status: int, body: object) -> Client:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client_of(lambda _: httpx.Response(status, content=content))


def test_an_answer_is_typed_and_no_truth_value() -> None:
    answer = answers(200, ANSWER).decide(SEARCH)
    assert answer.permits
    assert answer.at == datetime(2026, 11, 28, tzinfo=UTC)
    with pytest.raises(AnswerIsNoBoolError):
        bool(answer)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b""),
        (503, {"code": "log-busy"}),
        (429, {"code": "too-many-requests"}),
        (200, b""),
        (200, {**ANSWER, "outcome": "yes"}),
        (200, {"outcome": "permit"}),
        (200, b"<html>"),
    ],
)
def test_whatever_is_no_answer_permits_nothing(status: int, body: object) -> None:
    with pytest.raises(ServiceSilentError) as caught:
        answers(status, body).decide(SEARCH)
    assert caught.value.code == "service-silent"


def test_a_service_that_is_away_permits_nothing() -> None:
    client = Client("http://127.0.0.1:9", "chengnuo_x", timeout_s=1)
    with client, pytest.raises(ServiceSilentError):
        client.decide(SEARCH)


def test_a_missing_answer_in_a_batch_is_noticed() -> None:
    client = answers(200, {"answers": [ANSWER]})
    assert len(client.decide_all([SEARCH])) == 1
    with pytest.raises(ServiceSilentError):
        client.decide_all([SEARCH, SEARCH])
    assert client.decide_all([]) == ()


def test_an_instant_without_a_zone_is_never_sent() -> None:
    def nobody_asks(_: httpx.Request) -> httpx.Response:
        raise AssertionError

    naive = datetime(2026, 11, 28)  # noqa: DTZ001  the point of the test
    client = client_of(nobody_asks)
    for ask in (client.decide, lambda one: client.decide_all([one])):
        with pytest.raises(QuestionTimeError):
            ask(Question(person="x", activity="search", at=naive))


def test_only_what_was_said_is_sent() -> None:
    sent: list[dict[str, object]] = []

    def note(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        assert request.headers["authorization"] == "Bearer chengnuo_x"
        return httpx.Response(200, content=json.dumps(ANSWER).encode())

    at = datetime(2026, 11, 28, tzinfo=UTC)
    client_of(note).decide(Question(person="x", activity="a", other_use=True, at=at))
    assert sent == [
        {
            "person": "x",
            "activity": "a",
            "otherUse": True,
            "at": "2026-11-28T00:00:00Z",
            "evidence": "async",
            "explain": False,
        }
    ]
