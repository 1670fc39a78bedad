"""办理权利 over the sample shop's database: looked up, planned and shown by the real service."""

import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pyzipper
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import CHILD_BORN
from tests.doors.web.real_shop import PAGE, RealShop, asked_for, real_shop

from chengnuo.domain.rights.machine import Stage

MINORS = "browsing/minors"
SENSITIVE = re.compile(r'<span class="sensitive">([^<]*)</span>')


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealShop]:
    with real_shop(tmp_path_factory.mktemp("real-shop")) as served:
        yield served


def test_what_is_looked_up_is_shown_masked_until_one_has_signed_in_just_now(
    shop: RealShop,
) -> None:
    browser = shop.come_in(minutes_ago=30)
    where = asked_for(browser, "access", {"scope": "all"})
    shop.work()
    assert shop.stage(where) is Stage.FULFILLED
    assert f'href="{where}/content"' in browser.get(where).text
    lately = shop.come_in(minutes_ago=1)
    sensitive = 0
    for number in range(tables_of(browser, where)):
        content = f"{where}/content?table={number}"
        masked, shown = browser.get(content).text, lately.get(content).text
        hidden = SENSITIVE.findall(masked)
        assert ("敏感内容已遮住" in masked) is bool(hidden)
        assert "敏感内容已遮住" not in shown
        plain = SENSITIVE.findall(shown)
        assert len(plain) == len(hidden)
        assert all("*" in one for one in hidden)
        assert not any("*" in one for one in plain)
        assert "每一项是做什么用的" in shown
        sensitive += len(hidden)
    assert sensitive


def test_more_rows_are_shown_page_by_page(shop: RealShop) -> None:
    browser = shop.come_in(minutes_ago=1)
    where = asked_for(browser, "access", {"scope": "all"})
    shop.work()
    content = f"{where}/content"
    for number in range(tables_of(browser, where)):
        assert browser.get(f"{content}?table={number}").status_code == 200
    beyond = browser.get(f"{content}?table=999")
    assert beyond.status_code in {400, 404, 410}


def test_a_copy_with_a_pass_code_shows_it_once_and_opens_by_it_alone(shop: RealShop) -> None:
    browser = shop.come_in(minutes_ago=1)
    sheet = browser.get(f"{PAGE}/copy").text
    box = re.search(r'<input[^>]*name="code"[^>]*>', sheet)
    assert box is not None
    assert "checked" not in box[0]
    where = asked_for(browser, "copy", {"scope": "all", "format": "json", "code": "yes"})
    assert f'action="{where}/code"' not in browser.get(where).text
    shop.work()
    assert shop.stage(where) is Stage.FULFILLED
    late = shop.come_in(minutes_ago=30).submit(where, f"{where}/code")
    assert late.headers["location"] == f"{where}?done=sign-in"
    other = shop.come_in(minutes_ago=1, account="9")
    assert other.submit(f"{PAGE}/copy", f"{where}/code").status_code == 404
    shown = browser.submit(where, f"{where}/code")
    assert shown.status_code == 200
    assert "no-store" in shown.headers["cache-control"]
    code = re.search(r"<code>([A-Z2-9-]{23})</code>", shown.text)
    assert code is not None
    after = browser.get(where).text
    assert code[1] not in after
    assert "已经显示过" in after
    assert browser.submit(where, f"{where}/code").status_code == 303
    with pyzipper.AESZipFile(io.BytesIO(browser.get(f"{where}/files/1").content)) as archive:
        with pytest.raises(RuntimeError):
            archive.read("export.json")
        assert json.loads(archive.read("export.json", pwd=code[1].encode()))["tables"]


def test_a_copy_without_a_pass_code_has_none_to_show(shop: RealShop) -> None:
    browser = shop.come_in(minutes_ago=1)
    where = asked_for(browser, "copy", {"scope": "all", "format": "json"})
    shop.work()
    assert "密码" not in browser.get(where).text
    with pyzipper.AESZipFile(io.BytesIO(browser.get(f"{where}/files/1").content)) as archive:
        assert json.loads(archive.read("export.json"))["tables"]


def test_a_table_leads_to_the_deletion_of_just_what_it_holds(shop: RealShop) -> None:
    browser = shop.come_in(minutes_ago=1)
    given = {"scope": "some", "category": "PI-ONLINE-SEARCH"}
    sheet = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete", given).text
    assert sheet.count(" checked") == 2
    check = {**given, "ground": "purpose-achieved"}
    page = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/check", check).text
    assert "搜索历史" in page
    assert "不在本次请求范围内" in page


def test_a_deletion_is_planned_shown_and_taken_back_with_nothing_changed(shop: RealShop) -> None:
    before = content_of(shop.database)
    browser = shop.come_in(minutes_ago=1)
    given = {"scope": "all", "ground": "purpose-achieved"}
    preview = browser.submit(f"{PAGE}/delete", f"{PAGE}/delete/check", given).text
    assert "电子商务法第31条" in preview
    assert "请它删除" in preview
    where = asked_for(browser, "delete", given)
    shop.work()
    assert shop.stage(where) is Stage.WAITING
    assert "可以撤回" in browser.get(where).text
    browser.submit(where, f"{where}/take-back")
    shop.work()
    assert shop.stage(where) is Stage.TAKEN_BACK
    assert content_of(shop.database) == before


def test_cancelling_shows_its_conditions_and_what_goes(shop: RealShop) -> None:
    page = shop.come_in(minutes_ago=1).get(f"{PAGE}/cancel-account").text
    assert "没有未完成的订单、退款或者售后" in page
    assert "账号和本人填写的资料" in page
    assert "电子商务法第31条" in page


def test_a_guardian_asks_for_a_child_by_a_sign_in_of_their_own(shop: RealShop) -> None:
    child = shop.come_in(minutes_ago=1, account="7", born=CHILD_BORN)
    shown = child.submit(f"/centre/prompts/{MINORS}", "/centre/handover", {"prompt": MINORS})
    code = re.search(r"<code[^>]*>([A-Z2-7-]+)</code>", shown.text)
    assert code is not None
    guardian = shop.come_in(minutes_ago=2, account="8")
    taken = guardian.submit(
        f"/centre/handover?code={code[1]}",
        "/centre/handover/take",
        {"code": code[1], "relation": "mother", "rules": "yes"},
    )
    assert taken.status_code == 303
    guardian.client.cookies.delete("chengnuo-individual", domain="")
    assert "您正在替孩子办理" in guardian.get(PAGE).text
    where = asked_for(guardian, "delete", {"scope": "all", "ground": "purpose-achieved"})
    assert shop.stage(where) is Stage.NEEDS_PLAN
    assert "监护人" in guardian.get(where).text
    alone = child.submit(
        f"{PAGE}/delete", f"{PAGE}/delete/check", {"scope": "all", "ground": "unlawful"}
    )
    assert 'href="/centre/rights/child"' in alone.text


def tables_of(browser: Browser, where: str) -> int:
    """Return of how many tables something is shown."""
    links = set(re.findall(r"/content\?table=([0-9]+)", browser.get(f"{where}/content").text))
    return len(links)


def content_of(database: Path) -> str:
    """Return all that a database holds."""
    with closing(sqlite3.connect(database)) as opened:
        return "\n".join(opened.iterdump())
