"""Parts hold every page once, in order, none over the limit unless one page alone is."""

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.rights.export_parts import MOST_ROWS, PageSize, split

PAGES = st.builds(
    lambda rows, size: PageSize(rows=rows, bytes=size),
    st.one_of(st.integers(1, 50), st.just(MOST_ROWS // 2 + 1)),
    st.integers(0, 300),
)
TABLES = st.lists(st.lists(PAGES, max_size=6), max_size=5)


@given(tables=TABLES, limit=st.integers(1, 800), index=st.integers(0, 50))
def test_every_page_is_in_one_part_and_in_order(
    tables: list[list[PageSize]], limit: int, index: int
) -> None:
    parts = split(tables, limit_bytes=limit, index_bytes=index)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    held = [
        (one.table, page)
        for part in parts
        for one in part.slices
        for page in range(one.first, one.end)
    ]
    assert held == [(at, page) for at, pages in enumerate(tables) for page in range(len(pages))]
    for at, pages in enumerate(tables):
        slices = [one for part in parts for one in part.slices if one.table == at]
        assert [one.number for one in slices] == list(range(1, len(slices) + 1))
        assert sum(one.rows for one in slices) == sum(page.rows for page in pages)
        assert slices
        assert all(one.rows <= MOST_ROWS for one in slices)


@given(tables=TABLES, limit=st.integers(1, 800), index=st.integers(0, 50))
def test_no_part_is_over_the_limit_but_one_of_a_single_page(
    tables: list[list[PageSize]], limit: int, index: int
) -> None:
    for part in split(tables, limit_bytes=limit, index_bytes=index):
        pages = [
            tables[one.table][page].bytes
            for one in part.slices
            for page in range(one.first, one.end)
        ]
        assert part.bytes == index + sum(pages)
        assert part.bytes <= limit or sum(size > 0 for size in pages) <= 1


def test_a_copy_of_nothing_is_one_part() -> None:
    (part,) = split([], limit_bytes=1, index_bytes=5)
    assert (part.number, part.slices, part.bytes) == (1, (), 5)
