"""待复核 lists whatever waits for a second person, of every kind, and each of them opens."""

import html
import re
from collections.abc import Iterator

import pytest
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import start
from tests.duties.duty_kit import FILES, REASON, SAMPLE, Duties
from tests.usecases.dossier.ways import WAYS

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.doors.http.exchange import LANG_COOKIE
from chengnuo.ports.accounts import Role
from chengnuo.usecases.dossier.second_person import states_waiting

PAGE, BOARD = "/console/second-person", "/console/board/publish"


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Duties, dict[str, str]]]:
    """A house in which one of each sort of dossier, a file and the public board wait."""
    folder = tmp_path_factory.mktemp("waiting")
    kit = start(folder / "data", demo=True, register=str(SAMPLE))
    duties, asked = Duties(kit=kit, folder=folder), {}
    duties.browser(Role.REVIEWER)
    wanted = {sort for sort, _ in states_waiting(SORTS.values())}
    states = set(states_waiting(SORTS.values()))
    for sort in sorted(wanted & set(WAYS)):
        state, steps = "", 0
        for what, _, _ in WAYS[sort]:
            steps += 1
            act = SORTS[sort].act(what)
            assert act is not None
            state = act.to or state
            if (sort, state) in states:
                break
        if (sort, state) in states:
            asked[sort] = duties.done(sort, WAYS[sort][:steps])
    staff = duties.browser(Role.STAFF)
    done = staff.submit(FILES, FILES, {"about": "duty-1", "reason": REASON})
    seen = re.findall(r'name="seen" value="([^"]+)"', staff.get(BOARD).text)
    asked_board = staff.submit(BOARD, BOARD, {"step": "publish", "seen": seen[0]})
    assert asked_board.status_code == 303
    assert done.status_code == 303, done.text[-2000:]
    yield duties, asked
    kit.service.close()


def test_every_kind_is_listed_and_counted(waiting: tuple[Duties, dict[str, str]]) -> None:
    duties, asked = waiting
    text = duties.browser(Role.REVIEWER).get(PAGE).text
    missing = [sort for sort, wanted in asked.items() if wanted not in text]
    assert missing == []
    assert f'href="{BOARD}"' in text
    assert 'href="/console/evidence/files"' in text
    (count,) = re.findall(r'id="lines">[^<]*<span class="term" data-rows="([0-9,]+)"', text)
    assert int(count) == text.count('class="four-eyes"') == len(asked) + 2


def test_each_of_them_opens_and_says_who_may(waiting: tuple[Duties, dict[str, str]]) -> None:
    reviewer = waiting[0].browser(Role.REVIEWER)
    links = re.findall(r'class="task-name" href="([^"]+)"', reviewer.get(PAGE).text)
    assert links
    for link in links:
        answer = reviewer.get(html.unescape(link))
        assert answer.status_code == 200, link
        assert 'class="four-eyes"' in answer.text, link


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.AUDITOR])
def test_each_says_who_asked_and_who_may(
    waiting: tuple[Duties, dict[str, str]], role: Role
) -> None:
    text = staff_of(waiting[0].kit, role).get(PAGE).text
    eyes = re.findall(r'<div class="four-eyes">.*?</dl>', text, re.DOTALL)
    assert eyes
    for one in eyes:
        assert one.count("<dt>") == 3
        assert "<dd></dd>" not in one


def test_it_says_so_in_english(waiting: tuple[Duties, dict[str, str]]) -> None:
    browser = staff_of(waiting[0].kit, Role.REVIEWER)
    browser.client.cookies.set(LANG_COOKIE, "en")
    text = browser.get(PAGE).text.partition("<main")[2].partition("</main")[0]
    assert "Public pledge board" in text
