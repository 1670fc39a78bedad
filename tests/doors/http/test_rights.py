"""`/v1/rights:…`: what a back end hands in and asks about requests of individuals."""

import base64
import inspect
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked
from tests.doors.http.rights_kit import BLOCKED, CODE, ERASED, NOTICE, KeptHere, Taken
from tests.running import run
from tests.usecases.rights.seen_kit import TASK

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.rights.machine import Stage
from chengnuo.doors.http import program_schema
from chengnuo.doors.http.program_routes import program_routes
from chengnuo.doors.http.rights import OPERATIONS, Rights
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.rights.desk import RightsDesk

pytestmark = pytest.mark.service
ASKER: dict[str, Tree] = {"person": ACCOUNT}
DELETION: dict[str, Tree] = {
    "asker": ASKER,
    "right": "delete",
    "asked": {"kind": "delete", "ground": "consent-withdrawn"},
}


@dataclass
class Program:
    """A back end with keys, and the desk behind the routes."""

    asking: Asking
    desk: KeptHere
    app: Rights
    secrets: dict[ApiScope, str]

    def post(
        self, verb: str, body: object, *, scope: ApiScope | None = None, method: str = "POST"
    ) -> httpx.Response:
        path = f"/v1/rights:{verb}"
        secret = self.secrets[scope or OPERATIONS[path].scope]
        content = body if isinstance(body, bytes) else json.dumps(body).encode()

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)  # type: ignore[arg-type]  # plain ASGI
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
                return await client.request(
                    method,
                    path,
                    content=content,
                    headers={
                        "content-type": "application/json",
                        "authorization": f"Bearer {secret}",
                    },
                )

        answer = run(ask())
        assert ACCOUNT not in answer.text
        return answer

    def said(self, verb: str, body: object) -> dict[str, Tree]:
        answer = self.post(verb, body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Tree] = answer.json()
        return found

    def refused(self, verb: str, body: object, **how: ApiScope) -> tuple[int, str]:
        answer = self.post(verb, body, **how)
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code, answer.json()["code"]


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    made = service_asked(tmp_path_factory.mktemp("rights"), ApiScope.DECIDE)
    yield made
    made.kit.service.close()


@pytest.fixture(scope="module")
def secrets(asking: Asking) -> dict[ApiScope, str]:
    made: dict[ApiScope, str] = {ApiScope.DECIDE: asking.secret}
    for scope in (ApiScope.RIGHTS_READ, ApiScope.RIGHTS_WRITE, ApiScope.RIGHTS_ACKNOWLEDGE):
        name = scope.value.replace(":", "-")
        made[scope] = asking.keys.make(name, frozenset({scope}), by="cli").secret
    return made


@pytest.fixture
def program(asking: Asking, secrets: dict[ApiScope, str]) -> Program:
    decisions = asking.kit.service.decisions
    assert decisions is not None
    desk = KeptHere()
    app = Rights(desk=desk, gate=decisions.gate, person=decisions.person)
    return Program(asking=asking, desk=desk, app=app, secrets=secrets)


def test_a_request_is_taken_in_once_however_often_it_is_handed_in(program: Program) -> None:
    first = program.said("open", DELETION)
    assert (first["stage"], first["daysLeft"], first["final"]) == ("needs-plan", 15, False)
    assert first["due"] == {"on": "2026-12-18", "provisional": False, "likely": "2026-12-18"}
    following = first["next"]
    assert isinstance(following, dict)
    assert following["owner"] == "system"
    assert program.said("open", DELETION) == first
    other = {**DELETION, "asked": {"kind": "delete", "ground": "unlawful"}}
    assert program.said("open", other)["id"] != first["id"]


def test_a_mark_is_handed_on_and_has_a_form(program: Program) -> None:
    first = program.said("open", DELETION | {"mark": "app-2026-17"})
    assert program.said("open", DELETION | {"mark": "app-2026-17"}) == first
    assert program.desk.marked == {"app-2026-17": first["id"]}
    for wrong in ("-begins with a dash", "m" * 81, "a b"):
        assert program.refused("open", DELETION | {"mark": wrong}) == (400, "question-malformed")


def test_a_request_is_found_by_its_individual_and_by_nobody_else(program: Program) -> None:
    made = program.said("open", DELETION)
    assert program.said("get", {"id": made["id"]}) == made
    assert program.said("get", {"id": made["id"], "person": ACCOUNT}) == made
    strange = {"id": made["id"], "person": "another-account"}
    assert program.refused("get", strange) == (404, "rights-no-such-request")
    assert program.refused("take-back", strange) == (404, "rights-no-such-request")
    mine = program.said("list", {"person": ACCOUNT})["requests"]
    assert isinstance(mine, list)
    assert [one["id"] for one in mine] == [made["id"]]
    assert program.said("list", {"person": "another-account"}) == {"requests": []}


def test_identity_is_proved_by_a_recent_sign_in_and_by_nothing_less(program: Program) -> None:
    program.desk.fresh = Stage.NEEDS_IDENTITY
    made = program.said("open", DELETION)
    prove = {"id": made["id"], "asker": ASKER}
    assert program.refused("prove", prove) == (403, "rights-identity")
    proved = {**prove, "asker": {**ASKER, "authenticatedAt": "2026-11-27T02:29:00Z"}}
    assert program.said("prove", proved)["stage"] == "needs-plan"
    naive = {**prove, "asker": {**ASKER, "authenticatedAt": "2026-11-27T02:29:00"}}
    assert program.refused("prove", naive) == (400, "question-malformed")


def test_a_request_is_taken_back_until_it_runs(program: Program) -> None:
    own = {"id": program.said("open", DELETION)["id"], "person": ACCOUNT}
    gone = program.said("take-back", own)
    assert (gone["stage"], gone["final"], gone["next"]) == ("taken-back", True, None)
    assert program.refused("take-back", own) == (409, "rights-wrong-stage")


def test_a_plan_says_stores_steps_columns_and_what_is_kept_until_when(program: Program) -> None:
    program.desk.problems = (BLOCKED,)
    plan = program.said("preview", DELETION)
    assert (plan["rows"], plan["blocked"]) == (4, True)
    assert plan["kept"] == [{"duty": "ECL-31", "until": "2026-11-27T02:30:00Z"}]
    stores = plan["stores"]
    assert isinstance(stores, list)
    assert [(one["table"], one["fate"], one["rows"]) for one in stores[0]["steps"]] == [
        ("orders", "change", 3),
        ("people", "delete", 1),
    ]
    assert stores[0]["problems"][0]["kind"] == "not-null"
    assert program.said("list", {}) == {"requests": []}  # nothing is kept


def test_every_kind_of_request_has_its_form(program: Program) -> None:
    forms: list[tuple[str, dict[str, Tree]]] = [
        ("access", {"kind": "read"}),
        (
            "copy",
            {"kind": "read", "formats": ["json", "xlsx"], "scope": {"activities": ["search"]}},
        ),
        ("copy", {"kind": "read", "formats": ["json"], "withCode": True}),
        ("transfer", {"kind": "transfer", "offer": "chengnuo-transfer:abc"}),
        (
            "correct",
            {
                "kind": "correct",
                "changes": [{"table": "db.people", "column": "city", "value": "无锡"}],
            },
        ),
        ("restrict", {"kind": "restrict", "on": True, "activity": "search"}),
        ("explain-rules", {"kind": "explain", "question": "为什么？"}),
        ("cancel-account", {"kind": "cancel"}),
    ]
    for right, asked in forms:
        made = program.said("open", {"asker": ASKER, "right": right, "asked": asked})
        assert made["right"] == right
    assert len(program.desk.kept) == len(forms)


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked": {"kind": "delete"}},
        {"asked": {"kind": "nonsense"}},
        {"asked": {"kind": "delete", "ground": "because"}},
        {"asker": {"person": ""}},
        {"asker": {"person": ACCOUNT, "by": "automatic"}},
        {"asker": {"person": ACCOUNT, "persn": ACCOUNT}},
        {"right": "everything"},
    ],
)
def test_a_body_of_another_form_is_refused_by_place(
    program: Program, wrong: dict[str, Tree]
) -> None:
    assert program.refused("open", DELETION | wrong) == (400, "question-malformed")
    assert program.desk.kept == {}


def test_work_by_hand_is_listed_and_said_to_be_done(program: Program) -> None:
    program.said("open", DELETION)
    (task,) = _listed(program.said("tasks", {})["tasks"])
    assert task["task"] == TASK.id
    program.said("task-done", {"task": TASK.id, "note": "shredded"})
    assert program.said("tasks", {}) == {"tasks": []}
    assert len(_listed(program.said("tasks", {"openOnly": False})["tasks"])) == 1
    again = program.refused("task-done", {"task": TASK.id})
    assert again == (404, "rights-no-such-task")


@pytest.mark.parametrize("verb", ["open", "preview"])
def test_somebody_is_named_by_an_identifier_or_by_nothing(program: Program, verb: str) -> None:
    scope = OPERATIONS[f"/v1/rights:{verb}"].scope

    def named(value: str) -> httpx.Response:
        asker: dict[str, Tree] = {"identifier": {"kind": "phone", "value": value}}
        return program.post(verb, {**DELETION, "asker": asker}, scope=scope)

    assert named("100").status_code == 200
    for value, code in (("secret-value", "rights-no-match"), ("ambiguous", "rights-ambiguous")):
        answer = named(value)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert value not in answer.text.replace(code, "")
    both: dict[str, Tree] = {"person": ACCOUNT, "identifier": {"kind": "phone", "value": "1"}}
    for asker in (both, {}):
        answer = program.post(verb, {**DELETION, "asker": asker}, scope=scope)
        assert (answer.status_code, answer.json()["code"]) == (400, "rights-who-asks")


def test_a_party_outside_confirms_by_its_notice_and_learns_nothing(program: Program) -> None:
    program.said("open", DELETION)
    assert program.said("acknowledge", {"notice": NOTICE}) == {"notice": NOTICE}
    assert program.refused("acknowledge", {"notice": "nt-2"}) == (404, "rights-no-such-task")


def test_a_pass_code_is_told_once_to_who_signed_in_just_now(program: Program) -> None:
    request = program.said("open", DELETION)["id"]
    recent = {**ASKER, "authenticatedAt": "2026-11-27T02:29:00Z"}
    body: dict[str, Tree] = {"id": request, "asker": recent}
    assert program.refused("code", {**body, "asker": ASKER}) == (403, "rights-identity")
    strange = {**body, "asker": {**recent, "person": "another-account"}}
    assert program.refused("code", strange) == (404, "rights-no-such-request")
    assert program.said("code", body) == {"code": CODE}
    assert program.refused("code", body) == (404, "no-such-rights-export")


def test_a_file_is_taken_home_in_pieces_by_who_signed_in_just_now(program: Program) -> None:
    request = program.said("open", DELETION)["id"]
    recent = {**ASKER, "authenticatedAt": "2026-11-27T02:29:00Z"}
    body: dict[str, Tree] = {"id": request, "asker": recent, "length": 70}
    whole = b""
    for start in (0, 70, 140, 210):
        piece = program.said("file", {**body, "start": start})
        whole += base64.b64decode(str(piece["content"]))
        assert (piece["size"], piece["name"]) == (200, "copy.zip")
    assert (whole, sha256_hex(whole)) == (Taken.content, piece["sha256"])
    assert program.refused("file", {**body, "asker": ASKER}) == (403, "rights-identity")
    assert program.refused("file", {**body, "part": 2}) == (404, "no-such-rights-export")
    strange = {**body, "asker": {**recent, "person": "another-account"}}
    assert program.refused("file", strange) == (404, "rights-no-such-request")


def test_whether_an_account_may_be_made_is_told_and_a_new_beginning_is_taken(
    program: Program,
) -> None:
    assert program.said("may-create-account", {"person": ERASED}) == {"may": False}
    assert program.said("may-create-account", {"person": "new"}) == {"may": True}
    assert program.said("start-afresh", {"asker": {"person": ERASED}}) == {"wasErased": True}
    conditions = program.said("conditions", {"asker": ASKER})["conditions"]
    assert conditions == [{"what": {"zh": "没有未完成的订单", "en": "no open orders"}, "met": None}]


def test_each_route_takes_a_key_for_it_and_no_other(program: Program) -> None:
    for path, operation in OPERATIONS.items():
        verb = path.rpartition(":")[2]
        for scope in program.secrets.keys() - {operation.scope}:
            assert program.refused(verb, {}, scope=scope) == (403, "api-scope"), (verb, scope)
    program.secrets[ApiScope.DECIDE] = "chengnuo_wrong"
    assert program.refused("list", {}, scope=ApiScope.DECIDE) == (401, "api-key-refused")
    assert program.post("list", {}, method="GET").status_code == 405


def test_staff_are_not_named_to_programs(program: Program) -> None:
    made = program.said("open", DELETION)
    assert "ada.chen" not in json.dumps(made)
    assert [one["by"] for one in _listed(made["timeline"])] == ["staff"]


def test_nothing_of_a_body_is_in_the_logs(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        program.said("open", DELETION)
        program.refused("open", {**DELETION, "asker": {"person": ACCOUNT, "x": 1}})
    assert ACCOUNT not in caplog.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    body=st.binary(max_size=200),
    verb=st.sampled_from([one.rpartition(":")[2] for one in OPERATIONS]),
)
def test_any_body_is_answered_or_refused_and_breaks_nothing(
    program: Program, body: bytes, verb: str
) -> None:
    assert program.post(verb, body).status_code in {200, 400}


def test_the_routes_are_there_where_there_is_a_desk_and_described_as_they_are(
    program: Program,
) -> None:
    decisions = program.asking.kit.service.decisions
    services = program.asking.kit.service.services
    routes = program_routes(
        decisions, consents=services.consents, register=services.register, rights=program.desk
    )
    assert set(OPERATIONS) <= set(routes)
    described = program_schema.path_items()
    assert set(OPERATIONS) <= set(described)
    names = [one.__name__ for path in OPERATIONS.values() for one in (path.takes, path.gives)]
    assert {f"Program.{name}" for name in names} <= set(program_schema.components())
    for operation in OPERATIONS.values():
        msgspec.json.schema(operation.takes)


def test_the_desk_of_these_tests_has_the_methods_of_the_real_one() -> None:
    for name, method in inspect.getmembers(KeptHere, inspect.isfunction):
        if name.startswith("_") or name == "move":
            continue
        real = inspect.signature(getattr(RightsDesk, name))
        assert inspect.signature(method).parameters == real.parameters, name


def _listed(found: Tree) -> list[dict[str, Tree]]:
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, dict)]
