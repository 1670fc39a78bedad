"""Tools that pip does not bring: found when present, their tests skipped with the reason when not.

`@pytest.mark.needs("chromium")` on a test names what it needs; every test below
`tests/doors/web/browser` needs Chromium without saying so. `chromium` is a fixture with its path.

With `--skip-nothing`, as CI runs, a test skipped for whatever reason fails the run.
"""

import shutil
from pathlib import Path

import pytest

# What a test may need: the names its program goes by, and the Debian package that brings it.
TOOLS = {
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "pdftotext": (("pdftotext",), "poppler-utils"),
    "pdftoppm": (("pdftoppm",), "poppler-utils"),
    "redis-server": (("redis-server",), "redis-server"),
    "softhsm2-util": (("softhsm2-util",), "softhsm2"),
}
BROWSER_TESTS = Path(__file__).parents[1] / "doors" / "web" / "browser"


def found(tool: str) -> Path | None:
    """Return where a tool is, or None."""
    names, _ = TOOLS[tool]
    places = (shutil.which(name) for name in names)
    return next((Path(place) for place in places if place), None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--skip-nothing`."""
    parser.addoption("--skip-nothing", action="store_true", help="fail when a test was skipped")


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark, and let the reasons of skipped tests be printed."""
    config.addinivalue_line("markers", "needs(*tools): skipped when one of the tools is absent")
    if "s" not in config.option.reportchars:
        config.option.reportchars += "s"


def needed(item: pytest.Item) -> list[str]:
    """Return the tools that a test needs."""
    named = [str(tool) for mark in item.iter_markers("needs") for tool in mark.args]
    return ["chromium", *named] if item.path.is_relative_to(BROWSER_TESTS) else named


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tool is absent."""
    for tool in needed(item):
        if found(tool) is None:
            pytest.skip(f"{tool} is not installed (Debian package {TOOLS[tool][1]})")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return where Chromium is; the test is skipped when it is absent."""
    place = found("chromium")
    if place is None:
        pytest.skip(f"chromium is not installed (Debian package {TOOLS['chromium'][1]})")
    return place


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that may skip nothing but did."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not session.config.getoption("--skip-nothing") or reporter is None:
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
