"""The controls over third parties fail on exactly what is wrong."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.text import Text
from chengnuo.domain.finding.live import Looked
from chengnuo.domain.finding.party_controls import CONTROLS, agreed_to, approved, given_up
from chengnuo.domain.finding.party_records import (
    EndedSeen,
    PartyRecords,
    SdkShipped,
    SubPartySeen,
)
from chengnuo.law.catalogue import Catalogue

SUBS = st.lists(
    st.builds(
        SubPartySeen,
        recipient=st.sampled_from(["maps", "cloud"]),
        name=st.just(Text("某云", "A cloud")),
        agreed=st.booleans(),
        dossier=st.sampled_from(["", "sv-1"]),
    )
)
ENDED = st.lists(
    st.builds(
        EndedSeen,
        recipient=st.just("maps"),
        dossier=st.just("sv-1"),
        activities=st.lists(st.sampled_from(["orders", "nearby"]), unique=True).map(tuple),
    )
)
SDKS = st.lists(
    st.builds(
        SdkShipped,
        app=st.just("tea"),
        name=st.just("MapKit"),
        version=st.sampled_from(["", "5.4.0"]),
        why=st.sampled_from([None, Text("没有审查记录", "no record of vetting")]),
        dossier=st.sampled_from(["", "sk-1"]),
    )
)
RECORDS = st.builds(
    PartyRecords, subs=SUBS.map(tuple), ended=ENDED.map(tuple), sdks=SDKS.map(tuple)
)


@given(RECORDS)
def test_faults_are_those_of_a_plain_recount(records: PartyRecords) -> None:
    assert len(agreed_to(records).faults) == sum(not one.agreed for one in records.subs)
    assert len(given_up(records).faults) == sum(len(one.activities) for one in records.ended)
    assert len(approved(records).faults) == sum(one.why is not None for one in records.sdks)


@pytest.mark.parametrize(
    ("look", "records", "said"),
    [
        (
            agreed_to,
            PartyRecords(
                subs=(SubPartySeen(recipient="maps", name=Text("某云", "A cloud"), agreed=False),)
            ),
            Text("maps 转委托 某云，没有同意的记录", "maps entrusts A cloud without consent"),
        ),
        (
            approved,
            PartyRecords(
                sdks=(
                    SdkShipped(
                        app="tea", name="MapKit", version="", why=Text("已过期", "has expired")
                    ),
                )
            ),
            Text("tea: MapKit：已过期", "tea: MapKit: has expired"),
        ),
    ],
)
def test_a_fault_says_who_and_what(
    look: Callable[[PartyRecords], Looked], records: PartyRecords, said: Text
) -> None:
    assert [one.what for one in look(records).faults] == [said]


def test_controls_rest_on_duties_that_there_are(catalogue: Catalogue) -> None:
    for control in CONTROLS:
        assert [catalogue.duty(one).id for one in control.duties] == list(control.duties)
        assert [catalogue.duty(one).id for one in control.rests_on] == list(control.rests_on)
