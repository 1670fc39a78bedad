"""Tools that pip does not bring: found when present, their tests skipped with the reason when not.

`@pytest.mark.needs("chromium")` on a test names what it needs; every test below
`tests/doors/web/browser` needs Chromium without saying so. `chromium` is a fixture with its path.
A fixture that starts a server asks `tool` for its program: tests that take it need no mark.

With `--skip-nothing`, as CI runs, a test skipped for whatever reason fails the run.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.servers.databases import postgresql_programs

# What a test may need: the names its program goes by, and the Debian package that brings it.
TOOLS = {
    "aapt": (("aapt",), "aapt"),
    # The one without windows draws the same pages for three quarters of the processor time.
    "chromium": (
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        "chromium-headless-shell",
    ),
    "dexdump": (("dexdump",), "dexdump"),
    "mariadb": (("mariadb-install-db",), "mariadb-server"),
    "node": (("node",), "nodejs"),
    "pdftotext": (("pdftotext",), "poppler-utils"),
    "pdftoppm": (("pdftoppm",), "poppler-utils"),
    "postgresql": (("postgres",), "postgresql"),
    "redis-server": (("redis-server",), "redis-server"),
    "softhsm2-util": (("softhsm2-util",), "softhsm2"),
}
# Where those are looked for that Debian installs off PATH.
OFF_PATH = {"postgresql": postgresql_programs}
BROWSER_TESTS = Path(__file__).parents[1] / "doors" / "web" / "browser"


def found(tool: str) -> Path | None:
    """Return where a tool is, or None."""
    names, _ = TOOLS[tool]
    folder = OFF_PATH.get(tool, lambda: None)()
    places = (shutil.which(name, path=folder) for name in names)
    return next((Path(place) for place in places if place), None)


def required(tool: str) -> Path:
    """Return where a tool is; the test that asks is skipped with the reason when it is absent."""
    if (place := found(tool)) is None:
        pytest.skip(f"{tool} is not installed (Debian package {TOOLS[tool][1]})")
    return place


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
        required(tool)


@pytest.fixture(scope="session")
def tool() -> Callable[[str], Path]:
    """Return what tells where a tool is, and skips the test when it is absent."""
    return required


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return where Chromium is; the test is skipped when it is absent."""
    return required("chromium")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that may skip nothing but did."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not session.config.getoption("--skip-nothing") or reporter is None:
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
