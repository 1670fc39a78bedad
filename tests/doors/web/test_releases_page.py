"""The pages of releases: who may submit and decide, what is offered, what is taken away."""

import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.governance.attestation import read_attestation
from chengnuo.doors.web.console_release_parts import MOST_ROWS
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.usecases.governance import releasing

pytestmark = pytest.mark.real
ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "examples" / "shop" / "register"
PACKAGE = ROOT / "tests" / "packages" / "built" / "async-coroutine.apk"
PAGE, NEW = "/console/releases", "/console/releases/new"
REASON = "登录页下个版本改版，已排期处理"
LIMIT = 1 << 20
PATIENCE_S = 120


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("releases") / "data"
    made = start(folder, register=str(SAMPLE), release_limit_bytes=LIMIT)
    yield made
    made.service.close()


def browser_of(kit: Kit, name: str, role: Role) -> Browser:
    """Return the browser of an account, which is made if it is not there."""
    services = kit.service.services
    known = {one.id: one for one in services.accounts.store.accounts()}
    account = known.get(AccountId(name))
    if account is None:
        account = Account(
            id=AccountId(name), name=name, role=role, enabled=True, created_at=kit.clock.now()
        )
        services.accounts.store.add(account, password_hash="none")  # noqa: S106  fits nothing
    browser = Browser(kit.service.app, origin=kit.web.public_url)
    token = services.sign_in.open_for_identity(account).token
    browser.client.cookies.set("chengnuo-staff", token)
    return browser


@pytest.fixture
def staff(kit: Kit) -> Browser:
    return browser_of(kit, "staff.one", Role.STAFF)


@pytest.fixture
def reviewer(kit: Kit, staff: Browser) -> Browser:
    assert staff
    return browser_of(kit, "reviewer.one", Role.REVIEWER)


def submit(browser: Browser, content: bytes, *, app: str = "jishi-app") -> httpx.Response:
    token = browser.form_token(PAGE)
    return browser.client.post(
        NEW,
        data={"csrf_token": token, "app": app},
        files={"package": ("茶铺 1.0.apk", content, "application/octet-stream")},
    )


def inspected(browser: Browser, href: str) -> str:
    """Return the page of a release once it is inspected."""
    until = time.monotonic() + PATIENCE_S
    while True:
        text = browser.get(href).text
        if "等待检查" not in text and "正在检查" not in text:
            return text
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture(scope="module")
def release(kit: Kit) -> str:
    """Address of a release of a real package, inspected in a child."""
    browser = browser_of(kit, "staff.one", Role.STAFF)
    browser_of(kit, "reviewer.one", Role.REVIEWER)
    answer = submit(browser, PACKAGE.read_bytes())
    assert answer.status_code == 303, answer.text
    href = answer.headers["location"]
    inspected(browser, href)
    return str(href)


def test_the_empty_queue_says_what_to_do(tmp_path: Path) -> None:
    kit = start(tmp_path / "data", register=str(SAMPLE))
    assert "还没有提交过版本" in staff_of(kit, Role.STAFF).get(PAGE).text
    kit.service.close()


def test_an_inspected_release_shows_what_was_found(staff: Browser, release: str) -> None:
    text = staff.get(release).text
    assert "等待签署" in text
    assert "需要处理的问题" in text
    assert "不是法定期限" in text
    queue = staff.get(PAGE).text
    assert f'href="{release}"' in queue
    assert "还剩 7 天" in queue


def test_the_first_start_is_drawn_and_stands_as_a_table_too(staff: Browser, release: str) -> None:
    answer = staff.get(release)
    _, _, start = answer.text.partition('aria-labelledby="start"')
    start, _, _ = start.partition("</section>")
    pictures = re.findall(r"(?s)<svg class=\"plot-(?:wide|narrow)\".*?</svg>", start)
    assert len(pictures) == 2
    assert '<title id="start-title">首次启动时各方读取的信息</title>' in pictures[0]
    groups = re.findall(r'<g class="plot-(?:on|in)">(.*?)</g>', "".join(pictures))
    drawn = re.findall(r"<text[^>]*>([^<]+)</text>", "".join(groups))
    table = re.findall(r"(?s)<tr role=\"row\">(.*?)</tr>", start.partition("<details")[2])
    assert drawn
    assert len(drawn) == 2 * (len(table) - 1)
    assert all(any(word in row for row in table) for word in drawn)
    # The policy of the console lets no style in that stands in the page.
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    assert "<style" not in answer.text
    assert " style=" not in answer.text


def test_what_is_apart_from_the_register_stands_first_with_a_way_to_the_rest(
    staff: Browser, release: str
) -> None:
    text = staff.get(release).text
    _, _, drift = text.partition('aria-labelledby="drift"')
    drift, _, _ = drift.partition("</section>")
    assert drift.count('<tr role="row">') == MOST_ROWS + 1
    assert f"列出前 {MOST_ROWS} 项" in drift
    assert f'href="{release}/report.html"' in drift
    assert drift.index("有使用，未声明") < drift.index("有声明，未发现使用")
    assert "一致" not in re.sub("不一致", "", drift.partition("<tbody")[2])
    assert 'aria-labelledby="delta"' not in text


def test_the_reports_are_there_without_a_script(staff: Browser, release: str) -> None:
    page = staff.get(f"{release}/report.html")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "sandbox" in page.headers["content-security-policy"]
    assert json.loads(staff.get(f"{release}/report.json").content)["form"] == 1
    assert staff.get(f"{release}/attestation.json").status_code == 400


def test_who_submitted_decides_nothing(staff: Browser, release: str) -> None:
    text = staff.get(release).text
    assert f'action="{release}/sign-off"' not in text
    assert "您提出的，须由别人办理" in text
    answer = staff.submit(release, f"{release}/sign-off", {"reason": REASON})
    assert answer.status_code >= 400


def test_an_auditor_reads_only(kit: Kit, release: str) -> None:
    auditor = browser_of(kit, "auditor.one", Role.AUDITOR)
    assert (
        "<form"
        not in re.sub(r"(?s)<header.*?</header>", "", auditor.get(release).text)
        .split("<main")[1]
        .split("</main>")[0]
    )
    assert 'type="file"' not in auditor.get(PAGE).text
    token = auditor.form_token(PAGE)
    answer = auditor.client.post(NEW, data={"csrf_token": token}, files={"package": ("a", b"PK")})
    assert answer.status_code == 403


def test_a_reason_is_demanded_then_the_reviewer_signs_off(
    kit: Kit, staff: Browser, reviewer: Browser, release: str
) -> None:
    text = reviewer.get(release).text
    assert f'action="{release}/sign-off"' in text
    assert "等您办理" in text
    short = reviewer.submit(release, f"{release}/sign-off", {"reason": "短"})
    assert short.status_code == 400
    assert "签署需要" in short.text
    answer = reviewer.submit(release, f"{release}/sign-off", {"reason": REASON})
    assert answer.status_code == 303
    assert "已签署" in staff.get(release).text
    attestation = staff.get(f"{release}/attestation.json").content
    _, said = read_attestation(attestation)
    assert (said.app, said.decision.office, said.decision.four_eyes) == (
        "jishi-app",
        "reviewer",
        True,
    )
    log = kit.service.services.evidence.log
    for kind in (Kind.ATTESTATION, Kind.INSPECTION_RESULT):
        _, head = log.head(open_tag(kind))
        assert head.end is not None
        assert head.end.key == open_tag(kind)


def test_what_is_no_package_fails_and_can_be_withdrawn(staff: Browser) -> None:
    href = submit(staff, b"this is no package").headers["location"]
    text = inspected(staff, href)
    assert "无法检查" in text
    assert staff.submit(href, f"{href}/withdraw", {}).status_code == 303
    assert "提交人已撤回" in staff.get(href).text


def test_a_package_over_the_limit_is_refused(kit: Kit, staff: Browser) -> None:
    before = len(list((Path(kit.settings.data) / "releases").iterdir()))
    assert submit(staff, bytes(LIMIT + 1)).status_code == 400
    assert submit(staff, bytes(LIMIT + (1 << 17))).status_code == 413
    assert len(list((Path(kit.settings.data) / "releases").iterdir())) == before


def test_a_form_without_a_file_or_of_another_app_says_so(staff: Browser) -> None:
    token = staff.form_token(PAGE)
    empty = staff.post(NEW, {"csrf_token": token, "app": "jishi-app"})
    assert empty.status_code == 400
    assert "请选择安装包文件" in empty.text
    other = submit(staff, b"PK", app="other")
    assert other.status_code == 400
    assert "登记簿中没有这个应用" in other.text


def test_nobody_who_is_not_signed_in_can_send_a_file(kit: Kit) -> None:
    stranger = Browser(kit.service.app, origin=kit.web.public_url)
    token = stranger.form_token("/console/sign-in")
    answer = stranger.client.post(
        NEW, data={"csrf_token": token}, files={"package": ("a.apk", bytes(1 << 16))}
    )
    assert answer.status_code == 401


def test_a_file_without_the_token_of_the_page_is_refused(staff: Browser) -> None:
    staff.get(PAGE)
    answer = staff.client.post(NEW, data={"csrf_token": "x"}, files={"package": ("a.apk", b"PK")})
    assert answer.status_code == 403


def test_an_overdue_release_is_said_to_be(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "MOST_OPEN", 50)
    href = submit(browser_of(kit, "staff.one", Role.STAFF), b"late").headers["location"]
    kit.clock.pass_by(timedelta(days=9))
    late = browser_of(kit, "staff.one", Role.STAFF)
    assert "已超 2 天" in late.get(PAGE).text
    assert "已超 2 天" in late.get(href).text
