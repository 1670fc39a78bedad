"""Rows as a CSV file that a spreadsheet opens, in which no cell is run as a formula."""

import csv
import io
from collections.abc import Iterable

_READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    r"""Return heads and rows as UTF-8 with the mark that spreadsheets look for.

    A cell that a spreadsheet would run as a formula is preceded by an apostrophe.

    >>> csv_file(["a"], [["=1+1"]]).decode("utf-8-sig")
    "a\r\n'=1+1\r\n"

    """
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(heads)
    for row in rows:
        lines.writerow([f"'{cell}" if cell.startswith(_READ_AS_FORMULA) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")
