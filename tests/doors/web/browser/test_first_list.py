"""From nothing to a published first list: `init`, the set-up link, the decisions, publishing."""

import base64
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.doors.cli.beginning import ANSWERS, COMMAND, PROGRAM
from tests.doors.web.browser.houses import PASSWORD

from chengnuo.usecases.totp import STEP_S, code_at

pytestmark = pytest.mark.real

WRITTEN = {
    "retention.keep": "P1Y",
    "retention.why": "注销之后的一年内可能有退换货",
    "individuals": "12000",
    "audits.next": "2027-10-31",
    "rules_updated": "2026-11-01",
    "rules_effective": "2026-11-08",
    "security": "传输与存储均加密，按岗位授权访问，操作留痕",
    "incident_plan": "立即补救，并通知主管部门和受影响的个人",
    "address": "浙江省杭州市示例路 1 号",
}
MOST_S = 20 * 60
"""Within which somebody new has a first list; this walk types at once and is far below."""


@contextmanager
def begun(folder: Path) -> Iterator[tuple[str, str]]:
    """Run `init` in a fresh folder, as a new operator would; give its address and link."""
    answers = folder.with_name("answers.toml")
    answers.write_text(ANSWERS, "utf-8")
    command = [*COMMAND, str(folder), "--answers", str(answers), "--port", "0"]
    environment = os.environ | {"CHENGNUO_PLANES": str(folder.with_name("planes"))}
    with subprocess.Popen(  # noqa: S603 (our own program)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            for line in process.stdout:
                said += line
                if "/console/decide" in line:
                    break
            address = re.search(r"serving at (http://\S+?);", said)
            link = re.search(r"to make the admin: (http://\S+)", said)
            assert address, said
            assert link, said
            yield address[1], link[1]
        finally:
            process.terminate()
            process.wait(timeout=60)


def come_in(page: Page, link: str) -> None:
    """Make the first account and its second factor."""
    page.goto(link)
    page.fill("[name=name]", "lin.yan")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main form button.button-main")
    shown = page.locator(".hash").first.get_attribute("data-copy")
    assert shown
    seed = base64.b32decode(shown.replace(" ", ""))
    page.fill("[name=code]", code_at(seed, int(time.time()) // STEP_S))
    page.click("main form button.button-main")
    page.click("main a.button-main")


def decided(page: Page) -> tuple[int, int]:
    """Return how many questions are decided, and how many there are."""
    every, done = re.findall(r"\d+", page.locator("main .lead").inner_text())
    return int(done), int(every)


def write_all(form: Locator) -> list[str]:
    """Fill in one form; return the fields that this walk has no words for."""
    unknown = []
    for field in form.locator("input:not([type=hidden])").all():
        name = (field.get_attribute("name") or "").removeprefix("at:")
        words = WRITTEN.get(name)
        if field.get_attribute("type") == "checkbox" or (words is None and field.input_value()):
            continue
        if words is None:
            unknown.append(name)
        else:
            field.fill(words)
    return unknown


def test_from_nothing_to_a_published_list(browser: Browser, tmp_path: Path) -> None:
    start = time.monotonic()
    folder = tmp_path / "shop"
    with begun(folder) as (address, link):
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        come_in(page, link)
        assert page.url == f"{address}/console/decide"
        done, every = decided(page)
        assert 0 < done < every
        grave = page.locator("section.finding h2").first.inner_text()
        assert grave == "首次运行怎样征求同意？"
        while page.locator("form[action^='/console/decide/confirm']").count():
            before, _ = decided(page)
            form = page.locator("form[action^='/console/decide/confirm']").first
            for box in form.locator("input[type=checkbox]").all():
                box.check()
            form.locator("button").click()
            page.wait_for_load_state()
            assert decided(page)[0] > before
        for act in ("together", "answer"):
            while page.locator(f"form[action^='/console/decide/{act}']").count():
                before, _ = decided(page)
                form = page.locator(f"form[action^='/console/decide/{act}']").first
                assert not write_all(form)
                form.locator("button").click()
                page.wait_for_load_state()
                assert decided(page)[0] > before
        done, every = decided(page)
        assert done == every, page.locator("main").inner_text()
        assert "都定了" in page.locator("main").inner_text()
        page.goto(f"{address}/centre/information")
        listed = page.locator("main").inner_text()
        for words in ("注册和登录账号", "购买商品"):
            assert words in listed, words
        assert "待补" not in listed
        context.close()
    public = tmp_path / "public"
    subprocess.run(  # noqa: S603 (our own program)
        [*PROGRAM, "register", "publish", "--register", str(folder / "register"), str(public)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    published = "\n".join(one.read_text("utf-8") for one in public.rglob("*.md"))
    assert "注册和登录账号" in published
    assert "待补" not in published
    head = (folder / "register/activities/account.yaml").read_text("utf-8")
    assert "# 来源：" in head
    assert "待补" not in head
    assert time.monotonic() - start < MOST_S
