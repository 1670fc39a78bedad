"""What a pattern of keys means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.connectors.redis_tables import Holds, KeyTable
from chengnuo.ports.record_source import Match


@pytest.mark.parametrize(
    ("columns", "holds"),
    [
        (("id", "value"), Holds.TEXT),
        (("id", "value", "ip"), Holds.HASH),
        (("id",), Holds.HASH),
        (("id", "field", "value"), Holds.ENTRIES),
        (("id", "member", "score"), Holds.MEMBERS),
    ],
)
def test_the_columns_tell_what_the_keys_hold(columns: tuple[str, ...], holds: Holds) -> None:
    assert KeyTable("a:{id}", columns).holds is holds


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_key_is_built_from_what_it_names(one: str, other: str) -> None:
    table = KeyTable("{{x}}:{one}:{other}", ("one", "other"))
    match = Match(columns=("other",), values=((other,), (None,)), also=(("one", one),))
    assert table.keys_of(match) == [f"{{x}}:{one}:{other}"]
    assert table.keys_of(Match(columns=("one",), values=((one,),))) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_key_is_read_as_it_was_made(one: str, other: str) -> None:
    table = KeyTable("a*{{x}}:{one}[1]?:{other}", ("one", "other", "value"))
    match = Match(columns=("one", "other"), values=((one, other),))
    assert table.keys_of(match) is None  # there is a star
    known = {"one": one, "other": other}
    assert table.parse(f"a-any-{{x}}:{one}[1]?:{other}", known) == known
