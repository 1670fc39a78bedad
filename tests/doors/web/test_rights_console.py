"""Requests about rights through the console: typed in, reviewed by another, done, read, counted."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.open_requests import let_people_ask
from tests.doors.web.rights_console_kit import QUEUE, Console, console_of
from tests.duties.duty_kit import SAMPLE
from tests.usecases.rights.rights_house import LIN, REGISTER, WANG, WITH_PAPER, RightsHouse

from chengnuo.base.text import Lang
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.live import LiveOutcome
from chengnuo.domain.rights.machine import Event, Stage
from chengnuo.domain.rights.request import (
    AskedBy,
    ColumnChange,
    CorrectionAsked,
    ExplanationAsked,
    ReadAsked,
    RequestId,
)
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.exchange import LANG_COOKIE
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.ports.accounts import Role
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.figures import MOST_OF_ONE

REASON = "核实后依法不能办理"
SECRET = "the moon, third crater"  # noqa: S105  what an individual wrote
ID = re.compile(r"rq-[a-z2-7]+")


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """The service that knows the staff; it keeps nothing of the requests."""
    made = start(tmp_path_factory.mktemp("staff") / "data")
    yield made
    made.service.close()


@pytest.fixture
def console(tmp_path: Path, catalogue: Catalogue, kit: Kit) -> Console:
    tea = RightsHouse(tmp_path / "house", catalogue)
    tea.room = replace(tea.room, release_all=True)
    tea.rights = RightsDesk(tea.room).start()
    tea.fill(LIN)
    return console_of(kit, tea)


@pytest.fixture
def with_paper(tmp_path: Path, catalogue: Catalogue, kit: Kit) -> Console:
    tea = RightsHouse(tmp_path / "paper", catalogue, register=WITH_PAPER)
    tea.fill(LIN)
    return console_of(kit, tea)


def to_review(console: Console, account: str = LIN) -> RequestId:
    """Let somebody ask for deletion, up to where a reviewer has to look."""
    request = console.tea.ask(account=account).request.id
    console.tea.work()
    assert console.tea.rights.seen(request).stage is Stage.NEEDS_RELEASE
    return request


def do_tasks(console: Console, browser: Browser) -> list[str]:
    """Say of every task that waits that it is done; returns where each was."""
    page = browser.get(f"{QUEUE}/tasks").text
    tasks = re.findall(r'action="(/console/rights/tasks/[^"]+)"', page)
    for path in tasks:
        said = {"note": "已经处理完毕"}
        assert browser.submit(f"{QUEUE}/tasks", path, said).status_code == 303
    console.tea.work()
    return tasks


def stage(console: Console, request: RequestId) -> Stage:
    return console.tea.rights.seen(request).stage


def readings(console: Console) -> list[dict[str, str]]:
    """What is recorded of readings, newest first."""
    opened = console.tea.recorder.payloads.opened
    return [
        json.loads(opened(record).payload or b"{}")
        for record in console.tea.recorder.log.newest()
        if record.leaf.kind == Kind.OPERATOR_READ
    ]


def type_in(browser: Browser, **said: str) -> tuple[int, str]:
    """Type a request in; returns the status and where it led."""
    given = {"account": LIN, "right": "delete", "by": "individual", "ground": "unlawful"}
    given |= {"reason": "本人来电，已回拨", **said}
    answer = browser.submit(f"{QUEUE}/new", f"{QUEUE}/new", given)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_what_staff_type_in_another_releases_and_it_is_carried_out(console: Console) -> None:
    staff, reviewer = console.browser(Role.STAFF), console.browser(Role.REVIEWER)
    status, to = type_in(staff, by="staff")
    assert status == 303, to
    request = RequestId(ID.search(to)[0])  # type: ignore[index]  # it led to a request
    assert readings(console)[0]["what"] == "rights-request-taken-in"
    console.tea.work()
    page = reviewer.get(f"{QUEUE}/{request}").text
    assert "<code>places</code>" in page
    assert "等您办理" in page
    assert LIN not in page
    assert f"{request}/release" not in staff.get(f"{QUEUE}/{request}").text
    assert console.press(staff, request, "release").status_code == 403
    assert console.press(reviewer, request, "release").status_code == 303
    console.tea.work(minutes=11)
    assert do_tasks(console, staff)
    assert stage(console, request) is Stage.FULFILLED
    assert console.tea.rows_of(LIN) == 0
    done = reviewer.get(f"{QUEUE}/{request}?done=release").text
    assert "已放行" in done
    assert "reviewer.of.the.log" in done
    assert "完成，已复查" in done


def test_nobody_releases_what_they_typed_in_themselves(console: Console) -> None:
    console.browser(Role.STAFF)
    reviewer = console.browser(Role.REVIEWER)
    _, to = type_in(reviewer, by="staff")
    request = RequestId(ID.search(to)[0])  # type: ignore[index]  # it led to a request
    console.tea.work()
    assert f"{request}/release" not in reviewer.get(f"{QUEUE}/{request}").text
    assert console.press(reviewer, request, "release").status_code == 403
    assert stage(console, request) is Stage.NEEDS_RELEASE
    other = console.second(Role.REVIEWER)
    assert f"{request}/release" in other.get(f"{QUEUE}/{request}").text
    assert console.press(other, request, "release").status_code == 303


def test_who_asked_by_phone_proves_in_the_centre_that_it_is_them(console: Console) -> None:
    staff = console.browser(Role.STAFF)
    _, to = type_in(staff)
    request = RequestId(ID.search(to)[0])  # type: ignore[index]  # it led to a request
    console.tea.work()
    assert stage(console, request) is Stage.NEEDS_IDENTITY
    assert "本人在隐私中心确认身份" in staff.get(f"{QUEUE}/new").text
    console.tea.rights.prove(request, console.tea.asker(LIN))
    console.tea.work()
    assert stage(console, request) is Stage.NEEDS_RELEASE


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_an_auditor_reads_only_and_an_admin_sees_numbers_only(console: Console, role: Role) -> None:
    request = to_review(console)
    console.browser(Role.STAFF)
    browser = console.browser(role)
    queue = browser.get(QUEUE)
    assert queue.status_code == 200
    assert (request in queue.text) is (role is Role.AUDITOR)
    reads = 200 if role is Role.AUDITOR else 403
    for path in (f"{QUEUE}/{request}", f"{QUEUE}/tasks", f"{QUEUE}/queue.csv"):
        assert browser.get(path).status_code == reads
    token = {"csrf_token": browser.form_token("/console")}
    for path in (
        f"{QUEUE}/new",
        f"{QUEUE}/bulk",
        f"{QUEUE}/bulk/do",
        f"{QUEUE}/tasks/x",
        *(f"{QUEUE}/{request}/{act}" for act in ("release", "decline", "resume", "extend")),
    ):
        assert (
            browser.post(path, {**token, "act": "release", "request": request}).status_code == 403
        )
    assert stage(console, request) is Stage.NEEDS_RELEASE


def test_a_refusal_takes_a_reason_of_the_list_and_words(console: Console) -> None:
    request = to_review(console)
    console.browser(Role.STAFF)
    reviewer = console.browser(Role.REVIEWER)
    short = console.press(reviewer, request, "decline", code="no-ground", reason="不")
    assert short.status_code == 400
    assert 'aria-invalid="true"' in short.text
    odd = console.press(reviewer, request, "decline", code="because", reason=REASON)
    assert odd.status_code == 400
    assert stage(console, request) is Stage.NEEDS_RELEASE
    good = console.press(reviewer, request, "decline", code="no-ground", reason=REASON)
    assert good.status_code == 303
    assert stage(console, request) is Stage.REFUSED
    page = reviewer.get(f"{QUEUE}/{request}").text
    assert REASON in page
    assert "没有出现应当删除的情形" in page


@pytest.mark.parametrize("years", [13, 14, 17])
def test_no_minor_is_refused_without_written_reasons(console: Console, years: int) -> None:
    """Nothing that says nothing counts; the reason stands in the letter to both (MINOR-34)."""
    tea = console.tea
    today = tea.clock.now().date()
    tea.consents.know(tea.person(LIN), birth_date=today.replace(year=today.year - years, day=1))
    by = (
        {"by": AskedBy.GUARDIAN, "guardian": tea.person(WANG), "party": "guardian"}
        if years < 14
        else {}
    )
    request = tea.ask(**by).request.id
    tea.work()
    console.browser(Role.STAFF)
    reviewer = console.browser(Role.REVIEWER)
    for reason in ("", " " * 9, "\u3000" * 9, "\u200b" * 9, "…………………", "不"):
        bare = console.press(reviewer, request, "decline", code="no-ground", reason=reason)
        assert (bare.status_code, stage(console, request)) == (400, Stage.NEEDS_RELEASE)
    none = console.press(reviewer, request, "decline", code="", reason=REASON)
    assert (none.status_code, stage(console, request)) == (400, Stage.NEEDS_RELEASE)
    assert tea.rights.seen(request).reply is None
    good = console.press(reviewer, request, "decline", code="no-ground", reason=REASON)
    assert (good.status_code, stage(console, request)) == (303, Stage.REFUSED)
    reply = tea.rights.own(request, tea.person(LIN)).reply
    assert reply is not None
    assert reply.refusals
    assert REASON in reply.letter.zh
    assert "以书面形式送达未成年人及其监护人" in reply.letter.zh
    assert "in writing to the minor and the guardian" in (reply.letter.en or "")


def test_an_extension_is_shown_as_its_letter_before_it_is_made(console: Console) -> None:
    request = to_review(console)
    staff = console.browser(Role.STAFF)
    before = console.tea.rights.seen(request).due
    said = {"days": "5", "reason": "需要向另一系统核对"}
    letter = console.press(staff, request, "extend", **said)
    assert letter.status_code == 200
    assert said["reason"] in letter.text
    assert console.tea.rights.seen(request).due == before
    assert console.press(staff, request, "extend", sure="yes", **said).status_code == 303
    after = console.tea.rights.seen(request)
    assert after.extended == said["reason"]
    assert after.due.on.isoformat() in letter.text
    for wrong in ("0", "16", "五", ""):
        said = {"days": wrong, "reason": REASON}
        assert console.press(staff, request, "extend", **said).status_code == 400


def test_several_are_shown_before_they_are_released_and_each_stands_for_itself(
    console: Console,
) -> None:
    console.tea.fill(WANG)
    first, second = to_review(console), to_review(console, WANG)
    console.browser(Role.STAFF)
    reviewer = console.browser(Role.REVIEWER)
    waiting = console.tea.ask(Right.EXPLAIN_RULES, ExplanationAsked()).request.id
    token = {"csrf_token": reviewer.form_token(QUEUE)}
    ids = [first, second, waiting, first]
    shown = reviewer.client.post(
        f"{QUEUE}/bulk",
        data={**token, "act": "release", "request": ids},
        headers={"origin": reviewer.origin, "sec-fetch-site": "same-origin"},
    )
    assert shown.status_code == 200
    assert "2 件会办，1 件不办" in shown.text
    assert shown.text.count('name="request"') == 2
    assert stage(console, first) is stage(console, second) is Stage.NEEDS_RELEASE
    console.tea.rights.take_back(second, console.tea.person(WANG))
    done = reviewer.client.post(
        f"{QUEUE}/bulk/do",
        data={**token, "act": "release", "request": [first, second]},
        headers={"origin": reviewer.origin, "sec-fetch-site": "same-origin"},
    )
    assert "1 件已办，1 件没有办成" in done.text
    assert stage(console, first) is Stage.WAITING
    none = reviewer.post(f"{QUEUE}/bulk", {**token, "act": "release"})
    assert "没有选中任何一件" in none.text
    assert reviewer.post(f"{QUEUE}/bulk", {**token, "act": "erase"}).status_code == 404


def test_a_task_is_done_with_a_note_and_its_request_goes_on(with_paper: Console) -> None:
    request = with_paper.tea.ask().request.id
    with_paper.tea.work()
    staff = with_paper.browser(Role.STAFF)
    with_paper.tea.work(minutes=11)
    assert stage(with_paper, request) is Stage.OUTSIDE
    assert "status-warn" in staff.get(f"{QUEUE}/tasks").text
    tasks = do_tasks(with_paper, staff)
    assert tasks
    assert stage(with_paper, request).is_final
    every = staff.get(f"{QUEUE}/tasks?all=yes").text
    assert "status-warn" not in every
    assert "已经处理完毕" in every
    assert (
        staff.submit(f"{QUEUE}/tasks?all=yes", tasks[0], {"note": "再办一次看"}).status_code >= 400
    )


def test_what_is_kept_back_is_listed_set_and_lifted_by_another(console: Console) -> None:
    holds = f"{QUEUE}/holds"
    staff, auditor = console.browser(Role.STAFF), console.browser(Role.AUDITOR)
    reviewer, admin = console.browser(Role.REVIEWER), console.browser(Role.ADMIN)
    given = {"account": LIN, "table": "main.orders", "until": "", "reason": "诉讼正在进行中"}
    assert staff.submit(holds, holds, given | {"until": "soon"}).status_code == 400
    assert staff.submit(holds, holds, given).status_code == 303
    (kept,) = console.tea.rights.holds()
    page = auditor.get(holds).text
    assert "诉讼正在进行中" in page
    assert LIN not in page
    assert 'action="/console/rights/holds' not in page
    assert admin.get(holds).status_code == 403
    token = {"csrf_token": auditor.form_token("/console"), **given}
    assert auditor.post(holds, token).status_code == 403
    lift = f"{holds}/{kept.kept.id}/lift"
    assert staff.submit(holds, lift, {"reason": "诉讼已经终结"}).status_code == 400
    assert reviewer.submit(holds, lift, {"reason": "x"}).status_code == 400
    assert reviewer.submit(holds, lift, {"reason": "诉讼已经终结"}).status_code == 303
    assert [one.over for one in console.tea.rights.holds()] == [True]
    staff.client.cookies.set(LANG_COOKIE, "en")
    assert "lifted" in staff.get(holds).text


def test_what_was_moved_here_is_listed_and_taken_out_with_a_reason_that_is_recorded(
    console: Console, tmp_path: Path, catalogue: Catalogue
) -> None:
    page = f"{QUEUE}/received"
    staff, auditor = console.browser(Role.STAFF), console.browser(Role.AUDITOR)
    reviewer, admin = console.browser(Role.REVIEWER), console.browser(Role.ADMIN)
    assert "没有转入的信息" in staff.get(page).text
    (file,) = console.move_here(tmp_path / "moved", catalogue)
    (seen,) = console.received.all()
    take, given = f"{page}/{seen.offer}/take", {"part": "1", "reason": "把收货地址并入本店账户"}
    listed = auditor.get(page).text
    assert seen.offer in listed
    assert file.name in listed
    assert console.tea.person(LIN) not in listed
    assert f'action="{take}"' not in listed
    assert admin.get(page).status_code == 403
    assert page not in admin.get(QUEUE).text
    assert page in auditor.get(QUEUE).text
    for reader in (auditor, admin):
        token = {"csrf_token": reader.form_token("/console"), **given}
        assert reader.post(take, token).status_code == 403
    assert staff.submit(page, take, given | {"reason": "x"}).status_code == 400
    for part in ("2", "0", "²", "x"):
        assert staff.submit(page, take, given | {"part": part}).status_code == 400
    assert _taken(console) == []
    out = reviewer.submit(page, take, given)
    assert (out.status_code, sha256(out.content).hexdigest()) == (200, file.sha256)
    assert file.name in out.headers["content-disposition"]
    assert _taken(console) == [(f"transfer-received {seen.offer} 1", given["reason"])]


def _taken(console: Console) -> list[tuple[str, str]]:
    """Return what was read of the individual, and why."""
    payloads = console.tea.recorder.payloads
    read = [
        json.loads(payloads.opened(record).payload or b"{}")
        for record in console.tea.recorder.log.newest()
        if record.leaf.kind == Kind.OPERATOR_READ
        and payloads.person(record) == console.tea.person(LIN)
    ]
    return [(one["what"], one["reason"]) for one in read]


def test_somebody_is_found_by_what_they_name_and_nobody_is_guessed(
    tmp_path: Path, catalogue: Catalogue, kit: Kit
) -> None:
    told = REGISTER.replace(
        "        events: [{event: transaction-done",
        "        identifiers: [{column: receiver, kind: phone, account: account}]\n"
        "        events: [{event: transaction-done",
    )
    tea = RightsHouse(tmp_path / "found", catalogue, register=told)
    with closing(sqlite3.connect(tea.shop_file)) as shop:
        shop.executemany(
            "INSERT INTO orders (account, receiver) VALUES (?, ?)",
            [(LIN, "100"), ("wang-0002", "200"), (LIN, "200")],
        )
        shop.commit()
    staff = console_of(kit, tea).browser(Role.STAFF)
    for value, code in (("300", "rights-no-match"), ("200", "rights-ambiguous")):
        status, said = type_in(staff, kind="phone", account=value)
        assert status == 400
        assert error_text(code, Lang.ZH) in said
        assert "可以再询问：账户标识" in said
    assert type_in(staff, kind="email", account="x")[0] == 400
    status, where = type_in(staff, kind="phone", account="100")
    assert status == 303
    (line,) = tea.rights.queue()
    assert line.id in where
    assert tea.rights.mine(tea.person(LIN)) == (line,)
    recorded = [
        json.loads(tea.recorder.payloads.opened(record).payload or b"{}")
        for record in tea.recorder.log.newest()
        if record.leaf.kind == Kind.OPERATOR_READ
    ]
    looked = [one for one in recorded if one["what"] == "rights-account-looked-up"]
    assert len(looked) == 3
    assert not any("100" in json.dumps(one) for one in looked)


def test_what_somebody_wrote_is_read_with_a_reason_that_they_see(console: Console) -> None:
    change = ColumnChange(table="main.orders", row="", column="receiver", value=SECRET)
    asked = CorrectionAsked(changes=(change,), reason=SECRET)
    request = console.tea.ask(Right.CORRECT, asked).request.id
    path = f"{QUEUE}/{request}"
    for role in (Role.STAFF, Role.REVIEWER, Role.AUDITOR):
        browser = console.browser(role)
        assert SECRET not in browser.get(path).text
        assert console.press(browser, request, "read", reason=" ").status_code == 400
        before = len(readings(console))
        shown = console.press(browser, request, "read", reason="核对要改成什么")
        assert shown.status_code == 200
        assert SECRET in shown.text
        assert len(readings(console)) == before + 1
    read = readings(console)[0]
    assert (read["what"], read["by"]) == ("rights-request", "auditor-of-the-log")
    admin = console.browser(Role.ADMIN)
    token = {"csrf_token": admin.form_token("/console")}
    assert admin.post(f"{path}/read", {**token, "reason": REASON}).status_code == 403


def test_the_queue_narrows_and_comes_as_a_file(console: Console) -> None:
    request = to_review(console)
    other = console.tea.ask(Right.COPY, ReadAsked(formats=("json",)), account=WANG).request.id
    staff = console.browser(Role.STAFF)
    for query, there, not_there in (
        ("?stage=needs-release", request, other),
        ("?right=copy", other, request),
        ("?by=individual&right=delete", request, other),
    ):
        text = staff.get(f"{QUEUE}{query}").text
        assert there in text
        assert not_there not in text
    assert request not in staff.get(f"{QUEUE}?overdue=yes").text
    assert staff.get(f"{QUEUE}?stage=nowhere").status_code == 404
    assert staff.get(f"{QUEUE}/rq-aaaaaaaaaaaaaaaaaaaa").status_code == 404
    rows = list(
        csv.reader(io.StringIO(staff.get(f"{QUEUE}/queue.csv").content.decode("utf-8-sig")))
    )
    assert {row[0] for row in rows[1:]} == {request, other}


def test_today_says_what_requests_ask_for_and_by_when(console: Console) -> None:
    request = to_review(console)
    admin = console.browser(Role.ADMIN)
    page = admin.get("/console").text
    assert "复核权利请求的方案" in page
    assert f"{QUEUE}?stage=needs-release" in page
    console.tea.wait(minutes=60 * 24 * 60)
    late = admin.get("/console").text
    assert "答复已超期的权利请求" in late
    assert request in late


def test_the_record_of_an_individual_leads_to_their_requests(console: Console) -> None:
    request = to_review(console)
    auditor = console.browser(Role.AUDITOR)
    said = {"account": LIN, "reason": "处理投诉"}
    page = auditor.submit("/console/individual", "/console/individual", said)
    assert f'href="{QUEUE}/{request}"' in page.text
    assert readings(console)[0]["reason"] == "处理投诉"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"account": " "}, "账户标识"),
        ({"reason": "x"}, "理由"),
        ({"right": "correct"}, "有误"),
    ],
)
def test_a_form_that_is_wrong_takes_nothing_in(
    console: Console, said: dict[str, str], words: str
) -> None:
    staff = console.browser(Role.STAFF)
    status, text = type_in(staff, **said)
    assert status == 400
    assert words in text
    assert console.tea.rights.queue() == ()
    assert readings(console) == []


def test_papers_of_a_relative_are_checked_by_hand(console: Console) -> None:
    staff = console.browser(Role.STAFF)
    _, to = type_in(staff, by="close-relative", right="access")
    request = RequestId(ID.search(to)[0])  # type: ignore[index]  # it led to a request
    console.tea.work()
    assert stage(console, request) is Stage.NEEDS_IDENTITY
    path = re.findall(r'action="(/console/rights/tasks/[^"]+)"', staff.get(f"{QUEUE}/tasks").text)
    assert len(path) == 1
    assert staff.submit(f"{QUEUE}/tasks", path[0], {"note": "材料核验无误"}).status_code == 303
    assert stage(console, request) is not Stage.NEEDS_IDENTITY


def test_the_figures_count_what_was_answered_erased_and_is_late(console: Console) -> None:
    tea = console.tea
    outcomes = {run.control.id: run.result.outcome for run in console.figures.runs(tea.clock.now())}
    assert set(outcomes.values()) == {LiveOutcome.NOTHING_TO_CHECK}
    request = to_review(console)
    staff = console.browser(Role.STAFF)
    console.press(console.browser(Role.REVIEWER), request, "release")
    tea.work(minutes=11)
    assert do_tasks(console, staff)
    results = {run.control.id: run.result for run in console.figures.runs(tea.clock.now())}
    for control in ("mended-in-time", "erased-and-looked-again"):
        assert results[control].outcome is LiveOutcome.PASSED
        assert results[control].newest == request
    late = tea.ask(account=WANG).request.id
    tea.rights.take_back(
        tea.ask(Right.COPY, ReadAsked(formats=("json",))).request.id, tea.person(LIN)
    )
    tea.wait(minutes=60 * 24 * 40)
    seen = console.figures.of_period(tea.clock.now())
    assert [one.request for one in seen.requests] == [late]
    board = console.browser(Role.AUDITOR).get("/console/board/duty-13").text
    assert f'href="{QUEUE}/{late}"' in board


def test_what_is_asked_twice_stands_together(console: Console) -> None:
    first = to_review(console)
    other = console.tea.ask(Right.COPY, ReadAsked(formats=("json",)))
    assert console.figures.alike([first, other.request.id]) == {}
    again = console.tea.ask(Right.COPY, ReadAsked(formats=("csv",))).request.id
    alike = console.figures.alike([first, other.request.id, again])
    assert {one: alike[one].others for one in alike} == {other.request.id: 1, again: 1}
    assert alike[other.request.id].group == alike[again].group
    page = console.browser(Role.STAFF).get(QUEUE).text
    assert page.index(other.request.id) < page.index("与上一件同一人、同一权利")


def test_the_pages_speak_english(console: Console) -> None:
    request = to_review(console)
    staff = console.browser(Role.STAFF)
    staff.client.cookies.set(LANG_COOKIE, "en")
    for path, words in (
        (QUEUE, "In order of the legal days left"),
        (f"{QUEUE}/{request}", "Exactly this is carried out"),
        (f"{QUEUE}/tasks", "Tasks by hand"),
        (f"{QUEUE}/new", "Take a request in for somebody"),
    ):
        assert words in staff.get(path).text


def test_an_event_that_leads_nowhere_is_a_conflict(console: Console) -> None:
    request = to_review(console)
    reviewer = console.browser(Role.REVIEWER)
    assert console.press(reviewer, request, "resume").status_code == 409
    assert console.press(reviewer, request, "erase").status_code == 404
    events = [line.event for line in console.tea.rights.seen(request).timeline]
    assert Event.RESUMED not in events


def test_somebody_who_asks_a_thousand_times_holds_up_no_page(tmp_path: Path) -> None:
    """Those that are alike are counted for the lines that are shown, and up to a limit."""
    kit = start(tmp_path / "data", demo=True, register=str(SAMPLE))
    let_people_ask(kit, 1_000, people=1)
    text = staff_of(kit, Role.REVIEWER).get("/console/rights").text
    kit.service.close()
    assert text.count('class="again"') == 49
    assert "1,000" in text
    assert f"{MOST_OF_ONE - 1}" in text


def test_several_tasks_are_shown_first_then_noted_as_done_with_one_note(
    with_paper: Console,
) -> None:
    with_paper.tea.fill(WANG)
    for account in (LIN, WANG):
        with_paper.tea.ask(account=account)
    with_paper.tea.work()
    staff = with_paper.browser(Role.STAFF)
    with_paper.tea.work(minutes=11)
    page = staff.get(f"{QUEUE}/tasks").text
    tasks = re.findall(r'form="bulk" id="tick-[^"]+" name="task" value="([^"]+)"', page)
    assert len(tasks) > 1
    preview = staff.submit(f"{QUEUE}/tasks", f"{QUEUE}/bulk/tasks", {"task": tasks}).text
    assert f"{len(tasks)} 件会办" in preview
    assert re.findall(r'type="hidden" name="task" value="([^"]+)"', preview) == tasks
    assert len(with_paper.tea.rights.tasks()) == len(tasks)
    do = f"{QUEUE}/bulk/tasks/do"
    assert staff.submit(f"{QUEUE}/tasks", do, {"task": tasks, "note": " "}).status_code == 400
    assert len(with_paper.tea.rights.tasks()) == len(tasks)
    done = staff.submit(f"{QUEUE}/tasks", do, {"task": tasks, "note": "纸质档案已销毁"}).text
    assert "已办" in done
    assert with_paper.tea.rights.tasks() == ()
    every = with_paper.tea.rights.tasks(open_only=False)
    assert {one.note for one in every} == {"纸质档案已销毁"}
    again = staff.submit(f"{QUEUE}/tasks", f"{QUEUE}/bulk/tasks", {"task": tasks}).text
    assert "已经办过了" in again
    auditor = with_paper.browser(Role.AUDITOR)
    assert auditor.submit(f"{QUEUE}/tasks", do, {"task": tasks, "note": "x"}).status_code == 403
