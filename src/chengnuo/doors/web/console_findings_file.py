"""The findings as a CSV file that a spreadsheet opens, one line a finding."""

import csv
import io

from chengnuo.domain.finding.check import CheckReport
from chengnuo.doors.web.register_words import Speaker

_HEADS = ("severity", "rule", "basis", "row", "field", "what", "fix", "waived-until")
_READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def findings_csv(say: Speaker, report: CheckReport) -> bytes:
    """Return every finding, waived ones too, as UTF-8 with the mark that spreadsheets look for.

    A cell that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(say.t(f"console.findings.{head}") for head in _HEADS)
    for finding in report.findings:
        waived = finding.waived
        cells = (
            finding.severity.text.in_lang(say.lang),
            finding.rule,
            say.joined(say.catalogue.citation(duty, say.lang) for duty in finding.duties),
            f"{say.row_words(finding.row).text} · {say.row_name(finding.row)}",
            finding.field,
            finding.message.in_lang(say.lang),
            finding.fix.in_lang(say.lang),
            "" if waived is None else waived.expires.isoformat(),
        )
        lines.writerow(_harmless(cell) for cell in cells)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_READ_AS_FORMULA) else cell
