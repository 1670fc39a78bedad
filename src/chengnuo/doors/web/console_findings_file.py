"""The findings as a CSV file that a spreadsheet opens, one line a finding."""

from chengnuo.domain.finding.check import CheckReport
from chengnuo.doors.csv_file import csv_file
from chengnuo.doors.web.register_words import Speaker

_HEADS = ("severity", "rule", "basis", "row", "field", "what", "fix", "waived-until")


def findings_csv(say: Speaker, report: CheckReport) -> bytes:
    """Return every finding, waived ones too."""
    return csv_file(
        [say.t(f"console.findings.{head}") for head in _HEADS],
        (
            (
                finding.severity.text.in_lang(say.lang),
                finding.rule,
                say.joined(say.catalogue.citation(duty, say.lang) for duty in finding.duties),
                f"{say.row_words(finding.row).text} · {say.row_name(finding.row)}",
                finding.field,
                finding.message.in_lang(say.lang),
                finding.fix.in_lang(say.lang),
                "" if finding.waived is None else finding.waived.expires.isoformat(),
            )
            for finding in report.findings
        ),
    )
