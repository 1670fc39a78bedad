"""The decision socket: the same answers as over HTTP, in order, and a file nobody else may open."""

import asyncio
import json
import os
import socket
import stat
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.doors.http.test_decisions import ACCOUNT, SAMPLE, Asking, keys_of
from tests.doors.service_kit import start

from chengnuo.client.answers import Answer
from chengnuo.client.client import ServiceRefusedError, ServiceSilentError
from chengnuo.client.questions import Question
from chengnuo.client.unix_socket import SocketClient
from chengnuo.doors.http.programs import BODY_LIMIT_BYTES
from chengnuo.doors.socket.server import DecisionSocket, SocketTakenError, listen_at
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys

SEARCH = Question(person=ACCOUNT, activity="search")
WRONG = Question(person="", activity="search")


@dataclass(frozen=True, kw_only=True)
class Listening:
    """A service on a socket, and who asks it over HTTP."""

    asking: Asking
    path: Path

    def client(self, secret: str | None = None) -> SocketClient:
        key = self.asking.secret if secret is None else secret
        return SocketClient(self.path, key, timeout_s=30)

    def raw(self) -> "closing[socket.socket]":
        plain = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        plain.settimeout(10)
        plain.connect(str(self.path))
        return closing(plain)

    def key_frame(self) -> bytes:
        return frame(b"K", self.asking.secret.encode())


def frame(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body


def read_all(plain: socket.socket) -> list[tuple[bytes, dict[str, object]]]:
    """Read until the service closes, and return its frames."""
    data = b"".join(iter(lambda: plain.recv(65536), b""))
    found = []
    while data:
        (length,) = struct.unpack(">I", data[:4])
        found.append((data[4:5], json.loads(data[5 : 5 + length])))
        data = data[5 + length :]
    return found


@contextmanager
def served(decision_socket: DecisionSocket) -> Iterator[None]:
    """Run a socket in a thread with an event loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(decision_socket.open(), loop).result(30)
        try:
            yield
        finally:
            asyncio.run_coroutine_threadsafe(decision_socket.close(), loop).result(30)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module", name="listening")
def made_listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    folder = tmp_path_factory.mktemp("s")
    kit = start(folder / "data", register=SAMPLE)
    tokens = kit.service.services.tokens
    keys = ApiKeys(store=keys_of(kit), tokens=tokens, clock=kit.clock)
    made = keys.make("orders", frozenset({ApiScope.DECIDE}), by="cli")
    decisions = kit.service.decisions
    assert decisions is not None
    path = folder / "decide.sock"
    with served(DecisionSocket(decisions, path)):
        yield Listening(asking=Asking(kit=kit, keys=keys, secret=made.secret), path=path)
    kit.service.close()


def test_the_socket_says_what_http_says(listening: Listening) -> None:
    asked = {"person": ACCOUNT, "activity": "search", "evidence": "none", "explain": True}
    with listening.raw() as plain:
        plain.sendall(listening.key_frame() + frame(b"Q", json.dumps(asked).encode()))
        plain.shutdown(socket.SHUT_WR)
        (kind, welcome), (answer_kind, answer) = read_all(plain)
    assert (kind, welcome["format"], welcome["mostQuestions"]) == (b"A", 1, 1000)
    assert answer_kind == b"A"
    assert answer == listening.asking.post(asked).json()


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(b"[]", id="another form"),
        pytest.param(b'{"person":"x","activity":"search","publsh":true}', id="a misspelt member"),
        pytest.param(b"\xff\xfe", id="no JSON"),
        pytest.param(b"", id="nothing"),
        pytest.param(
            b'{"person":"x","activity":"search","at":"2026-11-28T08:00:00"}', id="no zone"
        ),
    ],
)
def test_a_wrong_question_has_the_problem_that_http_has(listening: Listening, asked: bytes) -> None:
    with listening.raw() as plain:
        plain.sendall(listening.key_frame() + frame(b"Q", asked))
        plain.shutdown(socket.SHUT_WR)
        _, (kind, problem) = read_all(plain)
    over_http = listening.asking.post(asked).json()
    assert over_http.pop("instance").startswith("urn:chengnuo:request:")  # of HTTP alone
    assert (kind, problem) == (b"P", over_http)


def test_many_questions_on_their_way_are_answered_in_order(listening: Listening) -> None:
    activities = ["search", "profile", "no-such-activity"] * 150
    with listening.client() as client:
        answers = list(
            client.decide_each(
                [Question(person=ACCOUNT, activity=one) for one in activities], evidence="none"
            )
        )
        assert client.decide(SEARCH, evidence="none") == answers[0]
        batch = client.decide_all([SEARCH, SEARCH], evidence="none")
    rows = [one.by[0].row.partition("/")[0] for one in answers if isinstance(one, Answer)]
    assert rows == [one if one != "no-such-activity" else "" for one in activities]
    assert batch == (answers[0], answers[0])


def test_a_wrong_question_among_others_spoils_only_itself(listening: Listening) -> None:
    with listening.client() as client:
        first, wrong, last = client.decide_each([SEARCH, WRONG, SEARCH], evidence="strict")
    assert isinstance(first, Answer)
    assert isinstance(last, Answer)
    assert first.recorded is not None
    assert last.recorded == first.recorded + 1
    assert isinstance(wrong, ServiceRefusedError)
    assert wrong.problem.code == "question-malformed"


def test_a_withdrawal_acknowledged_before_the_question_is_in_its_answer(
    listening: Listening,
) -> None:
    with listening.client() as client:
        given = listening.asking.agree("profile/general")
        yes = client.decide(Question(person=ACCOUNT, activity="profile"), evidence="none")
        listening.asking.withdraw("profile/general")
        no = client.decide(Question(person=ACCOUNT, activity="profile"), evidence="none")
    assert given in yes.consents
    assert (no.outcome, no.log_position > yes.log_position) == ("refuse", True)


@pytest.mark.parametrize("secret", ["", "chengnuo_wrong", "\u0000"])
def test_a_key_that_is_not_in_force_ends_the_connection(listening: Listening, secret: str) -> None:
    with pytest.raises(ServiceRefusedError) as caught:
        listening.client(secret)
    assert (caught.value.status, caught.value.problem.code) == (401, "api-key-refused")


def test_a_question_before_the_key_is_not_answered(listening: Listening) -> None:
    with listening.raw() as plain:
        plain.sendall(frame(b"Q", b'{"person":"x","activity":"search"}') * 2)
        (only,) = read_all(plain)
    assert (only[0], only[1]["code"]) == (b"P", "api-key-refused")


def test_a_key_revoked_is_refused_on_an_open_connection(listening: Listening) -> None:
    kit = listening.asking.kit
    other = listening.asking.keys.make("leaving", frozenset({ApiScope.DECIDE}), by="cli")
    with listening.client(other.secret) as client:
        assert client.decide(SEARCH, evidence="none").outcome in {"ask", "refuse", "permit"}
        listening.asking.keys.revoke("leaving", by="cli")
        kit.clock.pass_by(timedelta(seconds=2))
        with pytest.raises(ServiceRefusedError, match="api-key-refused"):
            client.decide(SEARCH, evidence="none")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(frame(b"X", b""), "frame-malformed", id="no kind"),
        pytest.param(frame(b"A", b"{}"), "frame-malformed", id="an answer from a caller"),
        pytest.param(
            struct.pack(">IB", BODY_LIMIT_BYTES + 1, ord("Q")), "body-over-limit", id="too long"
        ),
    ],
)
def test_what_is_no_frame_ends_the_connection_after_the_answers_before_it(
    listening: Listening, sent: bytes, code: str
) -> None:
    question = frame(b"Q", b'{"person":"x","activity":"search","evidence":"none"}')
    with listening.raw() as plain:
        plain.sendall(listening.key_frame() + question + sent + question)
        welcome, answer, problem = read_all(plain)
    assert (welcome[0], answer[0], problem[0]) == (b"A", b"A", b"P")
    assert problem[1]["code"] == code


@given(st.lists(st.binary(max_size=60), max_size=6))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_leave_the_socket_answering(listening: Listening, pieces: list[bytes]) -> None:
    with listening.raw() as plain:
        for piece in pieces:
            try:
                plain.sendall(piece)
            except OSError:
                break
    with listening.client() as client:
        assert client.decide(SEARCH, evidence="none").register_version


def test_only_the_owner_may_open_it(listening: Listening) -> None:
    assert stat.S_IMODE(listening.path.lstat().st_mode) == 0o600


def test_a_socket_behind_which_somebody_listens_is_never_taken(listening: Listening) -> None:
    with pytest.raises(SocketTakenError):
        listen_at(listening.path)
    listening.path.with_name("decide.sock.lock").rename(listening.path.with_name("moved"))
    with pytest.raises(SocketTakenError):  # also where the lock was taken away
        listen_at(listening.path)
    with listening.client() as client:
        assert client.decide(SEARCH, evidence="none").register_version


def test_a_socket_left_by_a_dead_process_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as dead:
        dead.bind(str(path))
    held = listen_at(path)
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as plain:
        plain.connect(str(path))
    held.listener.close()
    held.release()
    assert not path.exists()


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_what_is_no_socket_is_left_alone(tmp_path: Path, what: str) -> None:
    path = tmp_path / "s"
    if what == "file":
        path.write_text("somebody's")
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SocketTakenError):
        listen_at(path)
    assert os.path.lexists(path)


def test_a_service_that_stopped_is_silent_and_permits_nothing(tmp_path: Path) -> None:
    with pytest.raises(ServiceSilentError):
        SocketClient(tmp_path / "nobody", "chengnuo_any")


def test_a_caller_who_stops_midway_asks_nothing_more_on_the_connection(
    listening: Listening,
) -> None:
    with listening.client() as client:
        each = client.decide_each([SEARCH] * 50, evidence="none")
        next(each)
        each.close()
        with pytest.raises(ServiceSilentError):
            client.decide(SEARCH, evidence="none")
