"""Nobody reads or does what is not theirs: every page, every act of every sort, every key.

The routes are those of the app, the acts those of the tables, so that a new one without a row in
`who.py` fails. What is not somebody's is answered like what there is not.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.http.asking_kit import ACCOUNT, Asking, keys_of
from tests.doors.prompt_kit import CHILD_BORN, come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.test_who_may import routes
from tests.duties.duty_kit import SAMPLE, Duties, typed
from tests.duties.who import SCOPES, SORTS, may_ask
from tests.usecases.dossier.ways import WAYS, filled

from chengnuo.domain.dossier.all_sorts import SORTS as TABLES
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import Concerns
from chengnuo.doors.http.dossiers import OPERATIONS as DOSSIER_OPERATIONS
from chengnuo.doors.http.provisions import OPERATIONS as PROVISION_OPERATIONS
from chengnuo.doors.http.publications import OPERATIONS as PUBLICATION_OPERATIONS
from chengnuo.ports.accounts import Role
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys
from chengnuo.usecases.dossier.desk import DossierDesk

READERS = (Role.STAFF, Role.REVIEWER, Role.AUDITOR)
LINK = re.compile(r'href="(/[^"#]*)')
NOT_THERE = {sort.id: f"{sort.prefix}-{'a' * 10}" for sort in TABLES.values()}


@pytest.fixture(scope="module")
def duties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duties]:
    folder = tmp_path_factory.mktemp("who")
    kit = start(folder / "data", demo=True, register=str(SAMPLE))
    yield Duties(kit=kit, folder=folder)
    kit.service.close()


def desk_of(kit: Kit) -> DossierDesk:
    desk = kit.service.services.dossiers
    assert desk is not None
    return desk


def dossier_of(kit: Kit, wanted: str) -> Dossier:
    dossier = desk_of(kit).store.one(DossierId(wanted))
    assert dossier is not None
    return dossier


def test_every_route_is_for_whom_the_table_says(duties: Duties) -> None:
    wrong = {
        f"{one.method} {one.path}": (sorted(one.who), may_ask(one.method, one.path))
        for one in routes(duties.kit)
        if may_ask(one.method, one.path) != {str(who) for who in one.who}
    }
    assert wrong == {}


def test_every_sort_has_its_place_in_the_table() -> None:
    assert set(SORTS.split("|")) == {sort.path for sort in TABLES.values()}


def test_every_operation_for_programs_takes_the_scope_that_the_table_says() -> None:
    found = {**DOSSIER_OPERATIONS, **PROVISION_OPERATIONS, **PUBLICATION_OPERATIONS}
    assert {path: one.scope.value for path, one in found.items()} == SCOPES


@pytest.mark.parametrize("sort", sorted(TABLES))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_what_the_sort_says(duties: Duties, role: Role, sort: str) -> None:
    browser, path = duties.browser(role), f"/console/{TABLES[sort].path}"
    reads = Party(role.value) in TABLES[sort].reads
    assert browser.get(path).status_code == (200 if role in READERS else 403)
    there, not_there = (
        browser.get(f"{path}/{one}") for one in (duties.first(sort), NOT_THERE[sort])
    )
    if reads:
        assert (there.status_code, not_there.status_code) == (200, 404)
    else:
        assert there.status_code == not_there.status_code
        assert there.status_code in {403, 404}
        assert duties.first(sort) not in there.text.replace(f"{path}/{duties.first(sort)}", "")


@pytest.mark.parametrize("sort", sorted(TABLES))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_does_what_the_table_gives_it_and_nothing_else(
    duties: Duties, role: Role, sort: str
) -> None:
    """An act that is not theirs is refused and leaves no trace; one that is gets as far as its
    form, its state or its end.
    """
    browser, wanted, kit = duties.browser(role), duties.first(sort), duties.kit
    token, place = browser.form_token("/console/account"), f"/console/{TABLES[sort].path}"
    refused, wrong = 0, {}
    for act in TABLES[sort].acts:
        before = len(dossier_of(kit, wanted).acts)
        to = f"{place}/new/{act.what}" if act.opens else f"{place}/{wanted}/{act.what}"
        answer = browser.post(to, {"csrf_token": token})
        if Party(role.value) not in act.by:
            refused += 1
            hidden = 403 if act.opens or Party(role.value) in TABLES[sort].reads else 404
            turned_away = answer.status_code in {403, hidden}
            if not turned_away or len(dossier_of(kit, wanted).acts) != before:
                wrong[act.what] = answer.status_code
        elif answer.status_code not in {303, 400}:
            wrong[act.what] = answer.status_code
    assert wrong == {}
    if role in {Role.AUDITOR, Role.ADMIN}:
        assert refused == len(TABLES[sort].acts)


@pytest.mark.parametrize("sort", sorted(TABLES))
def test_nobody_and_individuals_are_outside_of_the_console(duties: Duties, sort: str) -> None:
    place = f"/console/{TABLES[sort].path}"
    for browser in (Browser(duties.kit.service.app), come_in(duties.kit, "e")[0]):
        for path in (place, f"{place}/{duties.first(sort)}", f"{place}/{NOT_THERE[sort]}"):
            answer = browser.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")


_OF_ONE_ASKING = r'value="[0-9a-f]{64}"|"[0-9a-f]{16,32}"|\b[0-9a-f]{16}\b'
"""Tokens of forms, ids, and the number of a request."""


def told(answer: httpx.Response, *secrets: str) -> tuple[int, str]:
    """Return what an answer tells, without what tells one asking from the other."""
    text = answer.text
    for one in secrets:
        text = text.replace(one, "…")
    return answer.status_code, re.sub(_OF_ONE_ASKING, "", text)


def test_the_complaint_of_another_is_answered_like_one_that_there_is_not(duties: Duties) -> None:
    kit = duties.kit
    me, _ = come_in(kit, "1", account="one")
    words = {"cause": "leak", "text": "有人打电话", "key": "k"}
    mine = me.submit("/centre/complaints", "/centre/complaints", words).headers["location"]
    nowhere = f"/centre/complaints/{NOT_THERE['complaint']}"
    others = {
        "another": come_in(kit, "2", account="two")[0],
        "a child with a guardian": come_in(kit, "3", born=CHILD_BORN, guardian="4")[0],
        "a child": come_in(kit, "5", born=CHILD_BORN)[0],
    }
    ids = (mine.rpartition("/")[2], NOT_THERE["complaint"])
    for who, browser in others.items():
        assert told(browser.get(mine), *ids) == told(browser.get(nowhere), *ids), who
        token = browser.form_token("/centre/complaints")
        for act in TABLES["complaint"].acts:
            answers = [
                browser.post(f"{place}/{act.what}", {"csrf_token": token, "text": "x"})
                for place in (mine, nowhere)
            ]
            assert told(answers[0], *ids) == told(answers[1], *ids), (who, act.what)
            assert answers[0].status_code in {400, 403, 404}, (who, act.what)
        assert ids[0] not in browser.get("/centre/complaints").text
    nobody = Browser(kit.service.app)
    assert told(nobody.get(mine), *ids) == told(nobody.get(nowhere), *ids)
    assert len(dossier_of(kit, ids[0]).acts) == 1


def test_who_speaks_for_a_child_sees_the_complaints_of_that_child_alone(duties: Duties) -> None:
    kit = duties.kit
    page = "/centre/complaints"
    guarded, _ = come_in(kit, "6", born=CHILD_BORN, guardian="7", account="child")
    words = {"cause": "minor", "text": "孩子的事", "key": "k"}
    mine = guarded.submit(page, page, words).headers["location"]
    assert dossier_of(kit, mine.rpartition("/")[2]).acts[0].party is Party.GUARDIAN
    assert "孩子的事" in guarded.get(mine).text
    themselves, _ = come_in(kit, "7", account="guardian")
    assert themselves.get(mine).status_code == 404
    sibling, _ = come_in(kit, "8", born=CHILD_BORN, guardian="7", account="sibling")
    assert sibling.get(mine).status_code == 404


@pytest.fixture(scope="module")
def asking(duties: Duties) -> Asking:
    tokens = duties.kit.service.services.tokens
    keys = ApiKeys(store=keys_of(duties.kit), tokens=tokens, clock=duties.kit.clock)
    scopes = frozenset({ApiScope.DOSSIER_READ, ApiScope.DOSSIER_WRITE})
    return Asking(kit=duties.kit, keys=keys, secret=keys.make("back-end", scopes, by="cli").secret)


@pytest.fixture(scope="module")
def partners(duties: Duties, asking: Asking) -> Mapping[str, str]:
    """The keys of the recipient that supervision names, and of another."""
    register = duties.kit.service.services.register.served.register
    named = duties.rows()["recipients"]
    other = next(one.recipient for one in register.recipients if one.recipient != named)
    scopes = frozenset({ApiScope.DOSSIER_READ, ApiScope.DOSSIER_WRITE})
    return {
        who: asking.keys.make(f"of-{who}", scopes, by="cli", recipient=recipient).secret
        for who, recipient in (("named", named), ("other", other))
    }


def asked(asking: Asking, secret: str, verb: str, **body: object) -> httpx.Response:
    return asking.post(body, path=f"/v1/dossiers:{verb}", authorization=f"Bearer {secret}")


@pytest.mark.parametrize("sort", sorted(TABLES))
def test_a_program_does_what_the_table_gives_the_system_and_nothing_else(
    duties: Duties, asking: Asking, sort: str
) -> None:
    wanted = duties.done(sort, WAYS[sort][:1])
    for act in TABLES[sort].acts:
        if act.opens:
            body = {"sort": sort, "what": act.what, "fields": {}}
            if TABLES[sort].concerns is not Concerns.NOBODY:
                body["person"] = ACCOUNT
            answer = asking.post(body, path="/v1/dossiers")
        else:
            answer = asked(asking, asking.secret, "act", dossier=wanted, what=act.what, fields={})
        if not TABLES[sort].by_key:
            assert answer.status_code == (403 if act.opens else 404), (act.what, answer.text)
            continue
        mine = Party.SERVICE in act.by
        assert (answer.status_code == 403) != mine, (act.what, answer.text)
        assert answer.status_code in ({200, 409, 422} if mine else {403}), (act.what, answer.text)
    parties = {one.party for one in dossier_of(duties.kit, wanted).acts[1:]}
    assert parties <= {Party.SERVICE}


@pytest.mark.parametrize("sort", sorted(TABLES))
@pytest.mark.parametrize("who", ["named", "other"])
def test_a_recipient_sees_where_it_is_named_and_has_something_to_do(
    duties: Duties, asking: Asking, partners: Mapping[str, str], who: str, sort: str
) -> None:
    wanted, table = duties.done(sort, WAYS[sort][:1]), TABLES[sort]
    dossier = dossier_of(duties.kit, wanted)
    named = dossier.value("recipient") == duties.rows()["recipients"]
    sees = who == "named" and named and any(Party.PARTNER in act.by for act in table.acts)
    secret, ids = partners[who], (wanted, NOT_THERE[sort])
    there, not_there = (asked(asking, secret, "get", dossier=one) for one in ids)
    listed = [one["id"] for one in asked(asking, secret, "list", limit=1_000).json()["dossiers"]]
    assert (wanted in listed) == sees
    if sees:
        assert there.status_code == 200
        assert {one["party"] for one in there.json()["acts"]} <= {"partner", "staff", "reviewer"}
        assert all(table.act(one["what"]).shown for one in there.json()["acts"])  # type: ignore[union-attr]  # it is of the table
    else:
        assert there.status_code == 404
        assert told(there, *ids) == told(not_there, *ids)
    for act in table.acts:
        if act.opens:
            continue
        done, nowhere = (
            asked(asking, secret, "act", dossier=one, what=act.what, fields={}) for one in ids
        )
        if not sees:
            assert told(done, *ids) == told(nowhere, *ids), act.what
            assert done.status_code == 404
        elif Party.PARTNER not in act.by:
            assert done.status_code == 403, act.what
    if not sees:
        assert len(dossier_of(duties.kit, wanted).acts) == 1


def test_the_dossier_of_another_individual_is_answered_like_none(
    duties: Duties, asking: Asking
) -> None:
    wanted = duties.done("complaint", WAYS["complaint"][:1], account="somebody")
    ids = (wanted, NOT_THERE["complaint"])
    for verb, more in (("get", {}), ("act", {"what": "escalate", "fields": {"reason": "x"}})):
        there, not_there = (
            asked(asking, asking.secret, verb, dossier=one, person="else", **more) for one in ids
        )
        assert told(there, *ids) == told(not_there, *ids)
        assert there.status_code == 404
    assert asked(asking, asking.secret, "list", person="else").json() == {"dossiers": []}


def test_a_key_without_the_scope_and_no_key_are_told_nothing(
    duties: Duties, asking: Asking
) -> None:
    wanted = duties.done("complaint", WAYS["complaint"][:1])
    scopes = {ApiScope.DECIDE, *map(ApiScope, SCOPES.values())}
    keys = {
        scope: asking.keys.make(f"only-{number}", frozenset({scope}), by="cli").secret
        for number, scope in enumerate(sorted(scopes))
    }
    for path, needed in SCOPES.items():
        for scope in scopes:
            secret = keys[scope]
            answer = asking.post({"dossier": wanted}, path=path, authorization=f"Bearer {secret}")
            assert (answer.status_code == 403) == (scope.value != needed), (path, scope)
        nobody = asking.post({"dossier": wanted}, path=path, authorization="Bearer nothing")
        assert nobody.status_code == 401
        assert wanted not in nobody.text


@pytest.mark.parametrize("role", list(Role))
def test_no_page_leads_a_role_to_where_it_may_not_go(duties: Duties, role: Role) -> None:
    """From what to do today, every link that is shown is followed."""
    late = filled(WAYS["complaint"][0][2], duties.rows()) | {"received-on": "2026-01-05"}
    page = "/console/complaints/new/take-down"
    staff = duties.browser(Role.STAFF)
    sent = {"csrf_token": staff.form_token(page), **typed(late)}
    origin = {"origin": staff.origin, "sec-fetch-site": "same-origin"}
    assert staff.client.post(page, data=sent, headers=origin).status_code == 303
    duties.kit.run_controls()
    browser = staff_of(duties.kit, role)
    closed = followed(browser, ["/console", "/console/board", "/console/findings"])
    assert closed == {}


def followed(browser: Browser, start_at: list[str], most: int = 400) -> dict[str, object]:
    """Return the links that lead nowhere, with where they stand and what is answered."""
    waiting, seen, closed = list(start_at), set(start_at), {}
    come_by = dict.fromkeys(start_at, "")
    shapes: dict[str, int] = {}
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        answer = browser.get(path)
        if answer.status_code not in {200, 303}:
            closed[path] = (answer.status_code, come_by[path])
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in LINK.findall(answer.text):
            to = link.replace("&amp;", "&")
            shape = re.sub(r"[0-9a-z_-]*[0-9][0-9a-z_-]*", "#", to.partition("?")[0])
            if to in seen or to.startswith(("/static", "/schema", "/centre")):
                continue
            shapes[shape] = shapes.get(shape, 0) + 1
            if shapes[shape] <= 12:
                seen.add(to)
                come_by[to] = path
                waiting.append(to)
    return closed


assert Path(SAMPLE).is_dir()
