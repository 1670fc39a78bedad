"""The pages of vetted kits: submitted, compared, decided by a second person, withdrawn by two."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import Kit, start
from tests.doors.web.test_releases_page import (
    LIMIT,
    SAMPLE,
    browser_of,
    inspected,
    submit,
)

from chengnuo.domain.evidence.dsse import read_envelope
from chengnuo.domain.governance.kit_attestation import KIT_PREDICATE
from chengnuo.ports.accounts import Role

pytestmark = pytest.mark.real
ROOT = Path(__file__).parents[3]
BUILT = ROOT / "tests" / "packages" / "built"
AAR, WITH_JPUSH = BUILT / "box-aar.aar", BUILT / "sdk-jpush-provider.apk"
PAGE, NEW = "/console/releases/kits", "/console/releases/kits/new"
CONDITIONS = "只在同意之后初始化，关闭设备标识采集"
REASON = "又读取设备标识，供应商没有说明"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("kits") / "data"
    made = start(
        folder, register=str(SAMPLE), release_limit_bytes=LIMIT, release_require_vetting=True
    )
    yield made
    made.service.close()


@pytest.fixture
def staff(kit: Kit) -> Browser:
    return browser_of(kit, "staff.one", Role.STAFF)


@pytest.fixture
def reviewer(kit: Kit, staff: Browser) -> Browser:
    assert staff
    return browser_of(kit, "reviewer.one", Role.REVIEWER)


def submit_kit(
    browser: Browser, content: bytes, *, recipient: str = "", version: str = ""
) -> httpx.Response:
    token = browser.form_token(PAGE)
    return browser.client.post(
        NEW,
        data={"csrf_token": token, "recipient": recipient, "version": version},
        files={"package": ("umeng.aar", content, "application/octet-stream")},
    )


def act(browser: Browser, href: str, what: str, **fields: str) -> httpx.Response:
    """Send a form of the page of a vetting."""
    token = browser.form_token(href)
    return browser.client.post(f"{href}/{what}", data={"csrf_token": token, **fields})


@pytest.fixture(scope="module")
def vetting(kit: Kit) -> str:
    """Address of a kit that was inspected in a child and waits for a decision."""
    browser = browser_of(kit, "staff.one", Role.STAFF)
    browser_of(kit, "reviewer.one", Role.REVIEWER)
    answer = submit_kit(browser, AAR.read_bytes(), version="9.8.5")
    assert answer.status_code == 303, answer.text
    href = str(answer.headers["location"])
    inspected(browser, href)
    return href


@pytest.fixture(scope="module")
def approved(kit: Kit, vetting: str) -> str:
    """Address of the same, approved."""
    browser = browser_of(kit, "reviewer.one", Role.REVIEWER)
    answer = act(browser, vetting, "approve", conditions=CONDITIONS, expires="2027-06-30")
    assert answer.status_code == 303, answer.text
    return vetting


def test_an_inspected_kit_shows_what_is_declared_against_what_was_seen(
    staff: Browser, vetting: str
) -> None:
    text = staff.get(vetting).text
    _, _, compared = text.partition('aria-labelledby="compared"')
    compared, _, _ = compared.partition("</section>")
    sides = re.findall("代码能做，未声明|代码能做，已声明|已声明，代码中未见", compared)
    assert set(sides) == {"代码能做，未声明", "代码能做，已声明", "已声明，代码中未见"}
    assert sides[0] == "代码能做，未声明"
    assert "umeng-analytics" in text
    assert "<script" not in compared


def test_who_submitted_is_offered_no_decision_and_who_decides_needs_conditions(
    staff: Browser, reviewer: Browser, vetting: str
) -> None:
    assert "批准使用</button>" not in staff.get(vetting).text
    assert act(staff, vetting, "approve", conditions=CONDITIONS).status_code in {400, 403}
    answer = act(reviewer, vetting, "approve", conditions="")
    assert answer.status_code == 400
    assert '<a href="#conditions">' in answer.text
    answer = act(reviewer, vetting, "approve", conditions=CONDITIONS, expires="2001-01-01")
    assert '<a href="#expires">' in answer.text
    answer = act(reviewer, vetting, "refuse", reason="")
    assert '<a href="#reason">' in answer.text


def test_an_approved_kit_stands_in_the_list_beside_those_of_the_register(
    staff: Browser, approved: str
) -> None:
    text = staff.get(PAGE).text
    _, _, decided = text.partition('aria-labelledby="decided"')
    decided, _, register = decided.partition('aria-labelledby="register"')
    assert f'href="{approved}"' in decided
    for said in ("9.8.5", "有效", "reviewer.one", "2027-06-30"):
        assert said in decided
    assert 'href="/console/register/recipients/umeng-analytics"' in register
    page = staff.get(approved).text
    assert CONDITIONS in page
    assert "已批准" in page


def test_the_statement_is_taken_away_and_the_report_reads_without_scripts(
    staff: Browser, approved: str
) -> None:
    written = staff.get(f"{approved}/attestation.json").content
    assert b'"approved"' in read_envelope(written, KIT_PREDICATE).predicate
    page = staff.get(f"{approved}/report.html")
    assert "sandbox" in page.headers["content-security-policy"]
    assert staff.get(f"{approved}/report.json").json()["form"] == 1


def test_an_approval_is_withdrawn_by_a_second_person(
    staff: Browser, reviewer: Browser, approved: str
) -> None:
    answer = act(staff, approved, "ask-withdrawal", reason="x")
    assert '<a href="#reason">' in answer.text
    answer = act(staff, approved, "ask-withdrawal", reason=REASON)
    assert answer.status_code == 303, answer.text
    asked = answer.headers["location"]
    assert REASON in reviewer.get(asked).text
    assert "等您办理" in reviewer.get(asked).text
    assert "您提出的，须由别人办理" in staff.get(asked).text
    assert act(reviewer, asked, "refuse", reason=REASON).status_code == 303
    assert "原来的批准继续有效" in staff.get(asked).text
    asked = act(staff, approved, "ask-withdrawal", reason=REASON).headers["location"]
    act(staff, asked, "take-back")
    assert "申请人已收回" in staff.get(asked).text


@pytest.mark.parametrize(
    ("content", "fields", "anchor"),
    [
        (b"x" * (LIMIT + 1), {}, "package"),
        (b"x", {"recipient": "nobody"}, "recipient"),
    ],
)
def test_what_is_not_taken_in_is_said_at_its_field(
    staff: Browser, content: bytes, fields: dict[str, str], anchor: str
) -> None:
    answer = submit_kit(staff, content, **fields)
    assert answer.status_code == 400
    assert f'<a href="#{anchor}">' in answer.text


def test_a_form_without_a_file_keeps_what_was_written(staff: Browser) -> None:
    token = staff.form_token(PAGE)
    data = {"csrf_token": token, "recipient": "bugly", "version": "4.1"}
    answer = staff.client.post(NEW, data=data, files={"other": ("a", b"a")})
    assert answer.status_code == 400
    assert 'value="bugly" selected' in answer.text
    assert 'value="4.1"' in answer.text


def test_an_auditor_reads_and_submits_nothing(kit: Kit, approved: str) -> None:
    auditor = browser_of(kit, "auditor.one", Role.AUDITOR)
    assert 'id="package"' not in auditor.get(PAGE).text
    assert "申请撤销批准" not in auditor.get(approved).text
    assert submit_kit(auditor, b"x").status_code == 403


def test_a_release_names_its_unvetted_sdks_with_the_way_to_vet_them(
    kit: Kit, staff: Browser, approved: str
) -> None:
    assert approved
    # The register of the shop has no recipient for the SDK that is in this app.
    answer = submit(staff, WITH_JPUSH.read_bytes())
    text = inspected(staff, answer.headers["location"])
    _, _, part = text.partition('aria-labelledby="unvetted"')
    part, _, _ = part.partition("</section>")
    assert "签署时必须写明理由" in part
    link = re.search(r'href="(/console/releases/kits\?[^"]*)"', part)
    assert link is not None
    assert 'id="submit"' in staff.get(link[1].replace("&amp;", "&")).text
    assert kit.settings.release_require_vetting


def test_every_state_has_its_words_in_both_languages() -> None:
    texts = ROOT / "src" / "chengnuo" / "doors" / "web" / "texts"
    zh, en = (tomllib.loads((texts / f"{lang}.toml").read_text())["kits"] for lang in ("zh", "en"))
    assert list(zh) == list(en)
