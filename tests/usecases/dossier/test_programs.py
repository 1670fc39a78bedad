"""Back ends and recipients at the desk: what they see, and an opening that is sent again."""

from dataclasses import replace

import pytest
from tests.usecases.dossier.dossier_house import ME, OTHER, STAFF, DossierHouse

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.standing import ActRefusedError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.dossiers import DossierMovedError, Kept, NoSuchDossierError, Said
from chengnuo.ports.evidence_log import LogUnavailableError
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.recording import DossierRecorder
from chengnuo.usecases.dossier.seen import Actor, Seen

BACK_END = Actor(id="hotline", party=Party.SERVICE)
PARTNER = Actor(id="maps", party=Party.PARTNER)
CALL = {"channel": "hotline", "received-on": "2026-11-20", "cause": "rights", "text": "没人理"}


def supervised(house: DossierHouse, recipient: str = "maps") -> Seen:
    said = {"recipient": recipient, "next-check": "2027-03-31"}
    return house.desk.open("supervision", "begin", STAFF, said)


def test_a_recipient_sees_its_supervision_and_no_complaint_that_names_it(
    house: DossierHouse,
) -> None:
    mine, others = supervised(house), supervised(house, "cloud")
    complaint = house.desk.open("complaint", "take-down", STAFF, CALL, person=ME)
    house.desk.act(
        complaint.dossier.id, "map", STAFF, {"cause": "third-party", "recipient": "maps"}
    )
    seen = house.desk.queue(PARTNER, list(house.desk.sorts))
    assert [one.dossier.id for one in seen] == [mine.dossier.id]
    for hidden in (others, complaint):
        with pytest.raises(NoSuchDossierError):
            house.desk.one(hidden.dossier.id, PARTNER)
    assert seen[0].dossier.acts == ()
    done = house.desk.act(mine.dossier.id, "acknowledge", PARTNER, {"note": "yes"})
    assert [(act.what, act.by) for act in done.dossier.acts] == [("acknowledge", "maps")]
    assert [act.what for act in done.acts] == ["acknowledge", "ask-sub-entrusting"]


def test_a_back_end_sees_all_sorts_or_those_about_one_individual(house: DossierHouse) -> None:
    first = house.desk.open("complaint", "take-down", BACK_END, CALL, person=ME).dossier.id
    other = house.desk.open("complaint", "take-down", BACK_END, CALL, person=OTHER).dossier.id
    third = supervised(house).dossier.id
    seen = house.desk.queue(BACK_END, list(house.desk.sorts))
    assert {one.dossier.id for one in seen} == {first, other, third}
    about_me = Actor(id="hotline", party=Party.SERVICE, names=frozenset({ME}))
    found = house.desk.of(about_me, list(house.desk.sorts))
    assert [one.dossier.id for one in found] == [first]
    for hidden in (other, third):
        with pytest.raises(NoSuchDossierError):
            house.desk.one(hidden, about_me)


def test_an_opening_that_the_log_did_not_take_is_recorded_before_it_is_acknowledged(
    house: DossierHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(desk: DossierDesk) -> Seen:
        return desk.open("complaint", "take-down", BACK_END, CALL, key="call-7")

    def is_full(*_: object, **__: object) -> None:
        raise LogUnavailableError("full")

    with monkeypatch.context() as patched:
        patched.setattr(DossierRecorder, "record", is_full)
        for _ in range(2):
            with pytest.raises(LogUnavailableError):
                opened(house.desk)
    assert len(house.data.dossiers.unrecorded()) == 1
    again = opened(house.desk)
    assert again.dossier.acts[0].position is not None
    assert opened(house.desk).dossier == again.dossier
    assert len(house.records(Kind.COMPLAINT)) == 1


@pytest.mark.parametrize("name", ["hotline", "service"])
def test_no_key_takes_a_step_of_the_service_whatever_it_is_called(
    house: DossierHouse, name: str
) -> None:
    key = Actor(id=name, party=Party.SERVICE)
    seen = house.desk.open("complaint", "take-down", key, CALL, person=ME)
    assert [act.what for act in seen.acts] == ["escalate"]
    said = {"step": "overdue", "to": "head"}
    with pytest.raises(ActRefusedError):
        house.desk.act(seen.dossier.id, "step-up", key, said)
    assert len(house.desk.one(seen.dossier.id, key).dossier.acts) == 1


def test_what_two_processes_open_under_one_key_is_opened_once(house: DossierHouse) -> None:
    first = house.desk.open("complaint", "take-down", BACK_END, CALL, key="call-9").dossier
    (act,) = first.acts
    said = Said(private={}, salt=b"0" * 16)
    kept = Kept(state="received", final_at=None, due_at=None)
    other = replace(first, id=DossierId("cp-aaaaaaaaaa"), acts=(act,))
    with pytest.raises(DossierMovedError):  # it looked before the first one was there
        house.data.dossiers.add(other, said, kept, key="call-9")
    assert house.data.dossiers.one(other.id) is None
    for again in (replace(other, id=DossierId(f"cp-aaaaaaaaa{sign}")) for sign in "bc"):
        house.data.dossiers.add(again, said, kept, key="")
    assert len(house.data.dossiers.every(["complaint"])) == 3
