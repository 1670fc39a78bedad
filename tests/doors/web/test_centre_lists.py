"""Both lists in the centre: the rows that are published, and what to do about each of them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.real_shop import RealShop, asked_for, real_shop
from tests.doors.web.test_prompt_pages import answered

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.collection_list import collection_list
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.sharing_list import sharing_list
from chengnuo.domain.disclosure.used import Use, Used

REGISTER = str(Path(__file__).parents[3] / "examples" / "shop" / "register")
PROVISION = "payment-device-check/provision:alipay"
ITEM = re.compile(r'<details class="item">.*?</details>', re.DOTALL)
NAME = re.compile(r'<span class="item-name[^"]*">([^<]*)</span>')


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    made = start(tmp_path_factory.mktemp("lists") / "data", demo=True, register=REGISTER)
    yield made
    made.service.close()


def items(page: str) -> dict[str, str]:
    """Return the items of a list by their names."""
    found = {}
    for item in ITEM.findall(page):
        name = NAME.search(item)
        assert name is not None
        found[unescape(name[1])] = unescape(item)
    return found


def declared(kit: Kit) -> Declared:
    served = kit.service.services.register.served
    catalogue = kit.service.services.register.catalogue
    return Declared(
        register=served.register, catalogue=catalogue, app_id=served.register.apps[0].app
    )


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_of_list_1_is_left_out(kit: Kit, lang: Lang) -> None:
    shown = items(Browser(kit.service.app).get(f"/centre/information?lang={lang}").text)
    told = declared(kit)
    rows = collection_list(told)
    assert len(shown) == len({row.category for row in rows})
    for row in rows:
        item = shown[told.name_of(row.category).in_lang(lang)]
        for text in (row.purpose, row.scene, row.method, row.retention):
            assert text.in_lang(lang) in item
        assert ("sensitive" in item) >= row.is_sensitive


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_of_list_2_is_left_out(kit: Kit, lang: Lang) -> None:
    shown = items(Browser(kit.service.app).get(f"/centre/recipients?lang={lang}").text)
    told = declared(kit)
    rows = sharing_list(told)
    assert len(shown) == len({row.recipient for row in rows})
    for row in rows:
        item = shown[row.name.in_lang(lang)]
        texts = (row.purpose, row.scene, row.share_mode, row.method, row.contact, row.place)
        for text in (*texts, *(told.name_of(kind) for kind in row.categories), *row.permissions):
            assert text.in_lang(lang) in item
        assert row.rules_url is None or row.rules_url in item


def test_a_stranger_sees_no_content_no_numbers_and_nothing_to_press(kit: Kit) -> None:
    for page in ("information", "recipients"):
        shown = Browser(kit.service.app).get(f"/centre/{page}").text
        for words in ("申请查看内容", "合计使用", "停止提供", "/centre/rights/delete?"):
            assert words not in shown


def test_every_row_of_ones_own_is_corrected_deleted_and_copied_on_the_spot(kit: Kit) -> None:
    browser, _ = come_in(kit, "a")
    for name, item in items(browser.get("/centre/information").text).items():
        for act in ("correct", "delete", "copy"):
            found = re.search(rf'href="(/centre/rights/{act}[^"]*)" aria-label="([^"]*)"', item)
            assert found is not None, name
            assert found[2].endswith(f"：{name}")
            sheet = browser.get(found[1])
            assert sheet.status_code == 200
            if act != "correct":
                assert re.search(rf"checked[^>]*>[^<]*(<[^>]*>)*\s*{re.escape(name)}", sheet.text)
        assert "没有使用记录" in item
        assert "申请查看内容" in item


def test_a_provision_is_stopped_by_withdrawing_its_consent_and_else_by_a_request(kit: Kit) -> None:
    browser, _ = come_in(kit, "b")
    stop = re.compile(r'href="([^"]*)" aria-label="停止提供：')
    for item in items(browser.get("/centre/recipients").text).values():
        found = stop.search(item)
        assert found is not None
        assert found[1].startswith("/centre/rights/restrict?what=refuse&target=recipient:")
        assert re.search(r'value="recipient:[^"]+" selected', browser.get(found[1]).text)
    assert answered(browser, PROVISION, answer="give").status_code == 303
    shown = items(browser.get("/centre/recipients").text)
    hrefs = [found[1] for item in shown.values() if (found := stop.search(item))]
    (mine,) = [href for href in hrefs if href.startswith("/centre/consents#consent-")]
    consents = browser.get("/centre/consents").text
    place = consents.index(f'id="{mine.partition("#")[2]}"')
    assert f'value="{PROVISION}"' in consents[place:].partition("</li>")[0]


def test_how_often_is_said_of_all_uses_and_of_each() -> None:
    def use(activity: str, categories: tuple[str, ...] | None, last: int) -> Use:
        return Use(
            activity=activity, recipient="", categories=categories, counts=(1, 2, 3), last=last
        )

    day = 86_400_000_000
    used = Used(
        uses=(use("a", ("X",), day), use("b", None, 3 * day), use("b", ("Y",), 9 * day)),
        exports=(0, 0, 0),
        batches=0,
        behind=0,
    )
    said = ["".join(span.text.zh for span in line) for line in used.all_of("X")]
    assert said == ["近 7 天 2 次", "近 30 天 4 次", "近 365 天 6 次", "最近一次 1970-01-04"]
    assert used.is_used("a", "X")
    assert used.is_used("b", "X")
    assert not used.is_used("a", "Y")


def test_content_is_masked_until_one_has_signed_in_just_now(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with real_shop(tmp_path_factory.mktemp("content")) as shop:
        late = shop.come_in(minutes_ago=30)
        assert "申请查看内容" in late.get("/centre/information").text
        where = asked_for(late, "access", {"scope": "all"})
        shop.work()
        masked = items(late.get("/centre/information").text)["电话号码"]
        plain = items(shop.come_in(minutes_ago=1).get("/centre/information").text)["电话号码"]
        assert re.search(r"\d{3}\*{4}\d{4}", masked)
        assert not re.search(r"\d{11}", masked)
        assert re.search(r"\d{11}", plain)
        assert "已遮盖" in masked
        assert f'href="{where}/content"' in masked
        _another(shop)


def _another(shop: RealShop) -> None:
    """Somebody else sees nothing of it."""
    other = shop.come_in(minutes_ago=1, account="9").get("/centre/information").text
    assert "申请查看内容" in other
    assert not re.search(r"<dd>[^<]*\d{11}", other)
