"""What individuals do and what is done about them, out of the centre again with their own proof.

Each goes from a page or a call of a back end to the log; the proof that the individual takes home,
or the file that staff hand out, goes to the verifier in a process of its own.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import ACCOUNT, Asking, keys_of
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import start
from tests.doors.web.test_prompt_pages import answered
from tests.doors.web.test_rights_real import RealShop, asked_for, shop
from tests.duties.duty_kit import (
    SAMPLE,
    Duties,
    Verdict,
    acts_in,
    disclosed,
    said_otherwise,
    shown_by,
    verified,
    without_act,
)

from chengnuo.domain.dossier.party import Party
from chengnuo.ports.accounts import Role
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.api_keys import ApiKeys

__all__ = ["shop"]  # a fixture of the tests of rights

ALL = "/centre/receipts/complete.json"
MINE, QUEUE = "/centre/complaints", "/console/complaints"
ITEM = "search/general"
ABROAD: Mapping[str, object] = {
    "person": ACCOUNT,
    "activity": "crash-reports-overseas",
    "recipient": "sentry",
    "recent": 0,
    "age": "18+",
    "account": "active",
}
ITEMS_ABROAD = ("crash-reports-overseas/general", "crash-reports-overseas/overseas:sentry")


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    kit = start(tmp_path_factory.mktemp("acts") / "data", demo=True, register=str(SAMPLE))
    tokens = kit.service.services.tokens
    keys = ApiKeys(store=keys_of(kit), tokens=tokens, clock=kit.clock)
    scopes = frozenset({ApiScope.PROVISION_READ, ApiScope.PROVISION_WRITE})
    yield Asking(kit=kit, keys=keys, secret=keys.make("orders", scopes, by="cli").secret)
    kit.service.close()


@pytest.fixture(scope="module")
def duties(asking: Asking, tmp_path_factory: pytest.TempPathFactory) -> Duties:
    return Duties(kit=asking.kit, folder=tmp_path_factory.mktemp("out"))


def taken_home(browser: Browser) -> dict[str, Any]:
    """Return the proof of all records that an individual takes from the centre."""
    answer = browser.get(ALL)
    assert answer.status_code == 200, answer.text
    proof: dict[str, Any] = answer.json()
    return proof


def held(duties: Duties, proof: Mapping[str, Any]) -> Verdict:
    return duties.verified(json.dumps(proof, ensure_ascii=False).encode())


def test_a_complaint_goes_to_its_answer_and_home_with_the_individual(duties: Duties) -> None:
    me, _ = come_in(duties.kit, "1", account="complains")
    staff, reviewer = duties.browser(Role.STAFF), duties.browser(Role.REVIEWER)
    fields = {"cause": "leak", "text": "有人打电话", "key": "k"}
    mine = me.submit(MINE, MINE, fields).headers["location"]
    wanted = mine.rpartition("/")[2]
    desk = f"{QUEUE}/{wanted}"
    answer: dict[str, str | list[str]] = {
        "outcome": "upheld",
        "reasons": "属实",
        "remedy": "已改",
        "remedies": ["authority", "court"],
    }
    assert staff.submit(desk, f"{desk}/accept").status_code == 303
    assert staff.submit(desk, f"{desk}/ask", {"question": "哪天"}).status_code == 303
    assert me.submit(mine, f"{mine}/tell", {"text": "昨天"}).status_code == 303
    assert staff.submit(desk, f"{desk}/reply", answer).status_code == 303
    assert me.submit(mine, f"{mine}/object", {"text": "还在打"}).status_code == 303
    assert reviewer.submit(desk, f"{desk}/reply", answer).status_code == 303

    proof = taken_home(me)
    verdict = held(duties, proof)
    assert (verdict.status, verdict.code) == (0, "complete"), verdict
    acts = [one for one in shown_by(proof) if one.get("dossier") == wanted]
    whats = ["file", "accept", "ask", "tell", "reply", "object", "reply"]
    assert [one["what"] for one in acts] == whats
    assert [one["number"] for one in acts] == list(range(1, 8))
    parties = ["individual", "staff", "staff", "individual", "staff", "individual", "reviewer"]
    assert [one["party"] for one in acts] == parties
    for words in ("有人打电话", "昨天", "还在打"):
        assert words not in json.dumps(proof, ensure_ascii=False)

    changed, shorter = taken_home(me), taken_home(me)
    said_otherwise(wanted)(changed)
    without_act(wanted)(shorter)
    assert (held(duties, changed).status, held(duties, changed).code) == (1, "payload")
    assert (held(duties, shorter).status, held(duties, shorter).code) == (1, "chain")


def test_a_consent_that_was_withdrawn_stands_there_with_its_beginning(duties: Duties) -> None:
    me, _ = come_in(duties.kit, "2", account="withdraws")
    assert answered(me, ITEM, answer="give").status_code == 303
    page = "/centre/consents"
    assert me.submit(page, f"{page}/withdraw", {"item": ITEM}).status_code == 303
    proof = taken_home(me)
    verdict = held(duties, proof)
    assert (verdict.status, verdict.code) == (0, "complete"), verdict
    kinds = [json.loads(leaf)["kind"] for leaf in proof["chains"][0]["leaves"]]
    given, withdrawn = kinds.index("consent-given"), kinds.index("consent-withdrawn")
    assert withdrawn < given  # the newest stands first
    del proof["chains"][0]["leaves"][withdrawn]
    assert held(duties, proof).status == 1


def test_nothing_went_abroad_before_it_might_and_what_went_is_shown(
    asking: Asking, duties: Duties
) -> None:
    def asked() -> bool:
        answer = asking.post(ABROAD, path="/v1/provisions")
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["mayGo"])

    assert not asked()
    before = duties.evidence_file("person", account=ACCOUNT)
    assert duties.verified(before).status == 0
    assert not [one for one in disclosed(before) if "purpose" in one and "method" in one]
    for item in ITEMS_ABROAD:
        asking.agree(item)
    assert asked()
    after = duties.evidence_file("person", account=ACCOUNT)
    assert (duties.verified(after).status, duties.verified(after).code) == (0, "evidence-whole")
    went = [one for one in disclosed(after) if "purpose" in one and "method" in one]
    assert len(went) == 1
    asking.withdraw(ITEMS_ABROAD[1])
    assert not asked()
    later = duties.evidence_file("person", account=ACCOUNT)
    assert [one for one in disclosed(later) if "purpose" in one and "method" in one] == went


def test_what_a_recipient_certifies_over_its_key_is_shown_to_who_supervises(
    asking: Asking, duties: Duties
) -> None:
    recipient = duties.rows()["recipients"]
    wanted = duties.done(
        "supervision",
        (
            ("begin", Party.STAFF, {"recipient": recipient, "next-check": "2027-03-31"}),
            ("instruct", Party.STAFF, {"instruction": "只存三十日", "answer-by": "2027-03-31"}),
        ),
    )
    scopes = frozenset({ApiScope.DOSSIER_READ, ApiScope.DOSSIER_WRITE})
    secret = asking.keys.make("partner", scopes, by="cli", recipient=recipient).secret
    body = {"dossier": wanted, "what": "acknowledge", "fields": {"note": "已知悉"}}
    done = asking.post(body, path="/v1/dossiers:act", authorization=f"Bearer {secret}")
    assert done.status_code == 200, done.text
    file = duties.evidence_file("PIPL-21")
    assert duties.verified(file).status == 0
    last = acts_in(file, wanted)[-1]
    assert (last["what"], last["party"], last["by"]) == ("acknowledge", "partner", recipient)


def test_a_request_is_proved_from_its_coming_in_to_its_end(shop: RealShop, tmp_path: Path) -> None:
    me = shop.come_in(minutes_ago=1)
    where = asked_for(me, "access", {"scope": "all"})
    shop.work()
    wanted = where.rpartition("/")[2]
    proof = taken_home(me)
    said = json.dumps(proof, ensure_ascii=False).encode()
    verdict = verified(shop.service, said, tmp_path)
    assert (verdict.status, verdict.code) == (0, "complete"), verdict
    steps = [one for one in shown_by(proof) if wanted in json.dumps(one)]
    assert len(steps) >= 2
    changed = said.replace(wanted.encode(), wanted[:-1].encode() + b"0", 1)
    assert verified(shop.service, changed, tmp_path).status == 1
    del proof["chains"][0]["leaves"][0]
    assert verified(shop.service, json.dumps(proof).encode(), tmp_path).status == 1
