"""Decision records are numbered without a gap, listed, dated and whole."""

import re
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, links

RECORDS = sorted(path for path in (ROOT / "docs" / "adr").glob("*.md") if path.stem != "index")
PARTS = ("**Status**", "**Question**", "**Forces**", "**Options**", "**Choice**", "**Price**")


def test_numbers_have_no_gap() -> None:
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_record_is_listed_and_whole(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+", record.stem)
    assert text.startswith(f"# {record.name[:4]} ")
    assert [part for part in PARTS if part not in text] == []
    assert re.search(r"\*\*Status\*\* (accepted|superseded by .+), \d{4}-\d{2}-\d{2}\.", text)
    assert record.name in links(record.parent / "index.md")
