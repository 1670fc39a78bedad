"""`/v1/consents`: what a back end asks and hands in, straight through the whole app."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.doors.http.asking_kit import ACCOUNT, Asking, service_asked

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.http.consents import OPERATIONS
from chengnuo.doors.http.programs import BODY_LIMIT_BYTES
from chengnuo.ports.api_keys import ApiScope

ITEM = "search/general"
ME: dict[str, Tree] = {"person": ACCOUNT}
WITHDRAWAL: dict[str, Tree] = {**ME, "item": ITEM, "surface": "app"}
PERSONAL = "13800138000"
SOMEBODY: Iterator[int] = iter(range(10_000))


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    scopes = (ApiScope.CONSENT_READ, ApiScope.CONSENT_WRITE)
    made = service_asked(tmp_path_factory.mktemp("consents"), *scopes)
    yield made
    made.kit.service.close()


def post(asking: Asking, verb: str, body: object, **headers: str) -> httpx.Response:
    path = f"/v1/consents:{verb}" if verb else "/v1/consents"
    return asking.post(body, path=path, **headers)


def said(asking: Asking, verb: str, body: object) -> dict[str, Tree]:
    answer = post(asking, verb, body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Tree] = answer.json()
    return found


def refused(asking: Asking, verb: str, body: object) -> tuple[int, str]:
    answer = post(asking, verb, body)
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def answer_to(asking: Asking, item: str = ITEM, **other: Tree) -> dict[str, Tree]:
    """Return the body of a yes to a prompt shown just now."""
    services = asking.kit.service.services
    register, catalogue = services.register.served.register, services.register.catalogue
    return {
        **ME,
        "item": item,
        "act": "give",
        "app": register.apps[0].app,
        "notice": notice_of(register, catalogue, item, Lang.ZH).digest,
        "fingerprint": matter_of(register, catalogue, item).item.fingerprint,
        "lang": "zh",
        "surface": "android",
        "steps": 1,
        "prompt": f"prompt-{next(SOMEBODY)}",
        "askedAt": asking.kit.clock.now().isoformat(),
        **other,
    }


def standing(asking: Asking, item: str = ITEM, **who: Tree) -> dict[str, Tree]:
    found = said(asking, "list", {**ME, **who})["consents"]
    assert isinstance(found, list)
    (one,) = [one for one in found if one["item"] == item]
    return one


def test_a_consent_is_given_seen_withdrawn_and_undone(asking: Asking) -> None:
    before = standing(asking)
    assert (before["inForce"], before["standing"]) == (False, None)
    assert before["asking"] == {"may": True, "why": "never-asked", "notBefore": None}
    body = answer_to(asking)
    given = said(asking, "", body)
    now = standing(asking)
    act = now["standing"]
    assert now["inForce"] is True
    assert isinstance(act, dict)
    bound = ("notice", "fingerprint", "lang", "surface", "steps", "prompt")
    assert {name: act[name] for name in bound} == {name: body[name] for name in bound}
    assert (act["position"], act["at"], act["act"]) == (given["position"], given["at"], "give")
    withdrawn = said(asking, "withdraw", WITHDRAWAL)
    assert standing(asking)["inForce"] is False
    may = said(asking, "may-ask", {**ME, "item": ITEM})
    assert (may["may"], may["why"]) == (False, "no-lately")
    assert said(asking, "may-ask", {**ME, "item": ITEM, "started": True})["may"] is True
    undo = {**ME, "withdrawal": withdrawn["position"], "surface": "app"}
    said(asking, "undo", undo)
    assert standing(asking)["inForce"] is True
    acts = said(asking, "history", ME)["acts"]
    assert isinstance(acts, list)
    assert [(one["act"], one["reason"]) for one in acts] == [
        ("give", "undo"),
        ("withdraw", ""),
        ("give", ""),
    ]


def test_what_is_handed_in_twice_is_recorded_once(asking: Asking) -> None:
    me: dict[str, Tree] = {"person": "twice"}
    body = answer_to(asking, **me)
    first = said(asking, "", body)
    asking.kit.clock.pass_by(timedelta(hours=2))  # and long after the prompt
    assert said(asking, "", body) == {**first, "repeated": True}
    assert refused(asking, "", {**body, "act": "refuse"}) == (410, "consent-prompt-late")
    withdrawn = said(asking, "withdraw", {**WITHDRAWAL, **me})
    again = said(asking, "withdraw", {**WITHDRAWAL, **me})
    assert again == {**withdrawn, "repeated": True}
    history = said(asking, "history", me)["acts"]
    assert isinstance(history, list)
    assert len(history) == 2
    later = {**me, "withdrawal": withdrawn["position"], "surface": "app"}
    asking.kit.clock.pass_by(timedelta(minutes=11))
    assert refused(asking, "undo", later) == (410, "undo-too-late")


def test_another_answer_to_an_answered_prompt_is_a_conflict(asking: Asking) -> None:
    body = answer_to(asking, person="answers-otherwise")
    said(asking, "", body)
    assert refused(asking, "", {**body, "act": "refuse"}) == (409, "consent-prompt-answered")


def test_follow_ups_are_listed_and_acknowledged_when_due(asking: Asking) -> None:
    me: dict[str, Tree] = {"person": "leaves"}
    said(asking, "", answer_to(asking, **me))
    at = said(asking, "withdraw", {**WITHDRAWAL, **me})["position"]
    done: dict[str, Tree] = {"withdrawal": at, "kind": "delete"}
    assert refused(asking, "acknowledge", {**done, **me}) == (409, "follow-up-not-due")
    asking.kit.clock.pass_by(timedelta(minutes=11))
    found = said(asking, "follow-ups", {})["followUps"]
    assert isinstance(found, list)
    key = said(asking, "list", me)["personKey"]
    mine = [one for one in found if one["personKey"] == key]
    assert {one["kind"] for one in mine} >= {"stop", "delete"}
    receipt = said(asking, "acknowledge", {**done, "personKey": key})
    assert said(asking, "acknowledge", {**done, **me}) == {**receipt, "repeated": True}
    of_mine = said(asking, "follow-ups", me)["followUps"]
    assert isinstance(of_mine, list)
    states = {one["kind"]: (one["state"], one["done"]) for one in of_mine}
    assert states["delete"] == ("done", receipt["position"])
    assert states["stop"] == ("open", None)
    assert refused(asking, "acknowledge", {**done, "kind": "tell", **me})[0] == 422
    assert refused(asking, "acknowledge", done) == (422, "follow-up-person")


def test_switches_restriction_and_objection_are_set(asking: Asking) -> None:
    me: dict[str, Tree] = {"person": "sets"}
    switches = said(asking, "switches", me)["switches"]
    assert isinstance(switches, list)
    first = switches[0]
    assert (first["position"], first["on"]) == (None, first["defaultOn"])
    turned = not first["on"]
    body = {**me, "switch": first["switch"], "on": turned, "surface": "app"}
    receipt = said(asking, "switch", body)
    seen = said(asking, "list", me)["switches"]
    assert isinstance(seen, list)
    assert (seen[0]["on"], seen[0]["position"]) == (turned, receipt["position"])
    for on in (True, False):
        said(asking, "restrict", {**me, "on": on})
        said(asking, "object", {**me, "activity": "search", "on": on})
        individual = said(asking, "list", me)["individual"]
        assert isinstance(individual, dict)
        assert (individual["restricted"], individual["objectsTo"]) == (on, ["search"] if on else [])


def test_a_no_under_one_account_counts_for_the_other_once_merged(asking: Asking) -> None:
    one: dict[str, Tree] = {"person": "on-the-web"}
    other: dict[str, Tree] = {"person": "on-the-phone"}
    said(asking, "", answer_to(asking, **one))
    said(asking, "", answer_to(asking, **other, act="refuse"))
    merge: dict[str, Tree] = {**one, "other": other["person"], "method": "signed-in"}
    first = said(asking, "merge", merge)
    assert standing(asking, **one)["inForce"] is False
    assert said(asking, "merge", merge) == {**first, "repeated": True}
    same: dict[str, Tree] = {**one, "other": one["person"], "method": "signed-in"}
    assert refused(asking, "merge", same) == (422, "same-individual")


def test_a_child_needs_a_guardian_and_at_fourteen_is_asked_anew(asking: Asking) -> None:
    me: dict[str, Tree] = {"person": "grows-up"}
    today = asking.kit.clock.now().date()
    young = said(asking, "know", {**me, "birthDate": f"{today.year - 9}-01-01"})
    assert isinstance(young["individual"], dict)
    assert young["individual"]["age"] == "under-14"
    assert standing(asking, **me)["needsGuardian"] is True
    body = answer_to(asking, **me)
    assert refused(asking, "", body) == (422, "guardian-needed")
    guardian: dict[str, Tree] = {"relation": "parent", "method": "own-device"}
    given = said(asking, "", {**body, "guardian": guardian})
    act = standing(asking, **me)["standing"]
    assert isinstance(act, dict)
    assert (act["position"], act["guardian"]) == (given["position"], guardian)
    grown = said(asking, "know", {**me, "birthDate": f"{today.year - 15}-01-01"})
    assert isinstance(grown["handedOver"], list)
    assert len(grown["handedOver"]) == 1
    now = standing(asking, **me)
    assert (now["inForce"], now["needsGuardian"]) == (False, False)
    assert refused(asking, "know", {**me, "birthDate": "2999-01-01"}) == (
        422,
        "birth-date-in-future",
    )


def test_every_act_is_in_the_log_with_its_kind(asking: Asking) -> None:
    me: dict[str, Tree] = {"person": "is-recorded"}
    given = said(asking, "", answer_to(asking, **me))
    withdrawn = said(asking, "withdraw", {**WITHDRAWAL, **me})
    log = asking.kit.service.services.evidence.log
    kinds = [log.record(one["position"]).leaf.kind for one in (given, withdrawn)]  # type: ignore[arg-type]
    assert kinds == [Kind.CONSENT_GIVEN.value, Kind.CONSENT_WITHDRAWN.value]


@pytest.mark.parametrize(
    ("verb", "change", "status", "code"),
    [
        pytest.param("", {"app": "other"}, 422, "consent-other-app", id="another app"),
        pytest.param("", {"notice": "0" * 64}, 409, "consent-other-version", id="other notice"),
        pytest.param("", {"item": "no/such"}, 422, "no-such-consent-item", id="no item"),
        pytest.param("", {"until": "2020-01-01T00:00:00Z"}, 422, "consent-end-past", id="past"),
        pytest.param(
            "", {"askedAt": "2999-01-01T00:00:00Z"}, 422, "consent-prompt-future", id="future"
        ),
        pytest.param("", {"act": "expire"}, 400, "question-malformed", id="no act of theirs"),
        pytest.param("", {"askedAt": "2026-11-28T00:00:00"}, 400, "question-malformed", id="zone"),
        pytest.param("", {"fingerprint": PERSONAL}, 400, "question-malformed", id="no digest"),
        pytest.param("", {"surface": "Two words"}, 400, "question-malformed", id="words"),
        pytest.param("", {PERSONAL: 1}, 400, "question-malformed", id="unknown member"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    asking: Asking, verb: str, change: dict[str, Tree], status: int, code: str
) -> None:
    answer = post(asking, verb, answer_to(asking, person="does-not-fit") | change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert PERSONAL not in answer.text
    assert said(asking, "history", {"person": "does-not-fit"})["acts"] == []


@pytest.mark.parametrize(
    ("verb", "body", "status", "code"),
    [
        ("withdraw", WITHDRAWAL, 409, "nothing-to-withdraw"),
        ("used", {"item": ITEM}, 409, "nothing-to-end"),
        ("undo", {"withdrawal": 0, "surface": "app"}, 409, "undo-not-possible"),
        ("switch", {"switch": "none", "on": True, "surface": "app"}, 422, "no-such-switch"),
        ("object", {"activity": "none", "on": True}, 422, "no-such-activity"),
        ("may-ask", {"item": "none"}, 422, "no-such-consent-item"),
        ("acknowledge", {"withdrawal": 0, "kind": "delete"}, 422, "no-such-follow-up"),
    ],
)
def test_what_there_is_not_is_named_by_a_code_of_its_own(
    asking: Asking, verb: str, body: dict[str, Tree], status: int, code: str
) -> None:
    assert refused(asking, verb, {**body, "person": "has-nothing"}) == (status, code)


@pytest.mark.parametrize("path", OPERATIONS)
def test_each_route_takes_a_key_for_it_and_no_other(asking: Asking, path: str) -> None:
    scope = OPERATIONS[path].scope
    others = frozenset(ApiScope) - {scope}
    for number, (scopes, status) in enumerate(((frozenset({scope}), 400), (others, 403))):
        name = f"{path.rpartition(':')[2].strip('/')[-12:].replace('/', '-')}-{number}"
        secret = asking.keys.make(name, scopes, by="cli").secret
        answer = asking.post(b"{", path=path, authorization=f"Bearer {secret}")
        assert answer.status_code == status
    assert asking.post(b"{", path=path, authorization="Bearer x").status_code == 401


def test_limits_of_body_form_and_method(asking: Asking) -> None:
    big = post(asking, "list", b" " * (BODY_LIMIT_BYTES + 1))
    assert (big.status_code, big.json()["code"]) == (413, "body-over-limit")
    form = post(asking, "list", b"person=x", content_type="text/plain")
    assert (form.status_code, form.json()["code"]) == (415, "not-json")


def test_no_account_is_written_to_the_log_of_the_program(
    asking: Asking, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        said(asking, "list", ME)
        refused(asking, "withdraw", {**WITHDRAWAL, "person": PERSONAL, "item": PERSONAL})
    assert "/v1/consents:list" in caplog.text
    assert ACCOUNT not in caplog.text
    assert PERSONAL not in caplog.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.sampled_from(sorted(OPERATIONS)),
    st.dictionaries(
        st.sampled_from(("person", "item", "act", "on", "kind", "withdrawal", "limit", "x")),
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.none()),
        max_size=5,
    ),
)
def test_no_body_is_too_strange_to_be_answered(
    asking: Asking, path: str, body: dict[str, object]
) -> None:
    answer = asking.post(json.dumps(body).encode(), path=path)
    assert answer.status_code < 500
    if answer.status_code == 200:
        msgspec.json.decode(answer.content, type=OPERATIONS[path].gives)
