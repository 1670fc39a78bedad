"""自动化决策 in the centre: recorded decisions, each explained with the person's own values."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start

from chengnuo.domain.decision.automated import (
    AutomatedDecision,
    AutomatedId,
    InputGiven,
    Reason,
    Variant,
)
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.ids import ActivityId, ModelId
from chengnuo.domain.rights.request import AskedBy, ExplanationAsked, RequestId
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Role
from chengnuo.ports.evidence_log import Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_outside import TaskKind
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.rights.refusals import RightsReviewError
from chengnuo.usecases.rights.seen import Asker

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PAGE = "/centre/decisions"
REVIEWS = "/console/reviews"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("decisions") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


def decided(kit: Kit, person: PersonKey, name: str, *, ranked: bool = True) -> int:
    """Record that a payment was held."""
    desk = kit.service.automated
    assert isinstance(desk, AutomatedDesk)
    reasons = (Reason(input="failures", permille=700), Reason(input="new-address", permille=0))
    return desk.record(
        person,
        AutomatedDecision(
            id=AutomatedId(name),
            activity=ActivityId("fraud-control"),
            model=ModelId("risk-rules"),
            version="6",
            outcome="held",
            inputs=(
                InputGiven(input="new-address", value=True),
                InputGiven(input="failures", value=12),
            ),
            reasons=reasons if ranked else (),
            alone=True,
            variant=Variant.PERSONAL,
            at=kit.clock.now() - timedelta(minutes=1),
        ),
    ).position


def test_without_a_record_the_page_says_so_and_leads_to_staff(kit: Kit) -> None:
    browser, _ = come_in(kit, "1")
    page = browser.get(PAGE).text
    assert "没有关于您的自动化决策记录" in page
    assert browser.get("/centre/rights/explain").status_code == 200
    assert 'href="/centre/rights/explain"' in page


def test_where_no_quotes_are_kept_the_page_of_prices_says_so(kit: Kit) -> None:
    browser, _ = come_in(kit, "1")
    page = browser.get("/centre/prices").text
    assert "这里没有留存报价" in page
    assert 'name="quote"' not in page
    assert browser.get("/centre/prices/q7").status_code == 404


def test_a_decision_is_explained_with_ones_own_values(kit: Kit) -> None:
    browser, person = come_in(kit, "2")
    position = decided(kit, person, "page-1")
    assert f'href="{PAGE}/{position}"' in browser.get(PAGE).text
    page = browser.get(f"{PAGE}/{position}").text
    for words in ("暂缓", "第 1 位，+70.0%", "设备是否为新出现：这次没有看", "仅由机器决定"):
        assert words in page
    assert "网络地址是否为新出现：记录显示没有影响结果" in page
    assert page.index("十分钟内的失败次数") < page.index("网络地址是否为新出现")
    assert "这不应发生" in page  # it was personal while the switch is off, as it is at first
    english = browser.get(f"{PAGE}/{position}?lang=en").text
    assert "Failures within ten minutes" in english


def test_without_reasons_no_order_is_claimed(kit: Kit) -> None:
    browser, person = come_in(kit, "3")
    position = decided(kit, person, "page-2", ranked=False)
    page = browser.get(f"{PAGE}/{position}").text
    assert "没有记录哪一项更重要" in page
    assert "第 1 位" not in page


def test_a_decision_about_somebody_else_does_not_exist(kit: Kit) -> None:
    _, person = come_in(kit, "4")
    position = decided(kit, person, "page-3")
    browser, _ = come_in(kit, "5")
    assert browser.get(f"{PAGE}/{position}").status_code == 404
    assert browser.get(f"{PAGE}/{position}/explanation.json").status_code == 404


def test_the_explanation_is_a_file_too(kit: Kit) -> None:
    browser, person = come_in(kit, "6")
    position = decided(kit, person, "page-4")
    answer = browser.get(f"{PAGE}/{position}/explanation.json")
    assert answer.json()["explanation"]["outcome"]["zh"] == "暂缓"


def refused(kit: Kit, name: str, decision: str) -> tuple[Browser, PersonKey, str, str]:
    """Let somebody refuse a decision; return them, the request and the review's task."""
    browser, person = come_in(kit, name)
    position = decided(kit, person, decision)
    answer = browser.submit(f"{PAGE}/{position}", f"{PAGE}/{position}/review")
    assert answer.status_code == 303, answer.text
    request = answer.headers["location"].rpartition("/")[2]
    rights = kit.service.services.rights
    assert rights is not None
    for _ in range(5):
        rights.work()
    (task,) = [one for one in rights.tasks() if one.request == request]
    assert (task.kind, task.store) == (TaskKind.REVIEW, str(position))
    return browser, person, request, task.id


def test_a_refused_decision_is_decided_by_a_person_and_told(kit: Kit) -> None:
    browser, person, request, task = refused(kit, "7", "page-7")
    services = kit.service.services
    assert not services.consents.overview(person).individual.restricted
    reviewer = staff_of(kit, Role.REVIEWER)
    page = f"{REVIEWS}/{task}"
    assert request in reviewer.get(REVIEWS).text
    assert "十分钟内的失败次数" not in reviewer.get(page).text  # not before it is claimed
    assert reviewer.submit(page, f"{page}/claim").status_code == 303
    assert "十分钟内的失败次数" in reviewer.get(page).text
    looks = [one for one in services.evidence.mine(person) if one.leaf.kind == Kind.OPERATOR_READ]
    assert looks
    same = {"verdict": "change", "outcome": "held", "reason": "规则误判，本人付款"}
    assert reviewer.submit(page, page, same).status_code == 400
    other = same | {"outcome": "let-through"}
    assert reviewer.submit(page, page, other).status_code == 303
    shown = browser.get(f"/centre/rights/requests/{request}").text
    assert "改变决定为「放行」" in shown
    assert services.rights is not None
    assert services.rights.seen(RequestId(request)).stage.is_final
    kinds = [json.loads(payload_of(kit, one)).get("state") for one in states(kit, person)]
    assert "review-change" in kinds


def test_a_review_is_no_ordinary_task(kit: Kit) -> None:
    _, _, request, task = refused(kit, "8", "page-8")
    rights = kit.service.services.rights
    assert rights is not None
    reviewer = staff_of(kit, Role.REVIEWER)
    staff = kit.service.services.accounts.store.accounts()[0]
    with pytest.raises(RightsReviewError):
        rights.task_done(task, staff, "没有复核就结案")
    with pytest.raises(RightsReviewError):
        rights.conclude_partly(RequestId(request), staff, "没有复核就结案")
    body = {"verdict": "uphold", "outcome": "", "reason": "没有认领就决定"}
    answer = reviewer.submit(f"{REVIEWS}/{task}", f"{REVIEWS}/{task}", body)
    assert answer.status_code == 409


def test_a_change_takes_a_reviewer_and_upholding_does_not(kit: Kit) -> None:
    staff_of(kit, Role.REVIEWER)
    staff = staff_of(kit, Role.STAFF)
    _, _, request, task = refused(kit, "9", "page-9")
    page = f"{REVIEWS}/{task}"
    staff.submit(page, f"{page}/claim")
    undo = {"verdict": "undo", "outcome": "", "reason": "撤销这项决定"}
    assert staff.submit(page, page, undo).status_code == 400
    uphold = undo | {"verdict": "uphold"}
    assert staff.submit(page, page, uphold).status_code == 303
    assert "维持原决定" in staff.get(REVIEWS).text
    rights = kit.service.services.rights
    assert rights is not None
    assert rights.seen(RequestId(request)).stage.is_final


def states(kit: Kit, person: PersonKey) -> list[Record]:
    """Return the records about requests of somebody."""
    mine = kit.service.services.evidence.mine(person)
    return [one for one in mine if one.leaf.kind == Kind.REQUEST_STATE]


def payload_of(kit: Kit, record: Record) -> bytes:
    """Return what a record says."""
    payload = kit.service.services.evidence.payloads.opened(record).payload
    assert payload is not None
    return payload


def test_an_answer_about_automated_decisions_lists_them_with_a_way_to_refuse(kit: Kit) -> None:
    browser, person = come_in(kit, "d")
    position = decided(kit, person, "page-d")
    rights = kit.service.services.rights
    assert rights is not None
    asked = ExplanationAsked(about=ActivityId("fraud-control"))
    asker = Asker(
        person=person,
        account="",
        by=AskedBy.INDIVIDUAL,
        app="jishi-app",
        surface="centre",
        authenticated_at=None,
    )
    request = rights.open(asker, Right.EXPLAIN_AUTOMATED, asked).request.id
    page = browser.get(f"/centre/rights/requests/{request}").text
    for words in ("有关您的自动化决策记录", "登录与付款风险规则", "版本 6", "十分钟内的失败次数"):
        assert words in page
    assert f'href="{PAGE}/{position}"' in page
    assert "拒绝仅由机器决定" in page
    answer = browser.get(f"{PAGE}/explanations.json").json()
    (one,) = answer["decisions"]
    assert (one["position"], one["version"]) == (position, "6")
    other = rights.open(
        asker, Right.EXPLAIN_AUTOMATED, replace(asked, about=ActivityId("nearby-stores"))
    )
    none = browser.get(f"/centre/rights/requests/{other.request.id}").text
    assert "没有关于您的自动化决策记录" in none
    rules = rights.open(asker, Right.EXPLAIN_RULES, ExplanationAsked())
    assert "自动化决策记录" not in browser.get(f"/centre/rights/requests/{rules.request.id}").text
