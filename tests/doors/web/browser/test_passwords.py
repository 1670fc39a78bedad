"""A password can be looked at while it is typed, and a new one is measured by its length."""

import pytest
from tests.doors.web.browser.visits import Visitor

pytestmark = pytest.mark.real


def test_a_password_is_hidden_until_one_asks_to_see_it(anyone: Visitor) -> None:
    with anyone.at("/console/sign-in") as page:
        field = page.locator("#password")
        field.fill("four quiet lanterns")
        assert field.get_attribute("type") == "password"
        page.get_by_role("button", name="显示 密码").click()
        assert field.get_attribute("type") == "text"
        page.get_by_role("button", name="隐藏 密码").click()
        assert field.get_attribute("type") == "password"


def test_a_new_password_is_measured_while_it_is_typed(staff: Visitor) -> None:
    with staff.at("/console/account") as page:
        field = page.locator("#new")
        meter = page.locator("meter")
        assert not meter.is_visible()
        for typed, said in (
            ("short one", "太短"),
            ("a" * 30, "太短"),
            ("quiet lantern", "够用"),
            ("four quiet lantern", "好"),
            ("four quiet lanterns by", "很好"),
        ):
            field.fill(typed)
            assert meter.is_visible()
            assert page.locator("meter + span").inner_text() == said
        assert page.locator("meter").count() == 1
