"""价格说明 in the centre: one's own quote explained, anybody else's as if there were none."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from tests.doors import service_kit
from tests.doors.browser_kit import FORM_TOKEN
from tests.doors.prompt_kit import come_in
from tests.doors.service_kit import Kit, start
from tests.doors.web.price_kit import ALONE, MINE, NO_PRICE, OURS, priced

from chengnuo.adapters.keys import KeyedTokens
from chengnuo.adapters.quotes.one_quote import QuoteFilesFinder
from chengnuo.domain.pricing.audit_reading import AuditFileError
from chengnuo.domain.pricing.spec import PriceSpecError
from chengnuo.doors.price_settings import PriceSettings
from chengnuo.doors.web.centre_prices_view import ExplainedPrices
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.one_quote import NoSuchQuoteError, QuoteSearchError
from chengnuo.usecases.pricing.explaining import Turns
from chengnuo.wiring.price_explaining import explained_prices

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
PAGE = "/centre/prices"


def in_this_process(settings: PriceSettings) -> ExplainedPrices:
    """Do without a process for each search, which the browser's tests go through."""
    outside = explained_prices(settings)
    finder = QuoteFilesFinder(memory_bytes=256 << 20, threads=1)
    return replace(outside, desk=replace(outside.desk, finder=finder))


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    folder = tmp_path_factory.mktemp("prices")
    prices = priced(folder / "quotes", first="1" * 64, second="2" * 64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service_kit, "explained_prices", in_this_process)
        made = start(folder / "data", demo=True, register=str(SAMPLE), prices=prices)
    yield made
    made.service.close()


def test_ones_own_quote_is_explained_step_by_step(kit: Kit) -> None:
    browser, _ = come_in(kit, "1")
    page = browser.get(f"{PAGE}/{MINE}").text
    for words in (
        "价格 ¥18.36",
        "这一商品通常的价格",
        "当时当地的行情",
        "计价因素：配送距离",
        "按规则减免：off",
        "规则：act-118，未公布",
        "¥2.50",
        "没有规则能解释的部分",
        "同样商品、同样条件的其他报价有",
        "99% 的价格",
        "消费习惯",
        'href="/centre/rights/explain"',
        'href="/centre/contact"',
        f'href="{PAGE}/{MINE}/explanation.json"',
    ):
        assert words in page
    english = browser.get(f"{PAGE}/{MINE}?lang=en").text
    assert "a declared factor: Distance" in english
    assert "rule: act-118, not published" in english


def test_the_picture_stands_beside_a_table_of_the_same(kit: Kit) -> None:
    browser, _ = come_in(kit, "1")
    page = browser.get(f"{PAGE}/{MINE}").text
    steps = page.count('class="step-bar"')
    assert steps == 6  # five steps and the price
    table = page[page.index("<details>") : page.index("</details>")]
    assert table.count('<th scope="row"') == steps
    assert (
        '<svg viewBox="0 0 960 48" preserveAspectRatio="none" role="img" aria-label="在同一个'
        in page
    )
    assert "among-mine" in page


@pytest.mark.parametrize("number", [OURS, "q99999", "q7'", "报价", "%00", "q" * 121])
def test_somebody_elses_quote_is_as_one_that_there_is_not(kit: Kit, number: str) -> None:
    browser, _ = come_in(kit, "1")
    nothing = browser.get(f"{PAGE}/q-none")
    answer = browser.get(f"{PAGE}/{number}")
    assert nothing.status_code == 404
    assert "没有这个编号的报价，或者它不是给您的报价。" in nothing.text
    if number in {OURS, "q99999"}:
        assert answer.status_code == 404
        alike = (answer.text.replace(number, "q-none"), nothing.text)
        assert FORM_TOKEN.sub("", alike[0]) == FORM_TOKEN.sub("", alike[1])
    else:
        assert answer.status_code in {400, 404}
    assert browser.get(f"{PAGE}/{OURS}/explanation.json").status_code == 404


def test_the_form_leads_to_the_quote(kit: Kit) -> None:
    browser, _ = come_in(kit, "2")
    assert 'name="quote"' in browser.get(PAGE).text
    answer = browser.get(f"{PAGE}?quote=%20{OURS}%20")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}/{OURS}")
    assert browser.get(f"{PAGE}?quote=a/b%3F").headers["location"] == f"{PAGE}/a%2Fb%3F"
    assert browser.get(f"{PAGE}/{OURS}").status_code == 200


@pytest.mark.parametrize(
    ("number", "words"),
    [(ALONE, "给其他人的报价太少"), (NO_PRICE, "这次报价的记录不完整")],
)
def test_what_cannot_be_explained_leads_to_staff(kit: Kit, number: str, words: str) -> None:
    browser, _ = come_in(kit, "1")
    answer = browser.get(f"{PAGE}/{number}")
    assert answer.status_code == 200
    assert words in answer.text
    assert 'href="/centre/rights/explain"' in answer.text


def test_the_explanation_is_a_file_too(kit: Kit) -> None:
    browser, _ = come_in(kit, "1")
    said = browser.get(f"{PAGE}/{MINE}/explanation.json").json()
    assert said["quote"] == MINE
    assert sum(one["amount"] for one in said["steps"]) == pytest.approx(said["paid"], abs=1e-4)
    assert said["others"]["count"] >= 5
    assert said["others"]["range"]["low"] > 0
    assert {one["family"] for one in said["audit"]["families"]} == {
        "paying-ability",
        "habit",
        "other",
    }
    assert said["audit"]["covers"] is True


def test_a_stranger_is_sent_to_the_door(kit: Kit) -> None:
    browser, _ = come_in(kit, "1")
    browser.client.cookies.clear()
    assert browser.get(f"{PAGE}/{MINE}").status_code in {303, 401}


def settings_of(given: dict[str, object]) -> PriceSettings:
    return PriceSettings(spec=str(given["spec"]), logs=tuple(given["logs"]))


def test_a_log_may_name_people_under_a_key_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "people.key").write_text("between the shop and its log\n")
    tokens = KeyedTokens(b"between the shop and its log")
    name = tokens.keyed("price person", "account-1")
    given = settings_of(priced(tmp_path / "quotes", first=name, second="x", audit=False))
    outside = in_this_process(replace_key(given, tmp_path / "people.key"))
    told = outside.desk.explain(PersonKey("1" * 64), "account-1", MINE)
    assert told.explanation.paid > 0
    for account in ("account-2", ""):
        with pytest.raises(NoSuchQuoteError):
            outside.desk.explain(PersonKey(name), account, MINE)


def replace_key(given: PriceSettings, key: Path) -> PriceSettings:
    return PriceSettings(spec=given.spec, logs=given.logs, person_key_file=str(key))


def test_what_is_wrong_with_the_files_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "spec.toml").write_text("person = 'uid'\n")
    with pytest.raises(PriceSpecError):
        explained_prices(PriceSettings(spec=str(tmp_path / "spec.toml"), logs=("*.parquet",)))
    given = settings_of(priced(tmp_path / "quotes", first="a", second="b", audit=False))
    with pytest.raises(AuditFileError):
        explained_prices(
            PriceSettings(spec=given.spec, logs=given.logs, audit=str(tmp_path / "none.json"))
        )


def test_of_the_operators_files_a_visitor_learns_nothing(tmp_path: Path) -> None:
    given = settings_of(priced(tmp_path / "quotes", first="a", second="b", audit=False))
    missing = PriceSettings(spec=given.spec, logs=(str(tmp_path / "secret-place" / "*.parquet"),))
    outside = in_this_process(missing)
    with pytest.raises(QuoteSearchError) as raised:
        outside.desk.explain(PersonKey("a"), "", MINE)
    assert "secret-place" not in str(raised.value)


def test_one_is_looked_up_at_a_time_and_few_wait(tmp_path: Path) -> None:
    given = settings_of(priced(tmp_path / "quotes", first="a", second="b", audit=False))
    outside = in_this_process(given)
    desk = replace(outside.desk, turns=Turns(wait_s=0.05))
    refused: list[str] = []

    def ask() -> None:
        try:
            desk.explain(PersonKey("a"), "", MINE)
        except QuoteSearchError as error:
            refused.append(error.what)

    with desk.turns.taken():  # as if somebody else's search ran
        asking = [Thread(target=ask) for _ in range(8)]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
    assert refused == ["others are being looked up"] * 8
    assert desk.explain(PersonKey("a"), "", MINE).quote == MINE
