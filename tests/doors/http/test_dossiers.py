"""`/v1/dossiers`: a back end opens a matter of duty, follows it, and is shown no private word."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked
from tests.usecases.dossier.ways import OTHER_OPENINGS, WAYS, filled

from chengnuo.base.canonical import Tree
from chengnuo.client.client import Client, ServiceRefusedError
from chengnuo.client.dossiers import DossierClient
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import MOST_TEXT
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import Concerns
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.doors.http.dossiers import OPERATIONS, PATH
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Actor

READ, PRIVATE, WRITE = (
    ApiScope.DOSSIER_READ,
    ApiScope.DOSSIER_READ_PRIVATE,
    ApiScope.DOSSIER_WRITE,
)
WORDS, REACH = "no answer about my 订单 for weeks", "call 800 after six"
CALL: Mapping[str, Tree] = {
    "sort": "complaint",
    "what": "take-down",
    "fields": {
        "channel": "hotline",
        "received-on": "2026-11-20",
        "cause": "rights",
        "text": WORDS,
        "reach": REACH,
    },
}
OF_SERVICE = {
    ("complaint", "step-up"),
    ("agreement-term", "lapse"),
    ("agreement-term", "renew"),
    ("incident", "count-affected"),
    ("incident", "make-letter"),
}
"""Acts of the part *system* that the service alone does, and no key."""
OPENED = sorted(
    (sort.id, act.what)
    for sort in SORTS.values()
    for act in sort.acts
    if act.opens and Party.SERVICE in act.by and sort.by_key
)


@dataclass(frozen=True, kw_only=True)
class House:
    """A service with a key for each scope, and its desk."""

    asking: Asking
    secrets: Mapping[ApiScope, str]

    @property
    def desk(self) -> DossierDesk:
        found = self.asking.kit.service.services.dossiers
        assert found is not None
        return found

    def post(self, verb: str, body: object, scope: ApiScope | None = None) -> httpx.Response:
        path = f"{PATH}:{verb}" if verb else PATH
        secret = self.secrets[OPERATIONS[path].scope if scope is None else scope]
        return self.asking.post(body, path=path, authorization=f"Bearer {secret}")

    def said(self, verb: str, body: object, scope: ApiScope | None = None) -> dict[str, Tree]:
        answer = self.post(verb, body, scope)
        assert answer.status_code == 200, answer.text
        found: dict[str, Tree] = answer.json()
        return found

    def refused(self, verb: str, body: object, scope: ApiScope | None = None) -> tuple[int, str]:
        answer = self.post(verb, body, scope)
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code, answer.json()["code"]

    def opened(self, **more: Tree) -> str:
        return str(self.said("", {**CALL, **more})["id"])

    @property
    def rows(self) -> dict[str, str]:
        register = self.asking.kit.service.services.register.served.register
        return {
            "activities": register.activities[0].activity,
            "recipients": register.recipients[0].recipient,
            "agreements": register.agreements[0].agreement,
        }

    @property
    def joint(self) -> str:
        """The joint handler of the register."""
        register = self.asking.kit.service.services.register.served.register
        return next(one.recipient for one in register.recipients if one.role is RecipientRole.JOINT)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    asking = service_asked(tmp_path_factory.mktemp("dossiers"), ApiScope.DECIDE)
    keys = {
        WRITE: frozenset({WRITE}),
        READ: frozenset({READ}),
        PRIVATE: frozenset({READ, PRIVATE}),
    }
    secrets = {
        scope: asking.keys.make(scope.value.replace(":", "-"), scopes, by="cli").secret
        for scope, scopes in keys.items()
    }
    yield House(asking=asking, secrets={**secrets, ApiScope.DECIDE: asking.secret})
    asking.kit.service.close()


@pytest.mark.parametrize(("sort", "what"), OPENED)
def test_every_sort_that_a_back_end_may_open_is_opened_and_seen(
    house: House, sort: str, what: str
) -> None:
    first, _, fields = WAYS[sort][0]
    assert first == what or (sort, what) in OTHER_OPENINGS
    rows = house.rows | ({"recipients": house.joint} if sort == "joint-request" else {})
    said = filled(OTHER_OPENINGS.get((sort, what), fields), rows)
    body = {"sort": sort, "what": what, "fields": said}
    if SORTS[sort].concerns is Concerns.ONE:
        body["person"] = ACCOUNT
    opened = house.said("", body)
    assert house.said("get", {"dossier": opened["id"]}) == opened
    table = SORTS[sort]
    act = table.act(what)
    assert act is not None
    private = {field.name for field in act.fields if field.private} & said.keys()
    done = opened["acts"]
    assert isinstance(done, list)
    assert len(done) == 1
    shown = json.loads(json.dumps({name: said[name] for name in said if name not in private}))
    flags = {field.name: False for field in act.fields if field.form == "flag"}
    assert done[0]["fields"] == flags | shown
    assert set(done[0]["withheld"]) == private
    assert (done[0]["party"], done[0]["number"]) == ("service", 1)
    assert done[0]["position"] is not None
    assert opened["can"] == [
        one.what
        for one in table.acts
        if act.to in one.after and Party.SERVICE in one.by and (sort, one.what) not in OF_SERVICE
    ]
    ended = {"openOnly": False} if opened["state"]["final"] else {}  # type: ignore[index]
    lines = house.said("list", {"sorts": [sort], **ended})["dossiers"]
    assert isinstance(lines, list)
    assert opened["id"] in [one["id"] for one in lines]


def test_a_call_is_taken_down_escalated_and_followed_until_it_is_answered(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        wanted = house.opened(person=ACCOUNT)
        first = house.said("get", {"dossier": wanted})
        assert first["aboutSomeone"] is True
        clocks = first["clocks"]
        assert isinstance(clocks, list)
        assert [(one["id"], one["late"], one["metAt"]) for one in clocks] == [
            ("reply", False, None)
        ]
        assert clocks[0]["on"] > "2026-12-01"
        assert clocks[0]["figure"] == "TD-R2"
        assert first["can"] == ["escalate"]
        moved = house.said(
            "act", {"dossier": wanted, "what": "escalate", "fields": {"reason": "third call"}}
        )
        assert moved["state"] == {
            "id": "escalated",
            "text": {"zh": "已升级", "en": "Escalated"},
            "final": False,
        }
        reviewer = Actor(id="acc-reviewer", party=Party.REVIEWER)
        house.desk.act(
            DossierId(wanted),
            "reply",
            reviewer,
            {
                "outcome": "upheld",
                "reasons": "we were slow",
                "remedies": ("authority", "court"),
            },
        )
        answered = house.said("get", {"dossier": wanted})
    state, clocks = answered["state"], answered["clocks"]
    assert isinstance(state, dict)
    assert isinstance(clocks, list)
    assert (state["final"], clocks[0]["metAt"] is None) == (True, False)
    assert answered["can"] == []
    for secret in (WORDS, REACH, "we were slow", ACCOUNT):
        assert secret not in caplog.text


def test_private_words_are_shown_to_who_may_and_asks_and_that_is_recorded_once(
    house: House,
) -> None:
    wanted = house.opened(person=ACCOUNT)
    answers = [
        house.post("get", {"dossier": wanted}, PRIVATE),
        house.post("get", {"dossier": wanted}),
        house.post("list", {}),
        house.post("", {**CALL, "person": ACCOUNT, "key": "call-1"}),
        house.post("", {**CALL, "person": ACCOUNT, "key": "call-1"}),
        house.post("act", {"dossier": wanted, "what": "escalate", "fields": {"reason": "late"}}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert WORDS not in answer.text
        assert REACH not in answer.text
    asked = {"dossier": wanted, "withPrivate": True}
    assert house.refused("get", asked, READ) == (403, "api-scope")
    assert _reads(house, wanted) == []
    for _ in range(2):
        shown = house.said("get", asked, PRIVATE)["acts"]
        assert isinstance(shown, list)
        assert (shown[0]["fields"]["text"], shown[0]["fields"]["reach"]) == (WORDS, REACH)
        assert shown[0]["withheld"] == []
    assert _reads(house, wanted) == [{"what": "dossier-read", "by": "dossier-read-private"}]


def _reads(house: House, wanted: str) -> list[Mapping[str, Tree]]:
    evidence = house.asking.kit.service.services.evidence
    said = [
        json.loads(evidence.payloads.opened(record).payload or b"")
        for record in evidence.mine(house.asking.person)
        if record.leaf.kind == Kind.OPERATOR_READ.value
    ]
    return [{"what": one["what"], "by": one["by"]} for one in said if one["reason"] == wanted]


def test_the_same_key_opens_one_dossier_and_another_one_another(house: House) -> None:
    first = house.opened(key="ticket-7")
    assert house.opened(key="ticket-7") == first
    others = {
        house.opened(key="ticket-8"),
        house.opened(key="ticket-7", person=ACCOUNT),
        house.opened(),
        house.opened(),
    }
    assert len(others | {first}) == 5
    other = house.asking.keys.make("second-hotline", frozenset({WRITE}), by="cli").secret
    answer = house.asking.post(
        {**CALL, "key": "ticket-7"}, path=PATH, authorization=f"Bearer {other}"
    )
    assert answer.json()["id"] not in others | {first}


def test_with_an_account_only_dossiers_about_that_individual_are_there(house: House) -> None:
    mine, theirs = house.opened(person=ACCOUNT), house.opened(person="somebody-else")
    nobodys = house.opened()
    listed = house.said("list", {"person": ACCOUNT, "openOnly": False})["dossiers"]
    assert isinstance(listed, list)
    ids = [str(one["id"]) for one in listed]
    assert mine in ids
    assert not {theirs, nobodys} & set(ids)
    assert house.said("get", {"dossier": mine, "person": ACCOUNT})["id"] == mine
    escalate: dict[str, Tree] = {"what": "escalate", "fields": {"reason": "x"}, "person": ACCOUNT}
    for wanted in (theirs, nobodys, "cp-aaaaaaaaaa"):
        asked = {"dossier": wanted, "person": ACCOUNT}
        assert house.refused("get", asked) == (404, "no-such-dossier")
        assert house.refused("act", {"dossier": wanted, **escalate}) == (404, "no-such-dossier")


def test_lists_are_by_what_is_due_first_and_cut_where_asked(house: House) -> None:
    house.said(
        "",
        {
            "sort": "incident",
            "what": "discover",
            "fields": dict(WAYS["incident"][0][2]),
        },
    )
    lines = house.said("list", {"limit": 1000})["dossiers"]
    assert isinstance(lines, list)
    due = [one["next"]["until"] or one["next"]["since"] for one in lines if one["next"]]
    assert due == sorted(due)
    assert len(due) > 3
    assert house.said("list", {"limit": 2})["dossiers"] == lines[:2]
    one_sort = house.said("list", {"sorts": ["incident"]})["dossiers"]
    assert isinstance(one_sort, list)
    assert {one["sort"] for one in one_sort} == {"incident"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param({"sort": "grudge"}, 400, "question-malformed", id="no such sort"),
        pytest.param({"surprise": 1}, 400, "question-malformed", id="unknown member"),
        pytest.param({"fields": {"channel": 1.5}}, 400, "question-malformed", id="a fraction"),
        pytest.param({"fields": {"channel": None}}, 400, "question-malformed", id="null"),
        pytest.param(
            {"fields": {"text": "x" * (MOST_TEXT + 1)}}, 400, "question-malformed", id="too long"
        ),
        pytest.param({"fields": {}}, 422, "dossier-field", id="nothing said"),
        pytest.param({"fields": {"channel": "pigeon"}}, 422, "dossier-field", id="no such choice"),
        pytest.param({"fields": {"received-on": True}}, 422, "dossier-field", id="another form"),
        pytest.param({"fields": {"no-such": "x"}}, 422, "dossier-field", id="no such field"),
        pytest.param(
            {"fields": {"received-on": "2999-01-01"}}, 422, "dossier-field", id="lies ahead"
        ),
        pytest.param(
            {"fields": {"received-on": "0001-01-01"}}, 422, "dossier-field", id="before the years"
        ),
        pytest.param({"fields": {"activity": "nowhere"}}, 422, "dossier-field", id="no such row"),
        pytest.param(
            {"fields": {"channel": "authority"}}, 422, "dossier-act-refused", id="no reference"
        ),
        pytest.param({"what": "escalate", "fields": {}}, 409, "dossier-state", id="does not open"),
        pytest.param({"what": "file"}, 403, "dossier-not-yours", id="for the individual"),
        pytest.param({"what": "fly"}, 404, "dossier-no-such-act", id="no such act"),
        pytest.param(
            {"sort": "name-removal", "what": "begin"}, 422, "dossier-field", id="needs an account"
        ),
        pytest.param(
            {"sort": "minors-access", "what": "ask"},
            403,
            "dossier-not-yours",
            id="not theirs, before an account is asked for",
        ),
        pytest.param(
            {"sort": "filing", "what": "open", "person": ACCOUNT},
            422,
            "dossier-field",
            id="about nobody",
        ),
        pytest.param(b"{", 400, "question-malformed", id="no JSON"),
        pytest.param(b" " * 10_000_000, 413, "body-over-limit", id="ten megabytes"),
    ],
)
def test_what_cannot_be_opened_is_a_problem_that_repeats_no_value(
    house: House, body: bytes | dict[str, Tree], status: int, code: str
) -> None:
    before = house.said("list", {"limit": 1000, "openOnly": False})
    said: object = body
    if isinstance(body, dict):
        fields, more = CALL["fields"], body.get("fields", {})
        assert isinstance(fields, dict)
        assert isinstance(more, dict)
        said = {
            **CALL,
            **body,
            "fields": {**fields, **more} if more else body.get("fields", fields),
        }
    answer = house.post("", said)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert WORDS not in answer.text
    assert "pigeon" not in answer.text
    assert house.said("list", {"limit": 1000, "openOnly": False}) == before


@pytest.mark.parametrize(
    "said", ["2026-11-20 02:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
)
def test_an_instant_that_no_deadline_can_count_from_is_a_wrong_field(
    house: House, said: str
) -> None:
    fields = {**WAYS["incident"][0][2], "discovered-at": said}
    body = {"sort": "incident", "what": "discover", "fields": fields}
    assert house.refused("", body) == (422, "dossier-field")


def test_what_is_not_for_a_program_or_does_not_go_with_the_state_is_refused(house: House) -> None:
    wanted = house.opened()
    reply = {"dossier": wanted, "what": "reply", "fields": {"outcome": "upheld", "reasons": "x"}}
    assert house.refused("act", reply) == (403, "dossier-not-yours")
    escalate = {"dossier": wanted, "what": "escalate", "fields": {"reason": "x"}}
    house.said("act", escalate)
    assert house.refused("act", escalate) == (409, "dossier-state")
    assert house.refused("act", {**escalate, "what": "fly"}) == (404, "dossier-no-such-act")
    assert house.refused("act", {**escalate, "dossier": ACCOUNT}) == (400, "question-malformed")


def test_a_key_opens_what_its_scope_is_for_and_nothing_else(house: House) -> None:
    wanted = house.opened()
    bodies: Mapping[str, object] = {
        "": CALL,
        "act": {"dossier": wanted, "what": "escalate", "fields": {"reason": "x"}},
        "get": {"dossier": wanted},
        "list": {},
        "sorts": {},
    }
    for verb, body in bodies.items():
        needed = OPERATIONS[f"{PATH}:{verb}" if verb else PATH].scope
        for scope in (ApiScope.DECIDE, READ if needed is WRITE else WRITE):
            assert house.refused(verb, body, scope) == (403, "api-scope")
    assert (
        house.said("get", {"dossier": wanted})["state"]
        == house.said("get", {"dossier": wanted}, PRIVATE)["state"]
    )


def test_a_recipient_acts_by_its_own_key_where_it_is_named_and_nowhere_else(house: House) -> None:
    staff = Actor(id="acc-staff", party=Party.STAFF)
    recipients = house.asking.kit.service.services.register.served.register.recipients
    me, other = recipients[0].recipient, recipients[1].recipient
    mine, others = (
        house.desk.open(
            "supervision", "begin", staff, {"recipient": one, "next-check": "2027-03-31"}
        )
        for one in (me, other)
    )
    complaint = house.opened()
    house.desk.act(DossierId(complaint), "map", staff, {"cause": "third-party", "recipient": me})
    ordered = {"instruction": "keep thirty days", "answer-by": "2027-03-31"}
    house.desk.act(mine.dossier.id, "instruct", staff, ordered)
    scopes = frozenset({READ, WRITE})
    secret = house.asking.keys.make("partner", scopes, by="cli", recipient=me).secret

    def asked(verb: str, **body: Tree) -> httpx.Response:
        path = f"{PATH}:{verb}" if verb else PATH
        return house.asking.post(body, path=path, authorization=f"Bearer {secret}")

    listed = asked("list", sorts=["supervision"]).json()["dossiers"]
    assert [one["id"] for one in listed] == [mine.dossier.id]
    assert asked("list", person=ACCOUNT).json() == {"dossiers": []}
    known = [one["sort"] for one in asked("sorts").json()["sorts"]]
    assert known == ["supervision", "sdk-vetting", "joint-request"]
    seen = asked("get", dossier=mine.dossier.id).json()
    assert [act["what"] for act in seen["acts"]] == ["instruct"]
    assert seen["can"] == ["acknowledge", "ask-sub-entrusting"]
    done = asked("act", dossier=mine.dossier.id, what="acknowledge", fields={"note": "done"})
    assert [(act["what"], act["party"]) for act in done.json()["acts"]] == [
        ("instruct", "staff"),
        ("acknowledge", "partner"),
    ]
    for hidden in (others.dossier.id, complaint):
        for answer in (
            asked("get", dossier=hidden),
            asked("act", dossier=hidden, what="acknowledge", fields={}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "no-such-dossier")
    refused = asked("", **CALL)
    assert (refused.status_code, refused.json()["code"]) == (403, "dossier-not-yours")
    ended = asked("act", dossier=mine.dossier.id, what="end", fields={})
    assert (ended.status_code, ended.json()["code"]) == (403, "dossier-not-yours")
    private = asked("get", dossier=mine.dossier.id, withPrivate=True)
    assert (private.status_code, private.json()["code"]) == (403, "api-scope")


def test_the_client_opens_acts_follows_and_reads_the_tables(house: House) -> None:
    browser = Browser(house.asking.kit.service.app)

    def passed_on(request: httpx.Request) -> httpx.Response:
        answer = browser.client.post(
            request.url.path, content=request.content, headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, content=answer.content)

    def client(scope: ApiScope) -> DossierClient:
        transport = httpx.MockTransport(passed_on)
        return DossierClient(
            Client("http://127.0.0.1:8700", house.secrets[scope], transport=transport)
        )

    writes, reads, looks = client(WRITE), client(READ), client(PRIVATE)
    fields = {name: str(value) for name, value in dict(_fields()).items()}
    opened = writes.open("complaint", "take-down", fields, person=ACCOUNT, key="by-client")
    assert writes.open("complaint", "take-down", fields, person=ACCOUNT, key="by-client") == opened
    moved = writes.act(opened.id, "escalate", {"reason": "again"}, person=ACCOUNT)
    assert (moved.state.id, len(moved.acts)) == ("escalated", 2)
    assert reads.get(opened.id) == moved
    assert set(moved.acts[0].withheld) == {"text", "reach"}
    assert looks.get(opened.id, with_private=True).acts[0].fields == fields
    lines = {one.id: one for one in reads.list(["complaint"], person=ACCOUNT)}
    assert lines[moved.id].next == moved.clocks[0]
    with pytest.raises(ServiceRefusedError) as refused:
        reads.get(opened.id, person="somebody-else")
    assert (refused.value.status, refused.value.problem.code) == (404, "no-such-dossier")
    tables = {one.sort: one for one in reads.sorts()}
    for_keys = [one for one in SORTS.values() if one.by_key]
    assert set(tables) == {one.id for one in for_keys}
    for sort in for_keys:
        table = tables[sort.id]
        assert [one.id for one in table.states] == [one.id for one in sort.states]
        assert [(one.what, one.mine, one.opens) for one in table.acts] == [
            (one.what, Party.SERVICE in one.by, one.opens) for one in sort.acts
        ]
        assert [
            [(field.name, field.form, field.private, [one.value for one in field.choices])]
            for act in table.acts
            for field in act.fields
        ] == [
            [(field.name, field.form, field.private, [one.value for one in field.choices])]
            for act in sort.acts
            for field in act.fields
        ]
        assert [one.id for one in table.clocks] == [one.id for one in sort.clocks]
    assert [one.sort for one in reads.sorts(["audit"])] == ["audit"]


def _fields() -> Mapping[str, Tree]:
    found = CALL["fields"]
    assert isinstance(found, dict)
    return found


def test_no_program_sees_or_makes_a_canary(house: House) -> None:
    said = {
        "recipient": house.rows["recipients"],
        "canary-kind": "name",
        "number": 1,
        "out-of": 9,
        "value": "隗旻栩",
        "opening": "0" * 32,
        "commitment": "a" * 64,
    }
    made = house.desk.open("canary", "make", Actor(id="cli", party=Party.SERVICE), said)
    wanted = made.dossier.id
    asked = {"dossier": wanted, "withPrivate": True}
    assert house.refused("get", asked, PRIVATE) == (404, "no-such-dossier")
    act = {"dossier": wanted, "what": "hand-over", "fields": {"given-at": "2026-11-20T02:00:00Z"}}
    assert house.refused("act", act) == (404, "no-such-dossier")
    opening = {"sort": "canary", "what": "make", "fields": said}
    assert house.refused("", opening) == (403, "dossier-not-yours")
    listed = house.post("list", {"sorts": ["canary"], "openOnly": False}).text
    assert wanted not in listed
    assert '"id":"canary"' not in house.post("sorts", {}).text
