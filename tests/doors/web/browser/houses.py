"""A real `serve` in a process of its own, and what a browser needs to come in."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from playwright.sync_api import Browser

EXAMPLES = Path(__file__).parents[4] / "examples"
PASSWORD = "hangzhou-rain-2026-teacup"  # noqa: S105 (of an account that lives for one test run)
_ADDRESS = re.compile(r"serving at (http://\S+?);")
_LINK = re.compile(r"to make the admin: (http://\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A running service.

    Attributes:
        address: Where it answers, without a slash at the end.
        link: The one-time set-up link.

    """

    address: str
    link: str


@contextmanager
def serving(register: Path, data: Path, settings: Path | None = None) -> Iterator[House]:
    """Run `chengnuo serve`, which has no account yet, on a free port until the block is left.

    With settings people come in by their issuer, without by the demo.

    Raises:
        AssertionError: It ended by itself; with what it said, and where its threads stood.

    """
    command = [sys.executable, "-m", "chengnuo", "serve", "--port", "0"]
    command += ["--demo"] if settings is None else ["--settings", str(settings)]
    command += ["--register", str(register), "--data", str(data)]
    environment = os.environ | {
        "CHENGNUO_REQUESTS_PER_MINUTE": "1000000",
        "CHENGNUO_SIGN_INS_PER_MINUTE": "1000000",
        "CHENGNUO_PLANES": str(data.parent / f"{data.name}-planes"),
        "PYTHONFAULTHANDLER": "1",
    }
    said = data.parent / f"{data.name}-stderr.txt"
    with (
        said.open("wb") as errors,
        subprocess.Popen(  # noqa: S603 (our own program)
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        ) as process,
    ):
        try:
            assert process.stdout is not None
            yield _announced(process.stdout)
        finally:
            ended = process.poll()
            process.terminate()
            process.wait(timeout=60)
            if ended is not None:  # a refused connection is then its doing, and no race of ours
                last = said.read_text("utf-8", "replace")[-3000:]
                raise AssertionError(f"serve ended by itself ({ended}); it said: {last}")


def _announced(lines: IO[str]) -> House:
    said = ""
    for line in lines:
        said += line
        address, link = _ADDRESS.search(said), _LINK.search(said)
        if address and link:
            return House(address=address[1], link=link[1])
    message = f"serve ended before it was up; it said: {said!r}"
    raise AssertionError(message)


def earlier_register(folder: Path) -> Path:
    """Return a copy of the sample register as it was before its last change."""
    shutil.copytree(EXAMPLES / "shop" / "register", folder)
    activity = folder / "activities" / "nearby-stores.yaml"
    text = activity.read_text("utf-8")
    assert "P30D" in text
    activity.write_text(text.replace("P30D", "P180D"), "utf-8")
    return folder


def staff_state(browser: Browser, house: House, file: Path) -> Path:
    """Make the first admin by the set-up link and keep the browser's cookies in a file."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(house.link)
    page.fill("[name=name]", "lin.yan")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("main .button-main")
    assert page.url.startswith(f"{house.address}/console"), page.url
    context.storage_state(path=file)
    context.close()
    return file


def signed_in_again(browser: Browser, house: House, file: Path) -> Path:
    """Sign that admin in again, as a session ends when nobody uses it for half an hour."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{house.address}/console/sign-in")
    page.fill("[name=name]", "lin.yan")
    page.fill("[name=password]", PASSWORD)
    page.click("main .button-main")
    assert page.url.startswith(f"{house.address}/console"), page.url
    assert "/sign-in" not in page.url
    context.storage_state(path=file)
    context.close()
    return file


def individual_state(browser: Browser, house: House, file: Path) -> Path:
    """Come in as the sample individual and keep the browser's cookies in a file."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{house.address}/centre/enter")
    page.click("form[action='/centre/demo'] button")
    context.storage_state(path=file)
    context.close()
    return file
