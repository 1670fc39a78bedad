"""The Data Rights Protocol: what an agent may do, from its token to the end of a request."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.agent_kit import AGENT, BUSINESS, EMAIL, PHONE, Agent, exercise, message
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked
from tests.doors.http.rights_kit import KeptHere
from tests.doors.service_kit import PORT
from tests.usecases.rights.seen_kit import FILE, REFUSAL, seen

from chengnuo.adapters.connectors.callbacks import AgentCallbacks
from chengnuo.adapters.sql.rights_callbacks import SqlCallbacks
from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.canonical import Tree
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.request import AskedBy, DeletionAsked, Ground
from chengnuo.doors.http.rights_agency import Agents
from chengnuo.doors.http.rights_agent_words import EXERCISES, status_of
from chengnuo.doors.http.rights_agents import agents_router
from chengnuo.doors.http.rights_envelope import Envelopes
from chengnuo.doors.settings import web_settings
from chengnuo.doors.web.app import build_app
from chengnuo.law.rights import Right
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.rights.calling_back import CallingBack

pytestmark = pytest.mark.service
PATH = "/v1/data-rights-request"
COUNT = count()
URL = "https://privacy.shop.example"
MORE: dict[str, Tree] = {
    "correction": {"kind": "correct", "changes": [{"table": "d.t", "column": "c", "value": "v"}]},
    "transfer": {"kind": "transfer", "offer": "offer-1"},
}


@dataclass
class Agency:
    """An agent, and what it may do in a service."""

    asking: Asking
    agent: Agent = field(default_factory=Agent)
    other: Agent = field(default_factory=Agent)
    desk: KeptHere = field(default_factory=KeptHere)
    looked_for: list[tuple[IdentifierKind, str]] = field(default_factory=list)
    accounts: dict[str, tuple[str, ...]] = field(default_factory=lambda: {PHONE: (ACCOUNT,)})

    def __post_init__(self) -> None:
        services = self.asking.kit.service.services
        self.agents = Agents(
            envelopes=Envelopes(
                keys={AGENT: self.agent.public, "OTHER": self.other.public},
                business=BUSINESS,
                signer=services.register.versions.signer,
                since=self.asking.kit.clock.now(),
            ),
            desk=self.desk,
            consents=services.consents,
            accounts=self.find,
            person=lambda account: person_key(services.tokens, account),
            tokens=services.tokens,
            clock=self.asking.kit.clock,
            public_url=URL,
            calling=CallingBack(
                store=SqlCallbacks(SqliteDatabase(Path(self.asking.kit.settings.data))),
                sender=AgentCallbacks(
                    allowed={},
                    signer=services.register.versions.signer,
                    clock=self.asking.kit.clock,
                ),
                clock=self.asking.kit.clock,
            ),
            hosts={},
        )

        settings = self.asking.kit.settings
        web = web_settings(settings, port=PORT)
        self.http = Browser(build_app(services, web, pages=[agents_router(self.agents)])).client

    def find(self, kind: IdentifierKind, value: str) -> tuple[str, ...]:
        self.looked_for.append((kind, value))
        return self.accounts.get(value, ())

    @property
    def now(self) -> datetime:
        return self.asking.kit.clock.now()

    def token(self, name: str = AGENT) -> str:
        signer = self.agent if name == AGENT else self.other
        said = signer.signed(message(self.now, **{"agent-id": name, "nonce": next(COUNT)}))
        answer = self.http.post(f"/v1/agent/{name}", content=said)
        assert answer.status_code == 200, answer.text
        assert answer.json()["agent-id"] == name
        return str(answer.json()["token"])

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        token: str | None = None,
        content_type: str = "text/plain",
    ) -> httpx.Response:
        shown = self.token() if token is None else token
        headers = {"authorization": f"Bearer {shown}", "content-type": content_type}
        answer = self.http.request(method, path, content=body, headers=headers)
        for personal in (ACCOUNT, PHONE, EMAIL):
            assert personal not in answer.text
        return answer

    def ask(self, right: str = "deletion", **other: Tree) -> dict[str, Tree]:
        asked = exercise(self.now, right, nonce=next(COUNT), **other)
        answer = self.send("POST", PATH, self.agent.signed(asked))
        assert answer.status_code == 200, answer.text
        found: dict[str, Tree] = answer.json()
        return found

    def refused(self, right: str, **other: Tree) -> tuple[int, str]:
        asked = exercise(self.now, right, nonce=next(COUNT), **other)
        answer = self.send("POST", PATH, self.agent.signed(asked))
        return answer.status_code, answer.json()["code"]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    made = service_asked(tmp_path_factory.mktemp("agents"), ApiScope.CONSENT_WRITE)
    yield made
    made.kit.service.close()


@pytest.fixture
def agency(asking: Asking) -> Agency:
    return Agency(asking)


def test_a_request_of_an_agent_is_taken_in_and_waits_for_the_individual(agency: Agency) -> None:
    agency.desk.fresh = Stage.NEEDS_IDENTITY
    said = agency.ask()
    assert said.pop("received_at")
    shown = said.pop("request_id")
    assert said == {
        "status": "in_progress",
        "reason": "need_user_verification",
        "user_verification_url": f"{URL}/centre/rights",
        "expected_by": "2026-12-18",
        "agent_request_id": "case-7",
        "processing_details": "请再次确认身份",
    }
    ((request, (kept, asker)),) = agency.desk.kept.items()
    assert str(shown).startswith(request)
    assert (kept.request.right, kept.request.by) == (Right.DELETE, AskedBy.AGENT)
    assert (asker.account, asker.surface, asker.authenticated_at) == (ACCOUNT, "drp", None)
    again = agency.send("GET", f"{PATH}/{shown}").json()
    assert (again["request_id"], again["status"]) == (shown, "in_progress")


def test_the_token_is_the_agents_own_and_follows_its_key(agency: Agency) -> None:
    token = agency.token()
    assert agency.token() == token != agency.token("OTHER")
    assert agency.send("GET", f"/v1/agent/{AGENT}", token=token).json() == {}
    for wrong in ("", "x", agency.token("OTHER")):
        answer = agency.send("GET", f"/v1/agent/{AGENT}", token=wrong)
        assert (answer.status_code, answer.json()["code"]) == (403, "agent-refused")
    changed = Agency(agency.asking)  # the same agent with another key
    assert changed.token() != token
    assert changed.send("GET", f"/v1/agent/{AGENT}", token=token).status_code == 403


def test_a_token_takes_a_signature_of_that_agent(agency: Agency) -> None:
    mine = agency.agent.signed(message(agency.now))
    assert agency.http.post("/v1/agent/OTHER", content=mine).status_code == 403
    forged = agency.other.signed(message(agency.now))
    assert agency.http.post(f"/v1/agent/{AGENT}", content=forged).status_code == 403
    old = agency.agent.signed(message(agency.now, **{"drp.version": "0.5"}))
    assert agency.http.post(f"/v1/agent/{AGENT}", content=old).status_code == 403


def test_nobody_elses_request_is_seen_or_ended(agency: Agency) -> None:
    shown = agency.ask()["request_id"]
    other = agency.token("OTHER")
    assert agency.send("GET", f"{PATH}/{shown}", token=other).status_code == 403
    revoke = agency.other.signed({"reason": "no"})
    assert agency.send("DELETE", f"{PATH}/{shown}", revoke, token=other).status_code == 403
    bare = next(iter(agency.desk.kept))  # the id itself, without the seal over it
    for guess in (bare, f"{bare}-{'0' * 32}"):
        assert agency.send("GET", f"{PATH}/{guess}").status_code == 403


def test_a_request_is_revoked_by_its_agent_until_it_runs(agency: Agency) -> None:
    shown = agency.ask()["request_id"]
    unsigned = agency.send("DELETE", f"{PATH}/{shown}", b"e30=")
    assert unsigned.status_code == 403
    body = agency.agent.signed({"reason": "I want to keep my account"})
    answer = agency.send("DELETE", f"{PATH}/{shown}", body)
    assert (answer.status_code, answer.json()["status"]) == (200, "revoked")
    again = agency.send("DELETE", f"{PATH}/{shown}", body)
    assert (again.status_code, again.json()["code"]) == (409, "rights-wrong-stage")


def test_a_message_works_once_and_only_with_its_token(agency: Agency) -> None:
    body = agency.agent.signed(exercise(agency.now))
    assert agency.send("POST", PATH, body, token="x").status_code == 403  # noqa: S106
    assert agency.send("POST", PATH, body).status_code == 200
    again = agency.send("POST", PATH, body)
    assert (again.status_code, again.json()["code"]) == (409, "agent-message-used")
    others = agency.other.signed(exercise(agency.now))
    assert agency.send("POST", PATH, others).status_code == 403


@pytest.mark.parametrize("right", sorted(set(EXERCISES) - {"withdraw"}))
def test_every_right_of_the_extension_can_be_asked_for(agency: Agency, right: str) -> None:
    more = {"pipl": MORE[right]} if right in MORE else {}
    assert agency.ask(right, **more)["status"] == "in_progress"
    assert len(agency.desk.kept) == 1


def test_what_is_not_offered_is_refused_before_anybody_is_looked_for(agency: Agency) -> None:
    for right, more in (
        ("sale:opt-out", {}),
        ("correction", {}),
        ("deletion", {"regime": "ccpa"}),
    ):
        assert agency.refused(right, **more) == (422, "agent-exercise")
    assert (agency.looked_for, agency.desk.kept) == ([], {})


def test_a_callback_to_a_host_that_is_not_the_agents_is_refused_before_anybody_is_looked_for(
    agency: Agency,
) -> None:
    asked = agency.refused("deletion", status_callback="https://other.example/status")
    assert asked == (422, "agent-callback")
    assert (agency.looked_for, agency.desk.kept) == ([], {})


def test_the_least_verified_identifier_that_finds_one_account_is_used(agency: Agency) -> None:
    agency.ask(email=EMAIL, email_verified=True)
    forms = (PHONE, PHONE.removeprefix("+"), PHONE.removeprefix("+86"))  # as stores write it
    assert agency.looked_for == [(IdentifierKind.PHONE, form) for form in forms]
    agency.looked_for.clear()
    agency.accounts = {PHONE: (ACCOUNT, "another"), EMAIL: (ACCOUNT,)}
    agency.ask(email=EMAIL, email_verified=True)
    kinds = [kind for kind, _ in agency.looked_for]
    assert kinds == [IdentifierKind.PHONE] * 3 + [IdentifierKind.EMAIL]
    agency.looked_for.clear()
    said = agency.ask(phone_number_verified=False, email=EMAIL)
    assert (said["status"], said["reason"]) == ("denied", "insuf_verification")
    assert agency.looked_for == []


def test_who_is_not_found_or_found_twice_is_denied_in_the_same_words(agency: Agency) -> None:
    agency.accounts = {}
    nobody = agency.ask()
    agency.accounts = {PHONE: ("one", "two")}
    twice = agency.ask()
    assert nobody["reason"] == twice["reason"] == "no_match"
    assert nobody["processing_details"] == twice["processing_details"]
    assert agency.desk.kept == {}
    assert agency.send("GET", f"{PATH}/{nobody['request_id']}").status_code == 403


def test_a_withdrawal_ends_consents_at_once_and_asks_for_the_deletion_of_what_rested_on_them(
    agency: Agency,
) -> None:
    assert agency.refused("withdraw") == (409, "agent-nothing-to-withdraw")
    agency.asking.agree()
    agency.ask("withdraw")
    overview = agency.asking.kit.service.services.consents.overview(agency.asking.person)
    assert not any(one.in_force for one in overview.items)
    ((kept, _),) = agency.desk.kept.values()
    asked = kept.request.asked
    assert isinstance(asked, DeletionAsked)
    assert (asked.ground, asked.scope.activities) == (Ground.WITHDRAWN, ("search",))


def test_every_stage_is_told_and_what_was_done_in_part_is_never_called_fulfilled() -> None:
    for stage in Stage:
        said = status_of(seen(stage), "shown", public_url=URL)
        done = {
            Stage.FULFILLED: "fulfilled",
            Stage.PARTLY: "denied",
            Stage.REFUSED: "denied",
            Stage.TAKEN_BACK: "revoked",
        }
        assert said.status == done.get(stage, "in_progress"), stage
        assert said.pipl_outcome == (stage.value if stage.is_final else "")
        assert (said.expected_by is None) is stage.is_final
        assert said.processing_details
        assert "答复全文" not in said.processing_details  # the answer is the individual's
    part = status_of(seen(Stage.PARTLY), "shown", public_url=URL)
    assert (part.reason, part.pipl_outcome) == ("claim_not_covered", "partly-fulfilled")


def test_why_something_was_refused_is_told_by_the_words_of_the_protocol() -> None:
    def reason(**how: object) -> str:
        return status_of(seen(Stage.REFUSED, **how), "x", public_url=URL).reason  # type: ignore[arg-type]

    assert reason(event=Event.NOT_PROVED) == "insuf_verification"
    assert reason(refusals=(REFUSAL,)) == "claim_not_covered"
    assert reason(event=Event.DECLINED) == "other"


def test_files_are_said_to_be_ready_and_until_when_and_where_to_sign_in_for_them() -> None:
    said = status_of(seen(Stage.FULFILLED, files=(FILE,)), "x", public_url=URL)
    assert (said.results_url, said.expires_at) == (f"{URL}/centre/rights", FILE.expires)


def test_any_content_type_will_do_as_the_protocol_names_none(agency: Agency) -> None:
    for kind in ("text/plain", "application/octet-stream", "application/json"):
        body = agency.agent.signed(exercise(agency.now, nonce=next(COUNT)))
        assert agency.send("POST", PATH, body, content_type=kind).status_code == 200


def test_the_routes_say_in_the_schema_what_they_take(agency: Agency) -> None:
    paths = agency.http.get("/schema").json()["paths"]
    assert set(paths) >= {PATH, f"{PATH}/{{request_id}}", "/v1/agent/{agent_id}"}
    for path, method in ((PATH, "post"), (f"{PATH}/{{request_id}}", "delete")):
        assert "text/plain" in paths[path][method]["requestBody"]["content"]
        assert "403" in paths[path][method]["responses"]
