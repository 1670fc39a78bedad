"""Incidents against the clock: hours from the discovery, whatever was graded when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.usecases.dossier.dossier_house import REVIEWER, STAFF, DossierHouse

from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.lessons import lessons_of
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.standing import ActRefusedError, NotYourActError
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.incident.grade_refusals import GradeRefusals

FOUND = datetime(2026, 9, 30, 14, 30, tzinfo=UTC)
"""Half past ten in the evening before National Day."""
SAID: Mapping[str, Value] = {"kind": "leak", "how": "canary", "what": "诱饵值出现在外面"}
GRADED: Mapping[str, Value] = {
    "activities": ("orders",),
    "affected": 12,
    "cause": "导出",
    "harm": "骚扰",
}
DONE: Mapping[str, Value] = {"done-at": "2026-09-30T15:00:00Z"}
TOLD: Mapping[str, Value] = {"notice": "请改密码", "no-letter": "当晚逐个打了电话"}


def found(house: DossierHouse, **more: Value) -> Seen:
    house.clock.at = FOUND + timedelta(minutes=5)
    at = FOUND.strftime("%Y-%m-%dT%H:%M:%SZ")
    return house.desk.open("incident", "discover", STAFF, {**SAID, "discovered-at": at, **more})


def act(house: DossierHouse, seen: Seen, what: str, fields: Mapping[str, Value]) -> Seen:
    actor = REVIEWER if what == "decide-not-to-tell" else STAFF
    return house.desk.act(seen.dossier.id, what, actor, fields)


def due(seen: Seen) -> dict[str, datetime | date]:
    return {
        clock.sort.id: clock.deadline.on or clock.deadline.until
        for clock in seen.clocks
        if clock.met_at is None
    }


def test_until_it_is_graded_it_has_to_be_reported_within_hours(house: DossierHouse) -> None:
    seen = found(house)
    assert due(seen)["report"] == FOUND + timedelta(hours=4)
    house.clock.at = FOUND + timedelta(hours=4)
    late = {clock.sort.id for clock in seen.clocks if clock.is_late(house.clock.now())}
    assert late == {"report"}
    graded = act(house, seen, "grade", {**GRADED, "grade": "general"})
    assert {"report", "report-general"} & set(due(graded)) == {"report-general"}
    assert set(due(act(house, seen, "grade", {**GRADED, "grade": "major"}))) >= {"report"}


def test_a_late_report_stays_late(house: DossierHouse) -> None:
    seen = found(house)
    house.clock.at = FOUND + timedelta(hours=5)
    reported = act(house, seen, "report", {**DONE, "authority": "省网信办", "report": "x"})
    clock = next(clock for clock in reported.clocks if clock.sort.id == "report")
    assert clock.met_at is not None
    assert clock.is_late(house.clock.now())


def test_a_discovery_that_lies_ahead_is_none(house: DossierHouse) -> None:
    with pytest.raises(Exception, match="lies ahead"):
        found(house, **{"discovered-at": "2026-10-01T00:00:00Z"})


def test_it_is_not_closed_before_everybody_was_told(house: DossierHouse) -> None:
    seen = found(house)
    act(house, seen, "grade", {**GRADED, "grade": "general", "minors": True})
    act(house, seen, "end-handling", {"ended-at": "2026-09-30T14:35:00Z"})
    missing = []
    steps: tuple[tuple[str, Mapping[str, Value]], ...] = (
        ("report", {**DONE, "authority": "市网信办", "report": "x"}),
        ("tell-people", {**DONE, "channels": ("app",), "told": 12, **TOLD}),
        ("tell-minors", {**DONE, "told-minors": 1, "told-guardians": 1, **TOLD}),
    )
    for what, fields in steps:
        with pytest.raises(ActRefusedError) as refused:
            act(house, seen, "close", {"report": "总结"})
        missing.append(refused.value.why.en or "")
        act(house, seen, what, fields)
    assert [
        next(word for word in ("department", "people are not", "minors") if word in one)
        for one in missing
    ] == ["department", "people are not", "minors"]
    assert act(house, seen, "close", {"report": "总结"}).state.final


def test_not_telling_people_takes_a_measure_and_a_reviewer(house: DossierHouse) -> None:
    seen = found(house)
    act(house, seen, "grade", {**GRADED, "grade": "general"})
    with pytest.raises(ActRefusedError, match="avert"):
        act(house, seen, "decide-not-to-tell", {"reasons": "已加密"})
    act(house, seen, "contain", {**DONE, "measures": "文件是加密的，密钥已销毁"})
    told = act(house, seen, "decide-not-to-tell", {"reasons": "已加密"})
    assert "tell" not in due(told)


def test_the_final_report_is_due_thirty_days_after_handling(house: DossierHouse) -> None:
    seen = found(house)
    act(house, seen, "grade", {**GRADED, "grade": "general"})
    house.clock.at = datetime(2026, 10, 2, tzinfo=UTC)
    ended = act(house, seen, "end-handling", {"ended-at": "2026-10-01T16:00:00Z"})
    assert due(ended)["final-report"] == date(2026, 11, 1)


def test_a_drill_says_so_in_its_record(house: DossierHouse) -> None:
    assert found(house, drill=True).dossier.value("drill") is True
    assert found(house).dossier.value("drill") is False


def test_an_earlier_discovery_moves_the_clock_back_and_is_seen(house: DossierHouse) -> None:
    seen = found(house)
    earlier = FOUND - timedelta(hours=6)
    said = {
        "discovered-at": earlier.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "who-knew": "客服组",
        "why-late": "夜班没有转告",
    }
    moved = act(house, seen, "found-earlier", said)
    assert due(moved)["report"] == earlier + timedelta(hours=4)
    assert all(clock.since == earlier for clock in moved.clocks)
    late = {clock.sort.id for clock in moved.clocks if clock.is_late(house.clock.now())}
    assert late == {"report"}
    assert [one.what for one in moved.dossier.acts] == ["discover", "found-earlier"]
    later = {**said, "discovered-at": FOUND.strftime("%Y-%m-%dT%H:%M:%SZ")}
    with pytest.raises(ActRefusedError, match="only an earlier"):
        act(house, moved, "found-earlier", later)
    reported = act(house, moved, "report", {**DONE, "authority": "省网信办", "report": "x"})
    assert "report" not in due(reported)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        pytest.param("2026-09-30T15:00:00", "2026-09-30T19:00:00", id="into National Day"),
        pytest.param("2026-12-31T14:30:00", "2026-12-31T18:30:00", id="over the year's end"),
        pytest.param("2028-02-29T14:00:00", "2028-02-29T18:00:00", id="out of a leap day"),
        pytest.param("2028-02-28T15:59:59", "2028-02-28T19:59:59", id="into a leap day"),
    ],
)
def test_four_hours_are_hours_whatever_day_it_is(house: DossierHouse, at: str, until: str) -> None:
    discovered = datetime.fromisoformat(f"{at}+00:00")
    house.clock.at = discovered
    fields = {**SAID, "discovered-at": f"{at}Z"}
    seen = house.desk.open("incident", "discover", STAFF, fields)
    assert due(seen)["report"] == datetime.fromisoformat(f"{until}+00:00")
    report = next(clock for clock in seen.clocks if clock.sort.id == "report")
    assert not report.is_late(discovered + timedelta(hours=4) - timedelta(microseconds=1))
    assert report.is_late(discovered + timedelta(hours=4))


def test_critical_infrastructure_has_one_hour(house: DossierHouse) -> None:
    house.promised = {"incident": {"report": house.catalogue.number("TD-B4")}}
    assert due(found(house))["report"] == FOUND + timedelta(hours=1)


def test_the_final_report_runs_over_a_leap_day(house: DossierHouse) -> None:
    house.clock.at = datetime(2028, 2, 10, tzinfo=UTC)
    fields = {**SAID, "discovered-at": "2028-02-09T00:00:00Z"}
    seen = house.desk.open("incident", "discover", STAFF, fields)
    act(house, seen, "grade", {**GRADED, "grade": "general"})
    ended = act(house, seen, "end-handling", {"ended-at": "2028-02-09T15:59:00Z"})
    assert due(ended)["final-report"] == date(2028, 3, 10)


def test_fewer_people_than_were_counted_are_refused(house: DossierHouse) -> None:
    seen = found(house)
    counted = {
        "at-least": 40,
        "under-14": 1,
        "from-14-to-17": 0,
        "adults": 30,
        "age-unknown": 9,
        "method": "存储",
        "people": "0" * 64,
        "asked-by": "cli",
    }
    for actor in (STAFF, REVIEWER):
        with pytest.raises(NotYourActError):
            house.desk.act(seen.dossier.id, "count-affected", actor, counted)
    key = Actor(id="key-1", party=Party.SERVICE)
    with pytest.raises(ActRefusedError, match="service saw itself"):
        house.desk.act(seen.dossier.id, "count-affected", key, counted)
    after = house.desk.act(seen.dossier.id, "count-affected", SERVICE, counted)
    assert "tell-minors" in due(after)
    with pytest.raises(ActRefusedError, match="fewer people"):
        act(house, seen, "grade", {**GRADED, "grade": "general", "affected": 39})


def lesson(due_on: str, **more: Value) -> Mapping[str, Value]:
    return {"lesson": "轮换密钥", "due": due_on, **more}


def test_each_lesson_stays_open_until_it_is_carried_out(house: DossierHouse) -> None:
    seen = found(house)
    act(house, seen, "grade", {**GRADED, "grade": "general"})
    act(house, seen, "learn", lesson("2026-10-20", activity="orders"))
    both = act(house, seen, "learn", lesson("2026-12-20"))
    assert due(both)["lesson"] == date(2026, 10, 20)
    house.desk.act(seen.dossier.id, "learnt", REVIEWER, {"done": "已办", "lesson-number": 2})
    with pytest.raises(ActRefusedError, match="no such lesson"):
        house.desk.act(seen.dossier.id, "learnt", REVIEWER, {"done": "已办", "lesson-number": 2})
    left = house.desk.one(seen.dossier.id, REVIEWER)
    assert due(left)["lesson"] == date(2026, 10, 20)
    assert [one.is_open for one in lessons_of(left.dossier)] == [True, False]
    done = house.desk.act(seen.dossier.id, "learnt", REVIEWER, {"done": "已办"})
    assert "lesson" not in due(done)


def letter(house: DossierHouse, seen: Seen, kind: str, sha256: str) -> Seen:
    made = {"letter-kind": kind, "letter-lang": "zh", "letter-format": "pdf", "asked-by": "cli"}
    return house.desk.act(seen.dossier.id, "make-letter", SERVICE, {**made, "letter": sha256})


def test_nobody_counts_as_told_without_the_letter_or_a_reason(house: DossierHouse) -> None:
    seen = found(house)
    act(house, seen, "grade", {**GRADED, "grade": "general", "minors": True})
    people: Mapping[str, Value] = {"channels": ("app",), "told": 12, "notice": "请改密码"}
    minors: Mapping[str, Value] = {"told-minors": 1, "told-guardians": 1, "notice": "请改密码"}
    with pytest.raises(ActRefusedError, match="Notice to people"):
        act(house, seen, "tell-people", {**DONE, **people})
    letter(house, seen, "people", "a" * 64)
    with pytest.raises(ActRefusedError, match="no such letter"):
        act(house, seen, "tell-people", {**DONE, **people, "letter": "b" * 64})
    act(house, seen, "tell-people", {**DONE, **people, "letter": "a" * 64})
    letter(house, seen, "minor", "c" * 64)
    with pytest.raises(ActRefusedError, match="Notice to a guardian") as refused:
        act(house, seen, "tell-minors", {**DONE, **minors})
    assert "minor," not in (refused.value.why.en or "")
    letter(house, seen, "guardian", "d" * 64)
    with pytest.raises(ActRefusedError, match="no such letter"):
        act(house, seen, "tell-minors", {**DONE, **minors, "letter": "a" * 64})
    told = act(house, seen, "tell-minors", {**DONE, **minors, "letter": "d" * 64})
    assert {"tell", "tell-minors"} & set(due(told)) == set()


def test_what_was_told_before_letters_were_asked_for_is_not_closed_without_them(
    house: DossierHouse,
) -> None:
    seen = found(house)
    graded = act(house, seen, "grade", {**GRADED, "grade": "general"}).dossier
    close, tell = INCIDENT.act("close"), INCIDENT.act("tell-people")
    assert close is not None
    assert tell is not None
    old = replace(graded.acts[-1], what="tell-people", fields={"told": 12, "notice": "请改密码"})
    reported = replace(graded.acts[-1], what="report", fields={})
    dossier = replace(graded, acts=(*graded.acts, reported, old))
    assert close.check is not None
    why = close.check(dossier, {})
    assert "Notice to people" in ((why and why.en) or "")
    made = replace(old, what="make-letter", fields={"letter-kind": "people", "letter": "a" * 64})
    assert close.check(replace(dossier, acts=(*dossier.acts, made)), {}) is None


@pytest.mark.parametrize(
    ("affected", "grade", "needs"),
    [
        (999_999, "general", False),
        (1_000_000, "general", True),
        (1_000_000, "fairly-major", False),
        (10_000_000, "fairly-major", True),
        (100_000_000, "major", True),
        (100_000_000, "especially-major", False),
    ],
)
def test_a_grade_below_what_the_people_call_for_needs_a_reason(
    house: DossierHouse, affected: int, grade: str, *, needs: bool
) -> None:
    desk = replace(house.desk, refuses=GradeRefusals(house.catalogue).refuses)
    wanted, said = found(house).dossier.id, {**GRADED, "affected": affected, "grade": grade}
    if needs:
        with pytest.raises(ActRefusedError, match="by people alone"):
            desk.act(wanted, "grade", STAFF, said)
    why = {"why-below": "数据是加密的"} if needs else {}
    assert desk.act(wanted, "grade", STAFF, {**said, **why}).state.id == "graded"


def test_it_is_graded_again_when_more_were_counted(house: DossierHouse) -> None:
    refuses = GradeRefusals(house.catalogue).refuses
    seen = found(house)
    act(house, seen, "grade", {**GRADED, "grade": "general"})
    counted: Mapping[str, Value] = {
        "at-least": 1_000_001,
        "under-14": 0,
        "from-14-to-17": 0,
        "adults": 0,
        "age-unknown": 1_000_001,
        "method": "表",
        "people": "a" * 64,
        "asked-by": "cli",
    }
    dossier = house.desk.act(seen.dossier.id, "count-affected", SERVICE, counted).dossier
    assert refuses(INCIDENT, dossier, "close", {}, FOUND) is not None
    again = {**GRADED, "affected": 1_000_001, "grade": "fairly-major"}
    assert refuses(INCIDENT, dossier, "grade", {**again, "grade": "general"}, FOUND) is not None
    regraded = act(house, seen, "grade", again).dossier
    assert refuses(INCIDENT, regraded, "close", {}, FOUND) is None
