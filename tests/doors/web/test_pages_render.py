"""Every page is set from the sample register in both languages, whatever its texts hold."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.disclosure.used import Used
from chengnuo.domain.finding.board import board_of
from chengnuo.domain.finding.check import check, facts_of
from chengnuo.domain.finding.consent_controls import CONTROLS
from chengnuo.domain.finding.live import Fault, LiveOutcome, LiveResult, LiveRun
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register
from chengnuo.doors.csv_file import csv_file
from chengnuo.doors.web.centre_contact import contact_sections
from chengnuo.doors.web.centre_home import home_page
from chengnuo.doors.web.centre_information import information_page
from chengnuo.doors.web.centre_papers import PAPERS
from chengnuo.doors.web.centre_recipients import recipients_page
from chengnuo.doors.web.centre_rules import paper_page
from chengnuo.doors.web.console_activity import activity_page, prompts_of
from chengnuo.doors.web.console_agenda import agenda
from chengnuo.doors.web.console_app import app_page
from chengnuo.doors.web.console_board import board_page
from chengnuo.doors.web.console_findings import findings_page
from chengnuo.doors.web.console_findings_file import findings_table
from chengnuo.doors.web.console_found import findings_on
from chengnuo.doors.web.console_recipient import recipient_page
from chengnuo.doors.web.console_register import register_page
from chengnuo.doors.web.console_releases_view import ReleaseWords
from chengnuo.doors.web.console_running import clocks_of
from chengnuo.doors.web.console_running_view import running_list
from chengnuo.doors.web.console_store import store_page
from chengnuo.doors.web.console_today import House, Waiting, today_page
from chengnuo.doors.web.document_view import document_view
from chengnuo.doors.web.leafing import Leaf
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Frame, Link, render
from chengnuo.law.catalogue import Catalogue

EXAMPLES = Path(__file__).parents[3] / "examples"
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"' onload=x {{ 7*7 }} `"


def sample(name: str, catalogue: Catalogue) -> Register:
    files = RegisterFolder().read(EXAMPLES / name / "register")
    return read_register(files.trees, catalogue=catalogue, problems=files.problems).register


def with_texts(value: Any, change: Callable[[Text], Text]) -> Any:  # noqa: ANN401 (a tree of values)
    """The same value with every text in it changed."""
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(each, change) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: with_texts(getattr(value, field.name), change)
            for field in fields(value)
            if field.init
        }
        return replace(value, **changed)
    return value


FAULTS = (
    Fault(position=7, what=Text("错", "wrong"), activity="none"),
    Fault(position=0, what=Text("错", "wrong"), request="r-1"),
)
RUNS = [
    LiveRun(
        control=one,
        result=LiveResult(outcome=LiveOutcome.FAILED, looked_at=9, faults=FAULTS, wrong=5),
    )
    for one in CONTROLS
]
"""Every control over records, failing."""


def pages(say: Speaker) -> Iterator[tuple[str, str, object]]:
    """Name, template and view model of every page that a register makes."""
    register = say.register
    report = check(register, say.catalogue, TODAY)
    house = House(second_factor=False, reviewers=False)
    clocks = clocks_of(rights=None, dossiers=None, register=agenda(register, TODAY), releases=None)
    words = ReleaseWords(
        lang=say.lang, register=register, names={}, now=NOW, days=7, catalogue=say.catalogue
    )
    running = running_list(
        say, (clocks, clocks), Leaf(0), NOW, due="", kind="", release_words=words
    )
    counts = Waiting(late=0, running=clocks.count(late=False), second_person=0)
    yield "today", "console/today.html", today_page(say, report, house, running, counts, RUNS)
    board = board_of(facts_of(register, say.catalogue, TODAY), report=report)
    yield "board", "console/board.html", board_page(say, board)
    yield "register", "console/register.html", register_page(say)
    yield "findings", "console/findings.html", findings_page(say, report, RUNS, None)
    entry = "console/register_entry.html"
    for activity in register.activities:
        found = findings_on(say, report, RowRef("activity", activity.activity))
        prompts = prompts_of(say, activity.activity)
        yield activity.activity, entry, activity_page(say, activity.activity, found, prompts)
    for recipient in register.recipients:
        found = findings_on(say, report, RowRef("recipient", recipient.recipient))
        yield recipient.recipient, entry, recipient_page(say, recipient.recipient, found)
    for store in register.stores:
        found = findings_on(say, report, RowRef("store", store.store))
        yield store.store, entry, store_page(say, store.store, found)
    for app in register.apps:
        found = findings_on(say, report, RowRef("app", app.app))
        yield app.app, entry, app_page(say, app.app, found)
    app = register.apps[0]
    yield "home", "centre/home.html", home_page(say, app, None, None, entry=True)
    yield "contact", "centre/contact.html", contact_sections(say, app)
    declared = Declared(register=register, catalogue=say.catalogue, app_id=app.app)
    used = Used(uses=(), exports=(0, 0, 0), batches=0, behind=0)
    for counted in (None, used):
        items = "centre/items.html"
        name = "items" if counted is None else "own items"
        yield name, items, information_page(say, declared, counted, None)
        yield f"recipients as {name}", items, recipients_page(say, declared, counted, {})
    for paper, kind in PAPERS.items():
        document = document_view(derive(declared, kind), say.lang)
        page = paper_page(paper, document, say.lang, files=(), apps=())
        template = "centre/list.html" if kind in _LISTS else "centre/rules.html"
        yield paper, template, page


_LISTS = {DocumentKind.COLLECTION_LIST, DocumentKind.SHARING_LIST, DocumentKind.SUMMARY_TABLE}


def frame(lang: Lang, area: str) -> Frame:
    return Frame(
        lang=lang,
        area=area,
        path="/console",
        site="承诺",
        other_lang_href="/console?lang=en",
        pages=(Link(href="/console", name="今日", current=True),),
    )


def rendered(register: Register, catalogue: Catalogue, lang: Lang) -> dict[str, str]:
    say = Speaker(lang=lang, register=register, catalogue=catalogue)
    return {
        name: render(template, frame=frame(lang, template.partition("/")[0]), page=page)
        for name, template, page in pages(say)
    }


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("name", ["shop", "faulty"])
def test_every_page_of_a_register_is_set(name: str, lang: Lang, catalogue: Catalogue) -> None:
    found = rendered(sample(name, catalogue), catalogue, lang)
    assert all("</html>" in html for html in found.values())


def test_what_a_register_says_is_shown_and_never_run(catalogue: Catalogue) -> None:
    def hostile(text: Text) -> Text:
        return Text(f"{HOSTILE}{text.zh}", None if text.en is None else f"{HOSTILE}{text.en}")

    register = with_texts(sample("shop", catalogue), hostile)
    for name, html in rendered(register, catalogue, Lang.ZH).items():
        assert "<script>" not in html, name
        assert not re.search(r"<[^>]*\sonload=", re.sub(r'"[^"]*"', "", html)), name
        assert "49" not in re.findall(r"onload=x (\S+)", html), name


@pytest.mark.parametrize("lang", list(Lang))
def test_no_page_names_an_id_twice(lang: Lang, catalogue: Catalogue) -> None:
    for name, html in rendered(sample("shop", catalogue), catalogue, lang).items():
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert sorted(set(ids)) == sorted(ids), name


def test_the_file_of_findings_runs_no_formula(catalogue: Catalogue) -> None:
    def formula(_: Text) -> Text:
        return Text("=HYPERLINK(0)")

    register = with_texts(sample("faulty", catalogue), formula)
    say = Speaker(lang=Lang.ZH, register=register, catalogue=catalogue)
    report = check(register, catalogue, TODAY)
    made = csv_file(*findings_table(say, report, [], None))
    lines = list(csv.reader(made.decode("utf-8-sig").splitlines()))
    assert len(lines) == 1 + len(report.findings)
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]


def test_sensitive_information_is_bold_underlined_and_named(catalogue: Catalogue) -> None:
    html = rendered(sample("shop", catalogue), catalogue, Lang.ZH)["nearby-stores"]
    assert '<span class="sensitive">精准定位</span> <span class="tag">敏感</span>' in html
