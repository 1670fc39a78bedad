"""Every sort from its opening to an end: each act on record, by whoever may, and nobody else."""

import json

import pytest
from tests.usecases.dossier.dossier_house import ME, REVIEWER, ROWS, STAFF, DossierHouse
from tests.usecases.dossier.ways import WAYS, Step, filled

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import Concerns
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.usecases.dossier.seen import Seen
from chengnuo.usecases.evidence.file_requests import FourEyesError

ACTORS = {Party.STAFF: STAFF, Party.REVIEWER: REVIEWER}
FIRST_ROWS = {kind: ids[0] for kind, ids in ROWS.items()}
KINDS = {"complaint": Kind.COMPLAINT, "incident": Kind.INCIDENT}


def gone(house: DossierHouse, sort: str, steps: tuple[Step, ...]) -> Seen:
    """Go a way and return where it leads."""
    seen = None
    for what, party, fields in steps:
        said = filled(fields, FIRST_ROWS)
        if seen is None:
            person = ME if SORTS[sort].concerns is Concerns.ONE else ""
            seen = house.desk.open(sort, what, ACTORS[party], said, person=person)
        else:
            seen = house.desk.act(seen.dossier.id, what, ACTORS[party], said)
    assert seen is not None
    return seen


def test_there_is_a_way_through_every_sort() -> None:
    assert sorted(WAYS) == sorted(SORTS)


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_every_act_of_a_way_is_recorded_in_its_order(house: DossierHouse, sort: str) -> None:
    seen = gone(house, sort, WAYS[sort])
    assert seen.state.final
    records = house.records(KINDS.get(sort, Kind.DOSSIER_ACT))
    said = [json.loads(house.payload(one)) for one in records]
    assert [one["what"] for one in said] == [what for what, _, _ in WAYS[sort]]
    assert [one["state"] for one in said][-1] == seen.state.id
    assert {(one["dossier"], one["sort"]) for one in said} == {(seen.dossier.id, sort)}
    assert [one["party"] for one in said] == [party.value for _, party, _ in WAYS[sort]]
    concerns_one = SORTS[sort].concerns is Concerns.ONE
    people = {house.opened.payloads.person(one) for one in records}
    assert people == ({ME} if concerns_one else {None})


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_no_private_word_of_a_way_is_in_the_log_or_a_list(house: DossierHouse, sort: str) -> None:
    gone(house, sort, WAYS[sort])
    private = {
        (act.what, field.name) for act in SORTS[sort].acts for field in act.fields if field.private
    }
    records = house.records(KINDS.get(sort, Kind.DOSSIER_ACT))
    for record in records:
        said = json.loads(house.payload(record))
        assert not {(said["what"], name) for name in said["said"]} & private
    for dossier in house.data.dossiers.every([sort]):
        for act in dossier.acts:
            assert not {(act.what, name) for name in act.fields} & private


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_whoever_wrote_it_does_not_sign_it_off(house: DossierHouse, sort: str) -> None:
    """Reviewers may do nearly everything; where four eyes are asked for, one alone gets stuck."""
    needs = {act.what for act in SORTS[sort].acts if act.not_by_author_of}
    way = [(what, Party.REVIEWER, fields) for what, _, fields in WAYS[sort]]
    reviewed = [what for what, _, _ in WAYS[sort] if what in needs]
    if not reviewed:
        assert gone(house, sort, tuple(way)).state.final
        return
    with pytest.raises(FourEyesError):
        gone(house, sort, tuple(way))
    house.accounts = 1
    assert gone(house, sort, tuple(way)).state.final
