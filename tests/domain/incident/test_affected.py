"""Who is affected: counted once wherever they stand, as a plain recount has it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.domain.incident.affected import Affected, Found, Source, affected
from chengnuo.domain.incident.grading import is_below, least_grade
from chengnuo.law.age import AgeBand

PEOPLE = [bytes([one]) * 32 for one in range(12)]
NAMED = [Source.STORE, Source.STORE_MAYBE, Source.RECORDS, Source.PERMITS]
places = st.lists(
    st.one_of(
        st.builds(
            Found,
            source=st.sampled_from(NAMED),
            where=st.just("main.customers"),
            people=st.frozensets(st.sampled_from(PEOPLE)),
        ),
        st.builds(
            Found,
            source=st.sampled_from([Source.ROWS, Source.BATCHES]),
            where=st.just("courier"),
            count=st.integers(0, 50),
        ),
        st.builds(Found, source=st.just(Source.UNSEEN), where=st.just("uploads")),
    ),
    max_size=8,
)
bands = st.lists(st.sampled_from([*AgeBand]), min_size=len(PEOPLE), max_size=len(PEOPLE))


def count(found: Sequence[Found], of: Sequence[AgeBand]) -> Affected:
    ages = {
        band: frozenset(one for one, its in zip(PEOPLE, of, strict=True) if its is band)
        for band in AgeBand
        if band is not AgeBand.UNKNOWN
    }
    return affected(found, ages, categories=(), sensitive=False)


@given(found=places, of=bands)
def test_it_equals_a_plain_recount(found: list[Found], of: list[AgeBand]) -> None:
    answer = count(found, of)
    certain, named, more, unseen = list[bytes](), list[bytes](), 0, False
    for one in found:
        for person in one.people:
            if person not in named:
                named.append(person)
            if one.source in {Source.STORE, Source.RECORDS} and person not in certain:
                certain.append(person)
        more += one.count
        unseen = unseen or one.source is Source.UNSEEN
    assert answer.at_least == len(certain)
    assert answer.at_most == (None if unseen else len(named) + more)
    assert sorted(answer.people) == sorted(named)
    plain = dict.fromkeys(AgeBand, 0)
    for person in named:
        plain[of[PEOPLE.index(person)]] += 1
    assert answer.bands == plain
    assert answer.sensitive is (plain[AgeBand.UNDER_14] > 0)


@given(found=places, of=bands, more=places)
def test_looking_at_more_places_never_makes_fewer(
    found: list[Found], of: list[AgeBand], more: list[Found]
) -> None:
    first, second = count(found, of), count([*found, *more], of)
    assert first.at_least <= second.at_least
    assert second.at_most is None or (first.at_most is not None and first.at_most <= second.at_most)
    assert second.at_most is None or second.at_least <= second.at_most


@pytest.mark.parametrize(
    ("figure", "below", "grade"),
    [
        ("TD-B8", "general", "fairly-major"),
        ("TD-B7", "fairly-major", "major"),
        ("TD-B6", "major", "especially-major"),
    ],
)
def test_the_lines_are_those_of_the_catalogue(figure: str, below: str, grade: str) -> None:
    catalogue = load_catalogue(read_catalogue, cache_folder=None)
    line = catalogue.number(figure)
    assert least_grade(line - 1, catalogue)[0] == below
    assert least_grade(line, catalogue) == (grade, figure)
    assert is_below(below, grade)
