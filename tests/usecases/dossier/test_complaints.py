"""Complaints end to end: handed in, worked on, answered, in time, each act in the log."""

import json
from datetime import date, timedelta

import pytest
from tests.usecases.dossier.dossier_house import (
    ADMIN,
    AUDITOR,
    INDIVIDUAL,
    ME,
    REVIEWER,
    STAFF,
    STRANGER,
    DossierHouse,
)

from chengnuo.domain.dossier.dossier import DossierId, fields_digest
from chengnuo.domain.dossier.fields import MOST_TEXT, DossierFieldError, Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import (
    ActRefusedError,
    DossierStateError,
    NoSuchActError,
    NotYourActError,
)
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.law.civil import start_of
from chengnuo.ports.dossiers import NoSuchDossierError, Said
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import LogUnavailableError
from chengnuo.usecases.dossier.erasing import DossierEraser
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.evidence.file_requests import FourEyesError

WORDS = "有人给我打电话，号码一三八"
WRITTEN: dict[str, Value] = {"cause": "leak", "activity": "orders", "text": WORDS}
ANSWER: dict[str, Value] = {
    "outcome": "upheld",
    "reasons": "查明属实",
    "remedy": "已经改正",
    "remedies": ("authority", "court"),
}


def complained(house: DossierHouse, **more: Value) -> Seen:
    return house.desk.open("complaint", "file", INDIVIDUAL, WRITTEN | more, person=ME)


def test_a_complaint_goes_from_hand_to_hand_and_every_act_is_recorded(house: DossierHouse) -> None:
    seen = complained(house)
    wanted = seen.dossier.id
    assert wanted.startswith("cp-")
    assert [act.what for act in seen.acts] == ["add", "take-back"]
    house.desk.act(wanted, "accept", STAFF, {})
    house.desk.act(wanted, "ask", STAFF, {"question": "是哪一天？"})
    house.desk.act(wanted, "tell", INDIVIDUAL, {"text": "昨天"})
    after = house.desk.act(wanted, "reply", STAFF, ANSWER)
    assert (after.state.id, after.state.final) == ("answered", True)

    records = house.records(Kind.COMPLAINT)
    said = [json.loads(house.payload(one)) for one in records]
    assert [one["what"] for one in said] == ["file", "accept", "ask", "tell", "reply"]
    assert [one["number"] for one in said] == [1, 2, 3, 4, 5]
    assert [one.position for one in records] == [act.position for act in after.dossier.acts]
    assert {one["dossier"] for one in said} == {wanted}
    assert all(house.opened.payloads.person(one) == ME for one in records)
    assert (records[0].leaf.activity, records[0].leaf.recipient) == ("orders", "")


def test_what_is_private_stands_in_no_record_and_no_file(house: DossierHouse) -> None:
    seen = complained(house)
    assert seen.dossier.acts[0].fields["text"] == WORDS
    record = house.records(Kind.COMPLAINT)[0]
    assert WORDS not in house.payload(record).decode()
    assert json.loads(house.payload(record))["said"] == {"cause": "leak", "activity": "orders"}
    for file in sorted(house.folder.rglob("*")):
        if file.is_file():
            assert WORDS.encode() not in file.read_bytes(), file.name


def test_the_digest_of_the_record_is_over_all_that_was_said(
    house: DossierHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    salts: list[bytes] = []

    def kept(said: Said) -> Said:
        salts.append(said.salt)
        return said

    monkeypatch.setattr("chengnuo.usecases.dossier.desk.Said", lambda **has: kept(Said(**has)))
    complained(house)
    payload = json.loads(house.payload(house.records(Kind.COMPLAINT)[0]))
    assert payload["digest"] == fields_digest(salts[0], WRITTEN)
    assert payload["digest"] != fields_digest(salts[0], WRITTEN | {"text": "别的"})
    assert payload["digest"] != fields_digest(bytes(16), WRITTEN)


def test_strangers_and_admins_see_nothing_and_auditors_only_read(house: DossierHouse) -> None:
    wanted = complained(house).dossier.id
    for nobody in (STRANGER, ADMIN, Actor(party=Party.GUARDIAN), Actor(party=Party.PARTNER)):
        with pytest.raises(NoSuchDossierError):
            house.desk.one(wanted, nobody)
        with pytest.raises(NoSuchDossierError):
            house.desk.act(wanted, "add", nobody, {"text": "x"})
    assert house.desk.one(wanted, AUDITOR).acts == ()
    with pytest.raises(NotYourActError):
        house.desk.act(wanted, "accept", AUDITOR, {})
    assert house.desk.of(STRANGER, ["complaint"]) == ()
    assert house.desk.queue(ADMIN, ["complaint"]) == ()
    assert [one.dossier.id for one in house.desk.of(INDIVIDUAL, ["complaint"])] == [wanted]
    with pytest.raises(NoSuchDossierError):
        house.desk.one(DossierId("cp-nothing"), STAFF)


def test_what_staff_note_among_themselves_is_not_shown(house: DossierHouse) -> None:
    wanted = complained(house).dossier.id
    house.desk.act(wanted, "map", STAFF, {"cause": "third-party", "recipient": "maps"})
    assert [act.what for act in house.desk.one(wanted, STAFF).dossier.acts] == ["file", "map"]
    assert [act.what for act in house.desk.one(wanted, INDIVIDUAL).dossier.acts] == ["file"]


def test_after_an_objection_somebody_else_answers_within_a_new_term(house: DossierHouse) -> None:
    wanted = complained(house).dossier.id
    house.desk.act(wanted, "accept", STAFF, {})
    first = house.desk.act(wanted, "reply", STAFF, ANSWER).clocks[0]
    assert first.met_at is not None
    house.clock.pass_by(timedelta(days=30))
    again = house.desk.act(wanted, "object", INDIVIDUAL, {"text": "不同意"})
    assert again.state.id == "escalated"
    assert again.next_clock is not None
    assert again.next_clock.deadline.until > first.deadline.until
    with pytest.raises(FourEyesError):
        house.desk.act(wanted, "reply", STAFF, ANSWER)
    assert house.desk.act(wanted, "reply", REVIEWER, ANSWER).state.id == "answered"
    assert [act.what for act in house.desk.one(wanted, REVIEWER).acts] == ["reopen", "take-rating"]


def test_where_there_is_one_person_the_record_says_so(house: DossierHouse) -> None:
    house.accounts = 1
    wanted = complained(house).dossier.id
    house.desk.act(wanted, "escalate", STAFF, {"reason": "重大"})
    house.desk.act(wanted, "reply", STAFF, ANSWER)
    said = [json.loads(house.payload(one)) for one in house.records(Kind.COMPLAINT)]
    assert [one["single_person"] for one in said] == [False, False, True]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param("2026-09-24", "2026-10-22", id="Mid-Autumn and National Day"),
        pytest.param("2026-02-13", "2026-03-12", id="Spring Festival"),
    ],
)
def test_the_clock_runs_from_the_day_it_came_in(
    house: DossierHouse, received: str, due: str
) -> None:
    house.clock.at = start_of(date(2026, 11, 25))
    fields: dict[str, Value] = {
        "channel": "hotline",
        "received-on": received,
        "cause": "rights",
        "text": "没有人理我",
    }
    seen = house.desk.open("complaint", "take-down", STAFF, fields)
    assert [clock.deadline.on for clock in seen.clocks] == [date.fromisoformat(due)]
    assert seen.clocks[0].is_late(house.clock.now())


def test_the_operators_own_promise_is_shorter(house: DossierHouse) -> None:
    house.clock.at = start_of(date(2026, 11, 2))
    house.promised["complaint"] = {"reply": 5}
    assert complained(house).clocks[0].deadline.on == date(2026, 11, 9)


def test_what_an_authority_passed_on_has_a_reference_and_a_term_of_its_own(
    house: DossierHouse,
) -> None:
    house.clock.at = start_of(date(2026, 11, 25))
    fields: dict[str, Value] = {
        "channel": "authority",
        "received-on": "2026-11-24",
        "cause": "splash",
        "text": "弹窗关不掉",
    }
    with pytest.raises(ActRefusedError) as refused:
        house.desk.open("complaint", "take-down", STAFF, fields)
    assert "编号" in refused.value.why.zh
    seen = house.desk.open("complaint", "take-down", STAFF, fields | {"reference": "ZX-1"})
    days = {clock.sort.id: clock.deadline.on for clock in seen.clocks}
    assert days == {"reply": date(2026, 12, 15), "authority": date(2026, 12, 9)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("cause", "nothing"),
        ("activity", "no-such-activity"),
        ("text", "x" * (MOST_TEXT + 1)),
        ("text", " \n"),
        ("colour", "red"),
        ("activity", ("orders",)),
    ],
)
def test_a_wrong_field_is_named_and_its_content_is_not(
    house: DossierHouse, field: str, value: Value
) -> None:
    with pytest.raises(DossierFieldError) as refused:
        complained(house, **{field: value})
    assert refused.value.field == field
    assert "xxx" not in str(refused.value)
    assert "no-such-activity" not in str(refused.value)
    assert house.data.dossiers.every(["complaint"]) == ()
    assert house.opened.log.status().size == 0


def test_a_day_that_lies_ahead_is_no_day_of_receipt(house: DossierHouse) -> None:
    tomorrow = (house.clock.now() + timedelta(days=2)).date().isoformat()
    fields: dict[str, Value] = {"channel": "letter", "received-on": tomorrow, "cause": "other"}
    with pytest.raises(DossierFieldError, match="lies ahead"):
        house.desk.open("complaint", "take-down", STAFF, fields | {"text": "x"})


def test_acts_out_of_turn_are_refused(house: DossierHouse) -> None:
    wanted = complained(house).dossier.id
    with pytest.raises(DossierStateError):
        house.desk.act(wanted, "reply", STAFF, ANSWER)
    with pytest.raises(DossierStateError):
        house.desk.act(wanted, "file", INDIVIDUAL, WRITTEN)
    with pytest.raises(NoSuchActError):
        house.desk.act(wanted, "burn", STAFF, {})
    house.desk.act(wanted, "take-back", INDIVIDUAL, {})
    with pytest.raises(DossierStateError):
        house.desk.act(wanted, "accept", STAFF, {})


def test_handed_in_twice_is_one_complaint(house: DossierHouse) -> None:
    made = [
        house.desk.open("complaint", "file", INDIVIDUAL, WRITTEN, person=ME, key="form-1")
        for _ in range(2)
    ]
    assert made[0].dossier.id == made[1].dossier.id
    assert len(house.records(Kind.COMPLAINT)) == 1


def test_an_act_that_a_stop_left_unrecorded_is_recorded_once(
    house: DossierHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = complained(house).dossier.id

    def fails(_drafts: object) -> None:
        raise LogUnavailableError("disk")

    with monkeypatch.context() as broken:
        broken.setattr(type(house.opened.log), "append", lambda _, drafts: fails(drafts))
        with pytest.raises(LogUnavailableError):
            house.desk.act(wanted, "accept", STAFF, {})
    assert house.data.dossiers.unrecorded() == (wanted,)
    house.close()
    house.open()
    assert (house.desk.mend(), house.desk.mend()) == (1, 0)
    assert [act.position is None for act in house.desk.one(wanted, STAFF).dossier.acts] == [
        False,
        False,
    ]
    assert len(house.records(Kind.COMPLAINT)) == 2


def test_an_act_that_was_recorded_before_the_stop_is_found_in_the_log(
    house: DossierHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = complained(house).dossier.id
    with monkeypatch.context() as broken:
        broken.setattr(type(house.data.dossiers), "recorded", lambda *_: None)
        house.desk.act(wanted, "accept", STAFF, {})
    house.records()
    assert house.desk.mend() == 1
    assert len(house.records(Kind.COMPLAINT)) == 2


def test_what_is_due_first_comes_first_and_what_ended_last(house: DossierHouse) -> None:
    late = complained(house).dossier.id
    house.clock.pass_by(timedelta(days=3))
    early = complained(house, cause="price").dossier.id
    ended = complained(house, cause="other").dossier.id
    house.desk.act(ended, "take-back", INDIVIDUAL, {})
    whole = house.desk.queue(STAFF, ["complaint"], open_only=False)
    assert [one.dossier.id for one in whole] == [late, early, ended]
    assert [one.dossier.id for one in house.desk.queue(STAFF, ["complaint"])] == [late, early]
    assert all("text" not in act.fields for one in whole for act in one.dossier.acts)


def test_private_words_go_when_their_time_is_over_and_the_proof_stays(house: DossierHouse) -> None:
    wanted = complained(house).dossier.id
    house.desk.act(wanted, "take-back", INDIVIDUAL, {})
    house.clock.pass_by(timedelta(days=3 * 365))
    assert DossierEraser(house.desk).due() == 0
    house.clock.pass_by(timedelta(days=2))
    assert (DossierEraser(house.desk).due(), DossierEraser(house.desk).due()) == (1, 0)
    kept = house.desk.one(wanted, STAFF).dossier.acts[0]
    assert dict(kept.fields) == {"cause": "leak", "activity": "orders"}
    assert kept.digest
    assert kept.position is not None


def test_private_words_go_with_the_proofs_of_the_individual(house: DossierHouse) -> None:
    wanted = complained(house).dossier.id
    assert DossierEraser(house.desk).gone() == 0
    assert "text" in house.desk.one(wanted, STAFF).dossier.acts[0].fields
    size = house.opened.log.publish().checkpoint.size
    gone = Erasure(key=KeyClass.PROOF, at=house.clock.now(), under="PIPL-19", position=size)
    house.opened.log.erase({ME: gone})
    assert (DossierEraser(house.desk).gone(), DossierEraser(house.desk).gone()) == (1, 0)
    assert "text" not in house.desk.one(wanted, STAFF).dossier.acts[0].fields
