"""Agents are called back when the status of their request changes: real requests, real receiver."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from itertools import count
from pathlib import Path
from threading import Thread

import httpx
import pytest
from tests.doors.http.agent_kit import AGENT, BUSINESS, Agent, exercise, message
from tests.doors.server_kit import Server, stop_what_still_runs
from tests.usecases.rights.rights_house import LIN, STAFF, RightsHouse

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.connectors.callbacks import AgentCallbacks
from chengnuo.adapters.sql.rights_callbacks import SqlCallbacks
from chengnuo.base.canonical import Tree
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.http.rights_agency import Agents
from chengnuo.doors.http.rights_agent_words import StatusBody
from chengnuo.doors.http.rights_callbacks import AgentCallbackError, check_callback
from chengnuo.doors.http.rights_envelope import Envelopes
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.rights.calling_back import CallingBack
from chengnuo.usecases.rights.outbox import MOST_ATTEMPTS

pytestmark = pytest.mark.real
NONCE = count()
SHOP = Path(__file__).parents[3] / "examples" / "shop"


@dataclass
class Receiver:
    """The agent's own system: what it answers, and what it got."""

    status: int = 200
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def statuses(self) -> list[tuple[str, str]]:
        said = [json.loads(body) for _, _, body in self.got]
        return [(one["status"], one.get("pipl_outcome", "")) for one in said]


@dataclass
class Calling:
    """A tea house whose requests an agent hands in."""

    house: RightsHouse
    receiver: Receiver
    agent: Agent = field(default_factory=Agent)

    def __post_init__(self) -> None:
        self.hosts = {AGENT: (f"127.0.0.1:{self.receiver.port}",)}
        self.begin()

    def begin(self) -> None:
        """Begin the service, also anew."""
        keys, clock = self.house.data.keys, self.house.clock
        networks = {AGENT: (ip_network("127.0.0.0/8"),)}
        self.agents = Agents(
            envelopes=Envelopes(
                keys={AGENT: self.agent.public},
                business=BUSINESS,
                signer=keys.signer,
                since=clock.now() - timedelta(minutes=1),
            ),
            desk=self.house.rights,
            consents=self.house.consents,
            accounts=lambda _, __: (LIN,),
            person=self.house.person,
            tokens=keys.tokens,
            clock=clock,
            public_url="https://tea.example",
            calling=CallingBack(
                store=SqlCallbacks(self.house.data.database),
                sender=AgentCallbacks(allowed=networks, signer=keys.signer, clock=clock),
                clock=clock,
            ),
            hosts=self.hosts,
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.receiver.port}/status?of=us"

    def ask(self, **other: Tree) -> StatusBody:
        given = {"status_callback": self.address, "nonce": next(NONCE), **other}
        asked = exercise(self.house.clock.now(), "deletion", **given)
        return self.agents.exercise(AGENT, self.agent.signed(asked))

    def look(self, *, minutes: int = 2) -> None:
        """Let time pass and look once what changed."""
        self.house.work(minutes=minutes)
        self.agents.call_back()

    def check_paper(self) -> None:
        (task,) = self.house.rights.tasks()
        self.house.rights.task_done(task.id, STAFF, "seen")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    about = Receiver()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            about.got.append((self.path, dict(self.headers.items()), body))
            self.send_response(about.status)
            self.send_header("location", "http://127.0.0.1:9/")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    about.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield about
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def calling(tmp_path: Path, catalogue: Catalogue, receiver: Receiver) -> Calling:
    return Calling(RightsHouse(tmp_path / "house", catalogue), receiver)


def test_each_change_is_told_once_signed_and_the_last_ends_it(calling: Calling) -> None:
    calling.house.fill(LIN)
    said = calling.ask()
    calling.look()
    assert calling.receiver.got == []  # it was told in the answer
    calling.check_paper()
    calling.look()
    calling.look()
    ((path, headers, body),) = calling.receiver.got
    assert path == "/status?of=us"
    told = json.loads(body)
    assert (told["request_id"], told["status"]) == (said.request_id, "in_progress")
    assert "reason" not in told
    assert LIN not in body.decode()
    signed = b".".join(
        (headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body)
    )
    signature = base64.b64decode(headers["webhook-signature"].removeprefix("v1a,"))
    signer = calling.house.data.keys.signer
    assert signer.is_signature(signature, signed, public_key=signer.public_key)
    calling.agents.revoke(AGENT, said.request_id, calling.agent.signed({"reason": "no"}))
    for _ in range(3):
        calling.look(minutes=60)
    assert calling.receiver.statuses[1:] == [("revoked", "taken-back")]


def test_what_was_not_taken_is_sent_again_also_by_a_service_that_began_anew(
    calling: Calling,
) -> None:
    calling.ask()
    calling.check_paper()
    calling.receiver.status = 302  # no redirect is followed
    calling.look()
    calling.look(minutes=0)
    assert len(calling.receiver.got) == 1  # it waits
    calling.begin()
    calling.receiver.status = 204
    calling.look(minutes=3)
    calling.look()
    assert len(calling.receiver.got) == 2
    ids = {headers["webhook-id"] for _, headers, _ in calling.receiver.got}
    bodies = {body for _, _, body in calling.receiver.got}
    assert (len(ids), len(bodies)) == (1, 1)


def test_who_never_takes_it_is_given_up_and_it_holds_the_request_up_in_nothing(
    calling: Calling,
) -> None:
    calling.house.fill(LIN)
    said = calling.ask()
    request = RequestId(said.request_id.rpartition("-")[0])
    calling.check_paper()
    calling.receiver.status = 500
    for _ in range(MOST_ATTEMPTS + 5):
        calling.look(minutes=24 * 60)
    assert len(calling.receiver.got) == MOST_ATTEMPTS
    seen = calling.house.rights.seen(request)
    assert (seen.outside, seen.stage) == ((), Stage.NEEDS_RELEASE)


def test_an_agent_whose_host_is_no_longer_registered_is_told_nothing(calling: Calling) -> None:
    calling.ask()
    calling.check_paper()
    calling.hosts = {}
    calling.begin()
    calling.look()
    assert calling.receiver.got == []


def test_the_newest_address_of_the_same_request_counts(calling: Calling) -> None:
    first = calling.ask()
    again = calling.ask(status_callback=calling.address + "&anew")
    assert again.request_id == first.request_id
    calling.check_paper()
    calling.look()
    assert [path for path, _, _ in calling.receiver.got] == ["/status?of=us&anew"]


def test_a_running_service_knows_from_its_settings_where_agents_may_be_called_back(
    tmp_path: Path,
) -> None:
    agent = Agent()
    (tmp_path / "chengnuo.toml").write_text(
        f'[agents]\nbusiness = "{BUSINESS}"\n'
        f'[agents.keys]\n{AGENT} = "{base64.b64encode(agent.public).decode()}"\n'
        f'[agents.callbacks.{AGENT}]\nhosts = ["care.example"]\nallowed = ["127.0.0.0/8"]\n',
        encoding="utf-8",
    )
    register = ("--register", str(SHOP / "register"))
    server = Server.start(
        *("--settings", "chengnuo.toml", "--data", "data", *register), folder=tmp_path
    )
    with httpx.Client(base_url=server.address(), timeout=30) as client:
        now = SystemClock().now()
        token = client.post(f"/v1/agent/{AGENT}", content=agent.signed(message(now)))
        headers = {"authorization": f"Bearer {token.json()['token']}"}

        def ask(address: str) -> tuple[str, str]:
            # Of a number that nobody verified nothing is looked for, so no store is needed.
            given = exercise(now, phone_number_verified=False, status_callback=address)
            path, body = "/v1/data-rights-request", agent.signed(given)
            answer = client.post(path, content=body, headers=headers).json()
            return answer.get("code", ""), answer.get("reason", "")

        assert ask("https://evil.example/") == ("agent-callback", "")
        assert ask("https://care.example/status") == ("", "insuf_verification")
    assert server.stop() == 0
    stop_what_still_runs()


@pytest.mark.parametrize(
    "address",
    [
        "https://care.example.evil.example/",
        "https://evil.example/?care.example",
        "https://care.example@evil.example/",
        "https://someone@care.example/",
        "https://care.example:8443/",
        "http://care.example/",
        "ftp://care.example/",
        "https://care.example/#part",
        "https://care.example/\r\nx: y",
        "https://care.example /",
        "https://[care.example/",
        "//care.example/",
        "care.example",
        "",
    ],
)
def test_an_address_elsewhere_or_of_another_kind_is_refused(address: str) -> None:
    check_callback("https://Care.example/status?x=1", ("care.example",))
    check_callback("https://care.example:9443/", ("care.example:9443",))
    with pytest.raises(AgentCallbackError):
        check_callback(address, ("care.example",))
