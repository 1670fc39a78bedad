"""Requests about rights on the console's pages: every stage, every role, in both languages."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.doors.web.rights_scenes import (
    SECRET,
    copy,
    correction,
    every_scene,
    fulfilled,
    line_of,
    parked,
    request_of,
    seen_of,
    task_of,
)

from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.text import Lang
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register
from chengnuo.domain.rights.letters import REFUSALS
from chengnuo.domain.rights.machine import TRANSITIONS, Event, Stage
from chengnuo.domain.rights.plan import ColumnFate, ProblemKind, RowFate
from chengnuo.domain.rights.request import AskedBy, RequestId
from chengnuo.doors.csv_file import csv_file
from chengnuo.doors.web.console_rights_acts_view import Reason, Written, acts_view, may
from chengnuo.doors.web.console_rights_ages import ages_seen
from chengnuo.doors.web.console_rights_narrow import Narrow, QueueCounts
from chengnuo.doors.web.console_rights_queue_view import (
    QueuePage,
    queue_page,
    queue_table,
)
from chengnuo.doors.web.console_rights_tasks_view import tasks_page
from chengnuo.doors.web.console_rights_view import request_page, written_by
from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.four_eyes import FourEyes, four_eyes
from chengnuo.doors.web.leafing import Leaf
from chengnuo.doors.web.page_parts import StatusKind
from chengnuo.doors.web.rendering import Frame, render
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.accounts import Account, AccountId, Role
from chengnuo.usecases.rights.figures import Alike
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
SCENES = {f"{place}-{seen.stage}": seen for place, seen in enumerate(every_scene())}
ACTS = {"release": Event.RELEASED, "decline": Event.DECLINED, "resume": Event.RESUMED}


@pytest.fixture(scope="module")
def shop(catalogue: Catalogue) -> Register:
    """The register of the sample shop."""
    files = RegisterFolder().read(SAMPLE)
    return read_register(files.trees, catalogue=catalogue, problems=files.problems).register


@pytest.fixture(params=list(Lang))
def say(request: pytest.FixtureRequest, shop: Register, catalogue: Catalogue) -> RightsWords:
    """The words of a page, in each language."""
    return RightsWords(lang=request.param, register=shop, catalogue=catalogue)


def frame(say: RightsWords) -> Frame:
    return Frame(
        lang=say.lang,
        area="console",
        path="/console/rights",
        site="x",
        other_lang_href="/",
        csrf_token="0" * 64,
    )


def me(role: Role) -> Account:
    return Account(
        id=AccountId(role.value), name=role.value, role=role, enabled=True, created_at=NOW
    )


NOW = every_scene()[0].request.received


def eyes_of(say: RightsWords, who: Account | None = None) -> FourEyes:
    return four_eyes(say.t, asked_by="", names={}, missing="", me=who or me(Role.STAFF))


def html_of(say: RightsWords, seen: RequestSeen, role: Role = Role.REVIEWER) -> str:
    reasons = tuple(
        Reason(value=code, name=why.in_lang(say.lang)) for code, (_, why) in REFUSALS.items()
    )
    acts = acts_view(
        say,
        seen,
        me(role),
        single_person=False,
        eyes=eyes_of(say, me(role)),
        reasons=reasons,
        written=Written(),
    )
    page = request_page(say, seen, acts, {"staff-of-the-log": "staff.of.the.log"})
    return render("console/rights_request.html", frame=frame(say), page=page)


def queue_of(
    say: RightsWords,
    lines: Sequence[RequestLine],
    *,
    role: Role = Role.REVIEWER,
    narrow: Narrow | None = None,
    like: dict[RequestId, Alike] | None = None,
) -> QueuePage:
    counts = QueueCounts(
        open=len(lines),
        overdue=sum(line.days_left < 0 for line in lines),
        needs_release=sum(line.stage is Stage.NEEDS_RELEASE for line in lines),
        parked=sum(line.stage is Stage.PARKED for line in lines),
        tasks=2,
    )
    return queue_page(
        say,
        counts,
        lines,
        narrow or Narrow(),
        like=like or {},
        role=role,
        leaf=Leaf(0),
        total=len(lines),
    )


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.AUDITOR])
def test_every_request_is_shown_to_who_may_read_and_no_value_of_it(
    say: RightsWords, name: str, role: Role
) -> None:
    html = html_of(say, SCENES[name], role)
    assert SCENES[name].request.id in html
    assert SECRET not in html
    assert "f" * 64 not in html
    assert (
        not re.search(r"<form", html.split("<main", 1)[1])
        or role is not Role.AUDITOR
        or (
            html.count("<form method") + html.count('<form class="form" method') == 1
            and "/read" in html
        )
    )


def test_problems_come_before_the_plan_and_what_blocks_before_what_is_to_know(
    say: RightsWords,
) -> None:
    html = html_of(say, parked())
    assert html.index('id="problems"') < html.index('id="facts"') < html.index('id="plan"')
    assert html.index("ip</code>") < html.index("gift_note</code>")
    assert say.t("console.rights.store-blocked") in html


def test_a_plan_says_whose_rows_which_duty_and_who_refers_to_them(say: RightsWords) -> None:
    html = html_of(say, parked())
    for wanted in (
        "1,204",
        "<code>family_group</code>",
        "<code>main.refunds</code>",
        say.t("console.rights.referring", mine="1", others="3"),
        say.t("console.rights.belongs-text.shared"),
        say.t("console.rights.instead-of", what=say.t("when-deleted.delete-row")),
        "2029-",
        say.catalogue.duty("PIPL-47").summary.in_lang(say.lang),
        say.t("law.summary"),
    ):
        assert wanted in html


def test_an_answer_says_what_was_done_what_was_kept_and_who_was_told(say: RightsWords) -> None:
    html = html_of(say, fulfilled())
    for wanted in ("1,217", "chengnuo-copy-1.zip", say.t("console.rights.sent.acknowledged")):
        assert wanted in html
    assert "/files/" not in html.split("<main", 1)[1]


def test_what_the_individual_wrote_stands_only_where_it_is_opened(say: RightsWords) -> None:
    seen = correction()
    assert "/read" in html_of(say, seen)
    assert "main.address.street" in html_of(say, seen)
    facts = written_by(say, seen)
    acts = acts_view(
        say,
        seen,
        me(Role.AUDITOR),
        single_person=False,
        eyes=eyes_of(say),
        reasons=(),
        written=Written(),
    )
    page = request_page(say, seen, acts, {}, read=facts)
    assert SECRET in render("console/rights_request.html", frame=frame(say), page=page)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("act", [*ACTS, "partly"])
def test_nobody_crosses_roles(act: str, stage: Stage, role: Role) -> None:
    event = ACTS.get(act, Event.CONCLUDED_PARTLY)
    by_two = may(act, stage, role, single_person=False)
    unproved = act == "decline" and stage is Stage.NEEDS_IDENTITY
    possible = unproved or ((stage, event) in TRANSITIONS and stage is not Stage.RUNNING)
    allowed = {Role.STAFF, Role.REVIEWER} if act == "resume" else {Role.REVIEWER}
    assert by_two is (possible and role in allowed)
    assert may(act, stage, role, single_person=True) is (
        possible and role in {Role.STAFF, Role.REVIEWER}
    )


def test_the_page_says_when_nobody_else_could_review(say: RightsWords) -> None:
    seen = seen_of(Stage.NEEDS_RELEASE)
    for single, rule in ((True, "single"), (False, "four-eyes")):
        view = acts_view(
            say,
            seen,
            me(Role.STAFF),
            single_person=single,
            eyes=eyes_of(say),
            reasons=(),
            written=Written(),
        )
        assert view.rule.word == say.t(f"console.rights.rule-{rule}")
        assert ("release" in {one.act for one in view.acts}) is single


def test_who_took_a_request_in_is_not_offered_to_release_it(say: RightsWords) -> None:
    seen = seen_of(Stage.NEEDS_RELEASE)
    typed = replace(seen, timeline=(replace(seen.timeline[0], by=Role.REVIEWER.value),))
    for single in (True, False):
        view = acts_view(
            say,
            typed,
            me(Role.REVIEWER),
            single_person=single,
            eyes=eyes_of(say),
            reasons=(),
            written=Written(),
        )
        assert ("release" in {one.act for one in view.acts}) is single


def test_what_was_begun_cannot_be_refused_as_a_whole(say: RightsWords) -> None:
    begun = replace(parked(), results=fulfilled().results)
    view = acts_view(
        say,
        begun,
        me(Role.REVIEWER),
        single_person=False,
        eyes=eyes_of(say),
        reasons=(),
        written=Written(),
    )
    assert [one.act for one in view.acts] == ["resume", "partly", "extend"]


def test_days_left_are_told_by_shape_and_word(say: RightsWords) -> None:
    kinds = {days: say.days(days, Stage.QUEUED) for days in (-2, 0, 3, 7, 8)}
    assert [kinds[days].kind for days in (-2, 0, 3, 7, 8)] == [
        StatusKind.GRAVE,
        StatusKind.WARN,
        StatusKind.WARN,
        StatusKind.MILD,
        StatusKind.NOTE,
    ]
    assert len({one.word for one in kinds.values()}) == 5
    assert say.days(-2, Stage.REFUSED).kind is StatusKind.NONE


def test_the_queue_keeps_its_order_and_puts_those_that_are_alike_together(
    say: RightsWords,
) -> None:
    lines = [line_of(seen_of(Stage.NEEDS_RELEASE, number)) for number in range(4)]
    first, last = lines[0].id, lines[3].id
    page = queue_of(
        say, lines, like={one: Alike(group=("whose", "delete"), others=1) for one in (first, last)}
    )
    assert [one.id for one in page.lines] == [lines[place].id for place in (0, 3, 1, 2)]
    assert [one.again for one in page.lines] == [False, True, False, False]
    assert page.lines[0].like


def test_every_number_of_the_queue_opens_its_lines(say: RightsWords) -> None:
    page = queue_of(say, [line_of(parked()), line_of(seen_of(Stage.NEEDS_RELEASE))])
    assert [figure.count for figure in page.figures] == ["2", "1", "1", "1", "2"]
    assert all(figure.href.startswith("/console/rights") for figure in page.figures)


def test_an_admin_sees_numbers_and_no_request(say: RightsWords) -> None:
    page = queue_of(say, [line_of(parked())], role=Role.ADMIN)
    html = render("console/rights_queue.html", frame=frame(say), page=page)
    assert page.figures[0].count == "1"
    assert parked().request.id not in html
    assert say.t("console.rights.not-for-admin") in html
    assert "/console/rights?" not in html
    assert "/console/rights/new" not in html


@pytest.mark.parametrize(
    ("role", "acts"),
    [(Role.REVIEWER, ["release", "resume"]), (Role.STAFF, ["resume"]), (Role.AUDITOR, [])],
)
def test_several_at_once_are_offered_by_role(say: RightsWords, role: Role, acts: list[str]) -> None:
    lines = [line_of(parked()), line_of(seen_of(Stage.NEEDS_RELEASE))]
    page = queue_of(say, lines, role=role)
    assert [one.act for one in page.buttons] == acts
    html = render("console/rights_queue.html", frame=frame(say), page=page)
    assert ('type="checkbox"' in html) is bool(acts)


def test_an_empty_queue_says_what_to_do(say: RightsWords) -> None:
    assert queue_of(say, []).empty.href == "/centre/contact"
    narrowed = queue_of(say, [], narrow=Narrow(overdue=True))
    assert narrowed.empty.href == "/console/rights"


def test_narrowing_keeps_what_is_narrowed_already(say: RightsWords) -> None:
    narrow = Narrow(stage="parked", overdue=True, right="delete")
    page = queue_of(say, [line_of(parked())], narrow=narrow)
    links = {link.href for each in page.filters for link in each.links}
    assert "/console/rights?stage=parked&overdue=yes&right=delete&by=agent" in links
    assert "/console/rights?overdue=yes&right=delete" in links
    assert "/console/rights?stage=parked&right=delete" in links
    assert page.file == "/console/rights/queue.csv?stage=parked&overdue=yes&right=delete"


def test_the_file_has_heads_of_the_language_and_a_line_each(say: RightsWords) -> None:
    lines = [line_of(parked()), line_of(copy())]
    made = csv_file(*queue_table(say, lines))
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    assert rows[0][0] == say.t("console.rights.head.request")
    assert [row[0] for row in rows[1:]] == [line.id for line in lines]
    assert rows[1][-1] == say.t("console.rights.problem.not-null")


def test_tasks_that_wait_come_first_and_an_auditor_does_none(say: RightsWords) -> None:
    tasks = [task_of(request_of(1), done=True), task_of(request_of(2))]
    for acts in (True, False):
        page = tasks_page(say, tasks, {}, every=True, acts=acts)
        assert [one.open for one in page.tasks] == [True, False]
        html = render("console/rights_tasks.html", frame=frame(say), page=page)
        assert ("<textarea" in html) is acts
    assert tasks_page(say, [], {}, every=False, acts=True).empty.name


def test_every_value_of_the_rights_has_its_words(say: RightsWords) -> None:
    for stage in Stage:
        assert say.stage(stage).word
        say.next_act(stage)
    for event in Event:
        assert say.t(f"console.rights.event.{event}")
    for by in AskedBy:
        assert say.by(by)
    for fate in RowFate:
        assert say.t(f"console.rights.fate.{fate}")
        assert say.t(f"console.rights.sum.{fate}", n=1)
    for column in ColumnFate:
        assert say.t(f"console.rights.column.{column}")
    for problem in ProblemKind:
        assert say.stopped(problem.value) != problem.value
    for kind in ("delete", "correct", "restrict", "stop"):
        assert say.t(f"console.rights.tell.{kind}")


AGES = {-1: 3, 0: 1, 2: 2, 3: 2, 5: 4, 15: 1, 16: 7}


def test_ages_say_the_same_in_bars_words_and_table(say: RightsWords) -> None:
    seen = ages_seen(say, AGES, reads=True)
    assert seen.picture is not None
    numbers = ["3", "1", "4", "4", "1", "7"]
    for box in (seen.picture.wide, seen.picture.narrow):
        assert [one.text for one in box.labels if one.sort == "tick"] == numbers
        solid = next(mark for mark in box.marks if mark.sort == "bar-0")
        assert solid.path.count("M") == 1, "what is overdue has a pattern of its own"
    assert [row.cells[1][0].text for row in seen.table.rows] == numbers
    for row in seen.table.rows:
        assert f"{row.cells[0][0].text} {row.cells[1][0].text}" in seen.picture.words
    assert [row.cells[1][0].href for row in seen.table.rows] == [
        "/console/rights?overdue=yes",
        *[""] * 5,
    ]
    assert not any(row.cells[1][0].href for row in ages_seen(say, AGES, reads=False).table.rows)
    assert ages_seen(say, {}, reads=True).picture is None
