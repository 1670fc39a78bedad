"""Every kind of record stands on its page with its fields."""

from collections.abc import Callable

from tests.docs.record_kinds import page

from chengnuo.domain.evidence.kinds import Kind


def test_every_kind_of_record_stands_on_the_page(golden_page: Callable[[str, str], None]) -> None:
    written = page()
    assert all(f"## `{kind}`\n" in written for kind in Kind)
    golden_page("docs/record-kinds.md", written)
