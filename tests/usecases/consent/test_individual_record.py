"""What staff are shown of one individual counts as a decision counts it."""

from tests.usecases.consent.consent_kit import LIN, WALL, TeaHouse

from chengnuo.adapters.sql.uses import SqlUses
from chengnuo.usecases.consent.counts import counts_of
from chengnuo.usecases.consent.individual_record import IndividualRecord


def read(house: TeaHouse) -> IndividualRecord:
    counts = counts_of(
        recorder=house.recorder,
        uses=SqlUses(house.data.database),
        figures=house.data.consent_figures,
        consents=house.consents,
        desk=house.desk,
        clock=house.clock,
        person=lambda _: LIN,
    )
    found = counts.individuals.read("lin", by="acc-staff", reason="核实一次投诉")
    assert found is not None
    return found


def test_a_yes_of_an_unknown_age_counts_as_long_as_they_are_taken_for_an_adult(
    house: TeaHouse,
) -> None:
    house.answer(WALL)
    assert [counts for _, counts in read(house).stands] == [True]
    house.edit("unknown_age_as: adult", "unknown_age_as: child")
    assert [counts for _, counts in read(house).stands] == [False]
