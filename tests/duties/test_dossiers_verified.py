"""Every sort of dossier from the forms of the console to the verifier and back.

The verifier runs as its own process on what was handed out: it finds the acts in their order, and
finds out a byte that was changed, and an act that was taken away.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from tests.doors.service_kit import start
from tests.duties.duty_kit import (
    ACCOUNT,
    SAMPLE,
    SORT_KINDS,
    Duties,
    acts_in,
    disclosed,
    forged,
    said_otherwise,
    without_act,
    without_entry,
)
from tests.usecases.dossier.ways import WAYS

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.sort import Concerns
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.usecases.evidence.duty_kinds import kinds_that_show

ABOUT_SOMEBODY = [one.id for one in SORTS.values() if one.concerns is not Concerns.NOBODY]
ABOUT_NOBODY = [one.id for one in SORTS.values() if one.concerns is Concerns.NOBODY]


@pytest.fixture(scope="module")
def duties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duties]:
    folder = tmp_path_factory.mktemp("duties")
    kit = start(folder / "data", demo=True, register=str(SAMPLE))
    yield Duties(kit=kit, folder=folder)
    kit.service.close()


def file_of(duties: Duties, sort: str) -> bytes:
    """Return the evidence file of the first duty that a sort serves, or of its individual."""
    if SORTS[sort].concerns is Concerns.NOBODY:
        return duties.evidence_file(str(SORTS[sort].rests_on[0]))
    return duties.evidence_file("person", account=ACCOUNT)


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_an_evidence_file_shows_each_act_in_its_order_and_verifies(
    duties: Duties, sort: str
) -> None:
    wanted, file = duties.one(sort), file_of(duties, sort)
    verdict = duties.verified(file)
    assert (verdict.status, verdict.code) == (0, "evidence-whole"), verdict
    acts = acts_in(file, wanted)
    assert [one["what"] for one in acts] == [what for what, _, _ in WAYS[sort]]
    assert [one["number"] for one in acts] == list(range(1, len(acts) + 1))
    assert [one["party"] for one in acts] == [party.value for _, party, _ in WAYS[sort]]
    assert SORTS[sort].state(acts[-1]["state"]).final
    private = {
        (act.what, one.name) for act in SORTS[sort].acts for one in act.fields if one.private
    }
    assert not private & {(one["what"], name) for one in acts for name in one["said"]}


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_a_byte_that_was_changed_is_found_out(duties: Duties, sort: str) -> None:
    wanted, file = duties.one(sort), file_of(duties, sort)
    verdict = duties.verified(forged(file, said_otherwise(wanted)))
    assert (verdict.status, verdict.code) == (1, "payload"), verdict
    torn = bytearray(file)
    torn[len(torn) // 2] ^= 1
    assert duties.verified(bytes(torn)).status == 1


@pytest.mark.parametrize(
    ("sort", "duty"), [(one.id, str(duty)) for one in SORTS.values() for duty in one.rests_on]
)
def test_every_duty_that_a_sort_serves_is_shown_by_its_records(sort: str, duty: str) -> None:
    in_open, personal = kinds_that_show(duty)
    kind = SORT_KINDS.get(sort, Kind.DOSSIER_ACT)
    concerns = SORTS[sort].concerns
    assert kind in in_open or concerns is Concerns.ONE
    assert kind in personal or concerns is Concerns.NOBODY


@pytest.mark.parametrize("sort", sorted(ABOUT_SOMEBODY))
def test_an_act_taken_out_of_the_chain_of_an_individual_is_found_out(
    duties: Duties, sort: str
) -> None:
    wanted, file = duties.one(sort), file_of(duties, sort)
    verdict = duties.verified(forged(file, without_act(wanted)))
    assert (verdict.status, verdict.code) == (1, "chain"), verdict


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_an_act_taken_out_of_the_log_is_found_out(duties: Duties, sort: str) -> None:
    wanted, public = DossierId(duties.one(sort)), duties.public()
    whole = duties.verified(public)
    assert (whole.status, whole.code) == (0, "log-whole"), whole
    desk = duties.kit.service.services.dossiers
    assert desk is not None
    dossier = desk.store.one(wanted)
    assert dossier is not None
    position = dossier.acts[-1].position
    assert position is not None
    gone = without_entry(public, position)
    assert f'"kind":"{SORT_KINDS.get(sort, Kind.DOSSIER_ACT)}"'.encode() in gone
    assert duties.verified(public).status == 1


def test_a_file_says_nothing_of_dossiers_about_others(duties: Duties) -> None:
    about_nobody = {duties.one(sort) for sort in ABOUT_NOBODY}
    about_somebody = {duties.one(sort) for sort in ABOUT_SOMEBODY}
    file = duties.evidence_file("duty-16")
    shown = {one["dossier"] for one in disclosed(file) if "dossier" in one}
    assert shown >= about_nobody
    assert not shown & about_somebody
    with zipfile.ZipFile(BytesIO(file)) as opened:
        for name in opened.namelist():
            assert ACCOUNT.encode() not in opened.read(name)


def test_a_drill_goes_the_same_way_and_every_record_says_that_it_is_one(duties: Duties) -> None:
    steps = [
        (what, party, {**fields, "drill": True} if what == "discover" else fields)
        for what, party, fields in WAYS["incident"]
    ]
    drill = duties.done("incident", steps)
    file = duties.evidence_file("PIPL-57")
    assert duties.verified(file).status == 0
    acts = acts_in(file, drill)
    assert acts[0]["said"]["drill"] is True
    assert acts[-1]["state"] == "closed"
