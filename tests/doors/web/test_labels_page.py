"""画像标签 in the centre: read from a real shop, deleted one by one, what comes back is said."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start

from chengnuo.domain.rights.request import RequestId

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PAGE, TABLE = "/centre/labels", "main.feed_labels"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("shop") / "shop.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript((SAMPLE.parent / "schema.sql").read_text("utf-8"))
        made.execute(
            "INSERT INTO customers (customer_id, account_name, nickname, status, registered_at)"
            " VALUES (4711, 'sample', '示例', 'active', '2026-01-01 00:00:00')"
        )
        made.commit()
    return file


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory, shop: Path) -> Iterator[Kit]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOP_DB", f"sqlite:///{shop}")
        made = start(tmp_path_factory.mktemp("labels") / "data", demo=True, register=str(SAMPLE))
        yield made
        made.service.close()


def learn(shop: Path, *labels: str) -> None:
    with closing(sqlite3.connect(shop)) as open_shop:
        for label in labels:
            open_shop.execute(
                "INSERT INTO feed_labels VALUES (4711, ?, 500, 'browse', '2026-11-01 08:00:00')",
                (label,),
            )
        open_shop.commit()


def kept(shop: Path) -> list[str]:
    with closing(sqlite3.connect(shop)) as open_shop:
        return [row[0] for row in open_shop.execute("SELECT label FROM feed_labels ORDER BY label")]


def test_without_labels_the_page_says_so(kit: Kit) -> None:
    browser, _ = come_in(kit, "a", account="9999")
    page = browser.get(PAGE).text
    assert "没有给您打的标签" in page
    assert 'href="/centre/labels"' in browser.get("/centre/switches").text


def test_a_label_is_shown_deleted_and_said_to_have_come_back(kit: Kit, shop: Path) -> None:
    learn(shop, "岩茶", "登山")
    browser, _ = come_in(kit, "b", account="4711")
    page = browser.get(PAGE).text
    for words in ("岩茶", "登山", "browse", "2026-11-01", "十分钟内可以撤回", "不能恢复"):
        assert words in page
    assert "See and delete" not in page
    answer = browser.submit(PAGE, PAGE, {"table": TABLE, "label": "岩茶"})
    assert answer.status_code == 303, answer.text
    assert "岩茶" not in answer.headers["location"]
    assert browser.get(answer.headers["location"]).status_code == 200
    request = answer.headers["location"].rpartition("/")[2].partition("?")[0]
    rights = kit.service.services.rights
    assert rights is not None
    while rights.work():
        pass
    kit.clock.pass_by(timedelta(minutes=11))
    while rights.work():
        pass
    assert rights.seen(RequestId(request)).stage.is_final, rights.seen(RequestId(request)).stopped
    assert kept(shop) == ["登山"]
    assert "岩茶" not in browser.get(PAGE).text
    assert "岩茶" not in browser.get(f"/centre/rights/requests/{request}").text
    learn(shop, "岩茶")
    assert "删除以后又出现" in browser.get(PAGE).text
    assert "came back" in browser.get(f"{PAGE}?lang=en").text


def test_what_is_no_table_of_labels_is_refused(kit: Kit) -> None:
    browser, _ = come_in(kit, "c", account="4711")
    answer = browser.submit(PAGE, PAGE, {"table": "main.orders", "label": "x"})
    assert answer.status_code == 400
    assert "no-such-labels" in answer.text
