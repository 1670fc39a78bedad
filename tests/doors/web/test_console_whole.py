"""The console as a whole: its map, empty lists, figures and their rows, what is red, four eyes."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.console_walk import (
    figures_of,
    reds_of,
    rows_behind,
    walked,
)
from tests.doors.web.open_requests import let_people_ask
from tests.duties.duty_kit import SAMPLE, Duties, typed
from tests.usecases.dossier.ways import WAYS, filled

from chengnuo.base.text import Lang
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.doors.web.console_map import MAP, console_groups, entries
from chengnuo.doors.web.saved_view import LISTS
from chengnuo.doors.web.wording import wording
from chengnuo.ports.accounts import Role

IN_ORDER = (
    *("承诺板", "今日", "登记簿", "告知与同意", "双清单", "决策与拦截", "权利请求", "未成年人"),
    *("个性化与定价", "第三方与 SDK", "跨境", "评估", "事件", "投诉", "发布检查", "证据与审计"),
    "设置",
)
EMPTY = re.compile(r'<div class="empty">.*?</div>', re.DOTALL)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """A service with a register and nothing else."""
    made = start(tmp_path_factory.mktemp("bare") / "data", demo=True, register=str(SAMPLE))
    yield made
    made.service.close()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duties]:
    """A service in which dossiers are open, some of them late and some for a second person."""
    folder = tmp_path_factory.mktemp("busy")
    kit = start(folder / "data", demo=True, register=str(SAMPLE))
    duties = Duties(kit=kit, folder=folder)
    duties.browser(Role.REVIEWER)
    for sort in ("complaint", "incident", "minors-access", "filing"):
        duties.first(sort)
    kit.clock.pass_by(timedelta(days=40))
    duties.roles.clear()
    yield duties
    kit.service.close()


def test_the_map_has_every_entry_in_its_order() -> None:
    groups = console_groups(wording(Lang.ZH), Role.REVIEWER, "/console")
    assert tuple(link.name for group in groups for link in group.links) == IN_ORDER


def test_an_admin_sees_no_entry_of_individuals_and_a_reviewer_none_of_accounts() -> None:
    def seen(role: Role) -> set[str]:
        paths = {one.href for one in entries()}
        return {
            link.href
            for path in paths
            for group in console_groups(wording(Lang.EN), role, path)
            for top in group.links
            for link in (top, *top.below)
        }

    assert "/console/people" in seen(Role.ADMIN) - seen(Role.REVIEWER)
    assert {"/console/complaints", "/console/individual"} <= seen(Role.AUDITOR) - seen(Role.ADMIN)


@pytest.mark.parametrize("path", sorted({one.href for one in entries()}))
def test_a_page_marks_itself_and_the_entry_that_it_belongs_to(path: str) -> None:
    groups = console_groups(
        wording(Lang.ZH), Role.ADMIN, f"{path}/x" if path != "/console" else path
    )
    groups = groups or ()
    marked = [link for group in groups for link in group.links if link.current]
    top = [
        one for _, each in MAP for one in each if path in {one.href, *(b.href for b in one.beside)}
    ]
    assert [link.href for link in marked] == [one.href for one in top if Role.ADMIN in one.who]


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_that_is_shown_opens(bare: Kit, role: Role) -> None:
    browser = staff_of(bare, role)
    for one in entries():
        if role in one.who:
            assert browser.get(one.href).status_code == 200, one.href


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
def test_every_empty_list_has_a_sentence_and_somewhere_to_go(bare: Kit, role: Role) -> None:
    """On every page that links of the console lead to, in a house in which nothing was done."""
    pages = walked(staff_of(bare, role))
    seen, bad = 0, set()
    for path, text in pages.items():
        for block in EMPTY.findall(text):
            seen += 1
            said = re.sub(r"<[^>]+>", "", block.partition("</p>")[2]).strip()
            href = re.search(r'href="([^"#]*)(#[^"]*)?"', block)
            if href is None and "<code>chengnuo " not in block:
                bad.add((path, "goes nowhere"))
            if href is not None and href[2] and not href[1] and f'id="{href[2][1:]}"' not in text:
                bad.add((path, href[2]))
            if said.count("。") == 0:
                bad.add((path, "no sentence"))
    assert bad == set()
    assert set(LISTS) & set(pages)
    assert seen > 20


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
def test_every_figure_opens_as_many_rows_as_it_says(busy: Duties, role: Role) -> None:
    browser, looked = staff_of(busy.kit, role), 0
    for path in sorted({one.href for one in entries() if role in one.who}):
        for figure in figures_of(browser, path):
            assert rows_behind(browser, figure).replace(",", "") == figure.count.replace(",", ""), (
                figure
            )
            looked += 1
    assert looked > 20


def test_a_number_without_rows_is_the_exception(busy: Duties) -> None:
    """On today's page every figure leads to its rows but one, of which the findings tell."""
    text = staff_of(busy.kit, Role.REVIEWER).get("/console").text.partition("<main")[2]
    figures = text.partition('class="figures"')[2].partition("</dl>")[0]
    assert figures.count("data-figure=") == figures.count("<dt>") - 1 > 1


def test_what_is_red_in_a_dossier_has_article_row_proof_and_fix(busy: Duties) -> None:
    browser, found = staff_of(busy.kit, Role.REVIEWER), 0
    for sort, wanted in busy.begun.items():
        text = browser.get(f"/console/{SORTS[sort].path}/{wanted}").text
        reds = reds_of(text)
        facts = text.partition('id="clocks"')[2].partition("</section>")[0]
        assert len(reds) == facts.count("status-grave"), sort
        for red in reds:
            assert re.search(r'<p class="cite"><b>[^<]+</b>', red)
            assert red.count("<dt>") == 3
            assert red.count('class="row-link" href="') == 3
            found += 1
    assert found


def test_today_has_the_most_pressing_first_with_colour_word_number_and_who(busy: Duties) -> None:
    browser = staff_of(busy.kit, Role.STAFF)
    text = browser.get("/console?due=near").text
    text = text.partition('id="clocks"')[2].partition("</section>")[0]
    kinds = re.findall(r'class="status status-([a-z]+)"', text)
    assert kinds[0] == "grave"
    assert kinds == sorted(kinds, key=lambda kind: kind != "grave")
    assert text.count("由谁办") == text.count('class="task"') > 1
    late = browser.get("/console?due=overdue").text.partition('id="clocks"')[2]
    assert 0 < late.partition("</section>")[0].count('class="task"') <= kinds.count("grave")
    only = browser.get("/console?kind=complaint").text.partition('id="clocks"')[2]
    assert "/console/complaints/" in only
    assert "/console/incidents/" not in only.partition("</section>")[0]


def test_everything_with_a_clock_stands_by_its_own_last_day(busy: Duties) -> None:
    """Requests, dossiers, releases and dates of the register, each by the day that it shows."""
    let_people_ask(busy.kit, 30)
    browser = staff_of(busy.kit, Role.REVIEWER)
    text = (
        browser.get("/console?due=all").text.partition('id="clocks"')[2].partition("</section>")[0]
    )
    days = re.findall(r'class="task-when">([0-9]{4}-[0-9]{2}-[0-9]{2})', text)
    assert days == sorted(days)
    assert len(days) == text.count('class="task"') > 30
    late = browser.get("/console?due=overdue").text
    for kind in ("rights", "register", "complaint", "filing"):
        own = browser.get(f"/console?due=all&kind={kind}").text.partition('id="clocks"')[2]
        own_days = re.findall(r'class="task-when">([0-9-]{10})', own.partition("</section>")[0])
        assert own_days == sorted(own_days) != []
    clocks = late.partition('id="clocks"')[2].partition("</section>")[0]
    assert clocks.count('class="task"') == clocks.count("status-grave")


@pytest.mark.parametrize("leaf", ["-1", "x", "99999999999999999999", "8", ""])
def test_a_leaf_beyond_the_last_is_an_empty_one_or_the_first(busy: Duties, leaf: str) -> None:
    browser = staff_of(busy.kit, Role.REVIEWER)
    for page in ("/console", "/console/rights", "/console/second-person", "/console/complaints"):
        assert browser.get(f"{page}?leaf={leaf}").status_code in {200, 400, 404}


def test_what_waits_for_a_second_person_says_who_asked_and_who_may(busy: Duties) -> None:
    asked = busy.begun["minors-access"]
    for role, words in ((Role.REVIEWER, "等您办理"), (Role.STAFF, "您提出的，须由别人办理")):
        text = staff_of(busy.kit, role).get("/console/second-person").text
        assert asked in text
        assert words in text
        page = staff_of(busy.kit, role).get(f"/console/minors-access/{asked}").text
        assert words in page
    assert asked not in staff_of(busy.kit, Role.ADMIN).get("/console/second-person").text


def csv_of(browser: Browser, path: str) -> list[str]:
    return browser.get(path).content.decode("utf-8-sig").splitlines()


def test_a_list_can_be_had_as_a_file_as_it_is_narrowed(busy: Duties) -> None:
    browser = staff_of(busy.kit, Role.AUDITOR)
    complaints = csv_of(browser, "/console/complaints/list.csv")
    assert complaints[0].startswith("编号,")
    assert len(complaints) == 2
    assert len(csv_of(browser, "/console/minors-access/list.csv?late=yes")) == 1
    sheet = browser.get("/console/complaints/list.xlsx")
    assert sheet.content[:2] == b"PK"
    assert staff_of(busy.kit, Role.ADMIN).get("/console/complaints/list.csv").status_code == 403


def test_a_filter_is_kept_renamed_shared_and_deleted(busy: Duties) -> None:
    mine, page = staff_of(busy.kit, Role.STAFF), "/console/complaints?late=yes"
    kept = {"place": "/console/complaints", "query": "late=yes", "name": " 逾期的投诉 "}
    answer = mine.submit(page, "/console/filters", kept)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert '<a href="/console/complaints?late=yes" aria-current="true">逾期的投诉</a>' in (
        mine.get(page).text
    )
    other = staff_of(busy.kit, Role.AUDITOR)
    assert "逾期的投诉" not in other.get(page).text
    text = mine.get("/console/filters").text
    wanted = re.findall(r'action="(/console/filters/[0-9a-f]+)/rename"', text)[0]
    renamed = mine.submit("/console/filters", f"{wanted}/rename", {"name": "逾期", "shared": "yes"})
    assert renamed.status_code == 303
    assert ">逾期</a>" in other.get(page).text
    for act in ("rename", "delete"):
        assert other.submit("/console", f"{wanted}/{act}", {"name": "x"}).status_code == 400
    assert ">逾期</a>" in mine.get(page).text
    assert mine.submit("/console/filters", f"{wanted}/delete").status_code == 303
    assert ">逾期</a>" not in mine.get(page).text


@pytest.mark.parametrize("name", ["", "  ", "长" * 41, "两\n行"])
def test_a_filter_without_a_fit_name_comes_back_as_it_was_typed(busy: Duties, name: str) -> None:
    mine = staff_of(busy.kit, Role.STAFF)
    sent = {"place": "/console/rights", "query": "stage=parked", "name": name, "shared": "yes"}
    answer = mine.submit("/console/rights", "/console/filters", sent)
    assert answer.status_code == 400
    assert 'name="query" value="stage=parked"' in answer.text
    assert "1 至 40 个字" in answer.text
    assert re.search(r'id="shared"[^>]* checked', answer.text)


@pytest.mark.parametrize(
    ("place", "query"),
    [("/console/account", ""), ("/console/rights", "stage=a b"), ("//evil.example", "")],
)
def test_only_what_a_list_knows_is_kept(busy: Duties, place: str, query: str) -> None:
    mine = staff_of(busy.kit, Role.STAFF)
    sent = {"place": place, "query": query, "name": "x"}
    assert mine.submit("/console/rights", "/console/filters", sent).status_code == 404


def test_several_dossiers_at_once_are_shown_first_then_done_each_by_itself(busy: Duties) -> None:
    staff, path = staff_of(busy.kit, Role.STAFF), "/console/filings"
    ids = [busy.done("filing", WAYS["filing"][:1]) for _ in range(2)]
    ended = busy.one("filing")
    asked = {"act": "file", "dossier": [*ids, ended]}
    preview = staff.submit(f"{path}?ended=yes", f"{path}/bulk", asked)
    assert preview.status_code == 200
    assert "会办 2 件，不办 1 件" in preview.text
    assert preview.text.count('name="dossier" value=') == 2
    assert "现在还什么都没做" in preview.text

    def steps(one: str) -> int:
        return staff.get(f"{path}/{one}").text.count("/console/evidence/records/")

    before = [steps(one) for one in ids]
    wrong = staff.submit(f"{path}?ended=yes", f"{path}/bulk/do", {"act": "file", "dossier": ids})
    assert wrong.status_code == 400
    assert [steps(one) for one in ids] == before
    (said,) = [fields for what, _, fields in WAYS["filing"] if what == "file"]
    fields = typed(filled(said, busy.rows("filing")))
    done = staff.submit(
        f"{path}?ended=yes", f"{path}/bulk/do", {"act": "file", "dossier": [*ids, ended], **fields}
    )
    assert "办成 2 件，没办 1 件" in done.text
    assert [steps(one) for one in ids] == [one + 1 for one in before]


def test_whoever_asked_does_not_approve_several_at_once_either(busy: Duties) -> None:
    path = "/console/minors-access"
    reviewer = staff_of(busy.kit, Role.REVIEWER)
    own = reviewer.submit(
        f"{path}/new/ask",
        f"{path}/new/ask",
        {**typed(filled(WAYS["minors-access"][0][2], busy.rows())), "account": "4711"},
    )
    mine = own.headers["location"].rpartition("/")[2]
    asked = {"act": "grant", "dossier": [mine, busy.begun["minors-access"]]}
    preview = reviewer.submit(path, f"{path}/bulk", asked).text
    assert "会办 1 件，不办 1 件" in preview
    assert "须由别人办理（四眼）" in preview
    assert f'name="dossier" value="{mine}"' not in preview
