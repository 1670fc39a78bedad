"""个性化与广告 below its switches: labels to clear, and consents for one use with their end."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.consent_kit import Choosing
from tests.doors.web.test_prompt_pages import given

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId
from chengnuo.ports.accounts import Role
from chengnuo.usecases.consent.refusals import NoLabelRequestError, NoSuchActivityError

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PAGE = "/centre/switches"
FEED = ActivityId("personalised-feed")
ONCE = ConsentItemId("nearby-stores/general")


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """The sample shop, which asks for the shops nearby anew each time."""
    folder = tmp_path_factory.mktemp("switches")
    register = folder / "register"
    shutil.copytree(SAMPLE, register)
    activity = register / "activities" / "nearby-stores.yaml"
    text = activity.read_text("utf-8")
    assert "consent: general\n" in text
    activity.write_text(text.replace("consent: general\n", "consent: one-time\n"), "utf-8")
    made = start(folder / "data", demo=True, register=str(register))
    yield made
    made.service.close()


def test_a_request_to_clear_labels_is_recorded_and_read_back(kit: Kit) -> None:
    browser, person = come_in(kit, "1")
    page = browser.get(PAGE).text
    assert page.count("没有提出过清除") == 3
    answer = browser.submit(PAGE, f"{PAGE}/labels", {"activity": FEED})
    assert answer.status_code == 303
    page = browser.get(answer.headers["location"]).text
    assert "已记录。从存储中重新读取：" in page
    assert page.count("已提交，等待系统回执") == 2  # beside the labels, and read back above
    newest = kit.service.services.evidence.mine(person)[0].leaf
    assert (newest.kind, newest.activity) == (Kind.REQUEST_STATE, FEED)


def test_a_request_that_waits_is_not_made_twice(kit: Kit) -> None:
    _, person = come_in(kit, "2")
    consents = kit.service.services.consents
    first = consents.clear_labels(person, FEED)
    assert consents.clear_labels(person, FEED) == first
    consents.labels_cleared(person, FEED)
    assert consents.clear_labels(person, FEED).position > first.position


def test_the_state_made_again_from_the_log_knows_the_requests(kit: Kit) -> None:
    _, person = come_in(kit, "3")
    consents = kit.service.services.consents
    consents.clear_labels(person, FEED)
    before = consents.label_requests(person)
    consents.rebuild()
    assert consents.label_requests(person) == before
    assert [(one.activity, one.done) for one in before] == [(FEED, False)]


def test_the_systems_acknowledge_and_the_individual_sees_it(kit: Kit) -> None:
    account = "tea-house-of-labels"
    person = Choosing(kit=kit).born(account)
    consents = kit.service.services.consents
    consents.clear_labels(person, FEED)
    staff = staff_of(kit, Role.STAFF)
    said = {"account": account, "reason": "核对清除标签的请求"}
    page = staff.submit("/console/consents/", "/console/individual", said).text
    assert "等待清除的画像标签" in page
    assert 'action="/console/individual/labels"' in page
    done = {"account": account, "activity": FEED}
    answer = staff.submit("/console/consents/", "/console/individual/labels", done)
    assert "标签已清除" in answer.text
    assert [one.done for one in consents.label_requests(person)] == [True]
    again = staff.submit("/console/consents/", "/console/individual/labels", done)
    assert again.status_code == 400


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_who_only_reads_acknowledges_nothing(kit: Kit, role: Role) -> None:
    account = f"tea-house-of-{role}"
    person = Choosing(kit=kit).born(account)
    kit.service.services.consents.clear_labels(person, FEED)
    staff = staff_of(kit, role)
    done = {"account": account, "activity": FEED}
    answer = staff.submit("/console/consents/", "/console/individual/labels", done)
    assert answer.status_code == 403
    assert [one.done for one in kit.service.services.consents.label_requests(person)] == [False]
    said = {"account": account, "reason": "核对清除标签的请求"}
    page = staff.submit("/console/consents/", "/console/individual", said).text
    assert 'action="/console/individual/labels"' not in page


@pytest.mark.parametrize("activity", ["fraud-control", "fair-pricing", "nearby-stores", "nothing"])
def test_what_uses_no_labels_is_asked_for_none(kit: Kit, activity: str) -> None:
    browser, person = come_in(kit, "4")
    assert browser.submit(PAGE, f"{PAGE}/labels", {"activity": activity}).status_code == 400
    with pytest.raises(NoSuchActivityError):
        kit.service.services.consents.clear_labels(person, ActivityId(activity))
    with pytest.raises(NoLabelRequestError):
        kit.service.services.consents.labels_cleared(person, ActivityId(activity))


def test_a_consent_for_one_use_is_shown_with_its_end(kit: Kit) -> None:
    browser, person = come_in(kit, "5")
    consents = kit.service.services.consents
    assert "您没有给过单次同意" in browser.get(PAGE).text
    given(browser, ONCE)
    page = browser.get(PAGE).text
    assert "还没有用过" in page
    assert "最晚到" in page
    consents.expire(person, ONCE, used=True)
    assert "已用过一次，随即结束" in browser.get(PAGE).text
    given(browser, ONCE)
    kit.clock.pass_by(timedelta(minutes=25))
    page = browser.get(PAGE).text
    assert page.count("单次同意") >= 1
    assert "还没有用过" in page
    browser.submit(PAGE, "/centre/consents/withdraw", {"item": ONCE})
    page = browser.get(PAGE).text
    assert "还没有用过" not in page
    assert "已撤回" in page
