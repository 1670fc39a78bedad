"""Names and addresses are told by what a column holds, and what only looks like them is not."""

from functools import cache
from random import Random

import pytest
from tests.engines.text.column_tables import address, name, others
from tests.engines.text.cues_file import product_cues
from tests.engines.text.knowledge_files import product_search

from chengnuo.engines.text.column_contents import ColumnContents
from chengnuo.engines.text.columns import Holding, classified
from chengnuo.engines.text.kinds import Evidence, Kind

CUES = product_cues()
COLUMNS = ("c1", "remark2", "收件", "v")


@cache
def contents() -> ColumnContents:
    search = product_search()
    return ColumnContents(search.names, search.addresses)


def kind_of(values: list[str], column: str = "c1") -> Kind | None:
    return classified(column, values, CUES, contents()).kind


@pytest.mark.parametrize("size", [10, 30, 200])
def test_every_column_of_names_or_addresses_is_told(size: int) -> None:
    random = Random(size)
    for _ in range(20):
        column = random.choice(COLUMNS)
        assert kind_of([name(random) for _ in range(size)], column) is Kind.NAME
        assert kind_of([address(random) for _ in range(size)], column) is Kind.ADDRESS


@pytest.mark.parametrize("what", sorted(others()))
def test_columns_of_other_things_are_not(what: str) -> None:
    words, random = others()[what], Random(1)
    for size in (10, 12, 40, 200):
        for _ in range(10):
            values = [*random.sample(words, min(size, len(words))), *random.choices(words, k=size)]
            assert kind_of(values, random.choice(COLUMNS)) is None, values


def test_a_column_that_is_partly_of_names() -> None:
    random = Random(4)
    names = [name(random) for _ in range(70)]
    assert kind_of([*names, *["无"] * 30]) is Kind.NAME
    assert kind_of([*names[:40], *["门店自提"] * 60]) is None


def test_what_is_said_of_it() -> None:
    random = Random(5)
    found = classified("c1", [name(random) for _ in range(50)], CUES, contents())
    assert (found.holding, found.evidence) == (Holding.VALUES, Evidence.MODEL)
    assert found.share > 0.9
    assert found.counts.whole == {Kind.NAME: round(found.share * 50)}
    assert not found.searched


def test_the_name_of_a_column_that_says_something_else_counts() -> None:
    random = Random(6)
    names = [name(random) for _ in range(50)]
    assert kind_of(names, "shop_name") is None
    assert classified("c1", names, CUES).kind is None
    assert kind_of([names[0]] * 50) is None
