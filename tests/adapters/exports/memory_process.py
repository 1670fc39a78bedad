"""Makes a copy of so many rows in a process of its own and tells how far its memory grew.

`python memory_process.py FOLDER ROWS` prints kibibytes over what the process had before.
"""

import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.adapters.exports.test_rows import explained

from chengnuo.adapters.exports.folder import FolderExports
from chengnuo.adapters.keys import AesSealer
from chengnuo.base.text import Text
from chengnuo.domain.rights.export_contents import ExportIndex, Format, TableIndexed
from chengnuo.domain.rights.export_parts import split
from chengnuo.ports.record_source import PAGE
from chengnuo.ports.rights_exports import ExportOrder
from chengnuo.ports.rights_pages import PageFound, Row

AT = datetime(2026, 11, 28, tzinfo=UTC)
COLUMNS = ("n", "text", "at")


def page(start: int) -> list[Row]:
    return [(n, f"sample item {n}", AT + timedelta(seconds=n)) for n in range(start, start + PAGE)]


def pages(rows: int) -> Iterator[PageFound]:
    for start in range(0, rows, PAGE):
        yield PageFound(store="main", table="t", columns=COLUMNS, rows=page(start), withheld=0)


def made(folder: Path, rows: int) -> None:
    """Make a copy."""
    place = FolderExports(root=folder, sealer=AesSealer(bytes(32)), reserve_bytes=0)
    order = ExportOrder(
        export=f"rq-{rows}",
        formats=tuple(Format),
        part_bytes=2 << 30,
        masked=False,
        pass_code="",
        expires=AT,
    )
    place.begin(order)
    with place.gather(order) as gathering:
        for one in pages(rows):
            gathering.take(one)
        (kept,) = gathering.keep(())
    table = TableIndexed(name="main.t", explained=explained(*COLUMNS), rows=rows, withheld=0)
    index = ExportIndex(
        export=order.export,
        handler=Text("样例", "Sample"),
        contacts=(),
        register="0" * 64,
        law="2026-11",
        at=AT,
        tables=(table,),
        masked=False,
        not_included=(),
    )
    (part,) = split([kept.pages], limit_bytes=2 << 30, index_bytes=1 << 20)
    done = place.make_part(order, part, 1, index)
    place.finish(order)
    assert kept.rows == rows
    assert done.size < part.bytes


def peak_kib() -> int:
    """Return the most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    made(Path(sys.argv[1]), PAGE)
    before = peak_kib()
    made(Path(sys.argv[1]), int(sys.argv[2]))
    print(peak_kib() - before)  # noqa: T201  read by the test
