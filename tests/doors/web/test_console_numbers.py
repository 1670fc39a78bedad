"""Every number of the console that opens rows is held to them; today is a handful, and a file."""

import re
from collections.abc import Iterator

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.consent_kit import Choosing
from tests.doors.web.console_walk import FigureSeen, numbers_of, rows_behind
from tests.doors.web.open_requests import let_people_ask
from tests.duties.duty_kit import SAMPLE, Duties

from chengnuo.doors.web.console_map import entries
from chengnuo.doors.web.console_running_view import HANDFUL
from chengnuo.ports.accounts import Role


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A service in which people chose for weeks, asked, and were decided about."""
    folder = tmp_path_factory.mktemp("full")
    made = start(folder / "data", demo=True, register=str(SAMPLE))
    Choosing(kit=made).some_weeks(12)
    let_people_ask(made, 12)
    duties = Duties(kit=made, folder=folder)
    duties.browser(Role.REVIEWER)
    for sort in ("complaint", "incident", "minors-access", "filing", "remedy"):
        duties.first(sort)
    made.run_controls()
    yield made
    made.service.close()


def csv_of(browser: Browser, path: str) -> list[str]:
    return browser.get(path).content.decode("utf-8-sig").splitlines()


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
def test_every_number_that_opens_rows_opens_as_many(full: Kit, role: Role) -> None:
    """In tables, legends, choices and figures, on every page that has an entry and those beside."""
    browser, looked, wrong = staff_of(full, role), set[FigureSeen](), set[tuple[FigureSeen, str]]()
    pages = [one.href for one in entries() if role in one.who]
    pages += ["/console?due=near", "/console?due=all", "/console/findings?severity=high"]
    for path in sorted(set(pages)):
        for number in numbers_of(path, browser.get(path).text):
            looked.add(number)
            rows = rows_behind(browser, number).replace(",", "")
            if rows != number.count.replace(",", ""):
                wrong.add((number, rows))
    assert wrong == set()
    assert len(looked) > (30 if role is Role.ADMIN else 50)


def test_todays_list_can_be_had_as_a_file_as_it_is_narrowed(full: Kit) -> None:
    browser = staff_of(full, Role.REVIEWER)
    for due in ("near", "overdue", "all"):
        page = browser.get(f"/console?due={due}").text.partition('id="clocks"')[2]
        rows = re.search(r'data-rows="([0-9,]+)"', page)
        lines = csv_of(browser, f"/console/today.csv?due={due}")
        assert rows is not None
        assert len(lines) == 1 + int(rows[1])
        assert lines[0] == "期限,剩余,事项,内容,状态,由谁办"
    assert browser.get("/console/today.xlsx?kind=complaint").content[:2] == b"PK"
    admin = csv_of(staff_of(full, Role.ADMIN), "/console/today.csv?due=all")
    assert not [line for line in admin if "投诉" in line]


def test_today_is_a_handful_with_ways_to_the_rest(full: Kit) -> None:
    text = staff_of(full, Role.REVIEWER).get("/console").text
    clocks = text.partition('id="clocks"')[2].partition("</section>")[0]
    assert clocks.count('class="task"') == HANDFUL
    assert 'href="/console?due=near"' in clocks
    shown = re.sub(r"<details><summary>.*?</details>", "", text, flags=re.DOTALL)
    for group in re.findall(r'aria-labelledby="group-[0-9]+".*?</section>', shown, re.DOTALL):
        assert group.count('class="task"') <= HANDFUL
