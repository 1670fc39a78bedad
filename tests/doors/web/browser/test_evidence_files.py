"""An evidence file from the running service, walked through by two people in a real browser."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser
from tests.axe import violations
from tests.doors.evidence_kit import consent, provide, staff_of
from tests.doors.web.browser.evidence_house import EvidenceHouse, evidence_house
from tests.doors.web.browser.eyes import Eyes
from tests.doors.web.browser.visits import Visitor

from chengnuo.ports.accounts import Role
from chengnuo.usecases.individual_entry import person_key

pytestmark = pytest.mark.real

PAGE = "/console/evidence/files"
ACCOUNT = "account-1887-lu"
_MADE_WITHIN_S = 60


@pytest.fixture(scope="module")
def full_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvidenceHouse]:
    with evidence_house(tmp_path_factory.mktemp("evidence-files")) as served:
        yield served


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_asked_for_released_taken_and_verified(
    scripts: bool,
    full_house: EvidenceHouse,
    browser: Browser,
    tmp_path: Path,
) -> None:
    kit, eyes = full_house.kit, Eyes(scripts=scripts)
    person = person_key(kit.service.services.tokens, ACCOUNT)
    provide(kit, person)
    consent(kit, person)
    cookie = staff_of(kit, Role.STAFF).cookie("chengnuo-staff")
    asker = Visitor(browser=browser, house=full_house.house)
    reviewer = Visitor(browser=browser, house=full_house.house, state=full_house.reviewer)
    signed = {"name": "chengnuo-staff", "value": cookie, "url": full_house.house.address}
    with asker.at("/centre/verify", Eyes()) as page:
        page.context.add_cookies([signed])  # type: ignore[list-item]  # as its stub has it
        page.context.storage_state(path=tmp_path / "asker.json")
    asker.state = tmp_path / "asker.json"
    with asker.at("/console/evidence", eyes) as page:
        page.locator("#content").get_by_role("link", name="证据文件").click()
        page.select_option("[name=about]", "person")
        page.fill("[name=account]", ACCOUNT)
        page.fill("[name=start]", "2026-11-21")
        page.fill("[name=reason]", "法院调取证据，案号另附")
        page.get_by_role("button", name="申请", exact=True).click()
        page.locator(".person").first.get_by_text("等待复核", exact=True).wait_for()
        first = page.locator(".person").first
        assert first.get_by_role("button", name="下载").count() == 0
    with reviewer.at(PAGE, eyes) as page:
        assert ACCOUNT in page.locator(".person").first.inner_text()
        if scripts:
            assert violations(page) == []
        page.get_by_role("button", name="放行").click()
        status = page.locator(".person").first.locator(".status").first
        limit = monotonic() + _MADE_WITHIN_S
        while status.inner_text() == "正在生成" and monotonic() < limit:
            page.goto(page.url)  # the page says that it does not renew itself
        assert status.inner_text() == "可以下载"
    with asker.at(PAGE, eyes) as page:
        if scripts:
            assert violations(page) == []
        with page.expect_download() as started:
            page.get_by_role("button", name="下载").first.click()
        file = tmp_path / started.value.suggested_filename
        started.value.save_as(file)
    assert file.name.startswith("chengnuo-evidence-")
    key = str(kit.service.services.evidence.log.keys().in_force[0].vkey)
    command = [str(Path(sys.executable).with_name("chengnuo-verify")), str(file), "--key", key]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603  our own program
    assert said.returncode == 0, said.stdout + said.stderr
