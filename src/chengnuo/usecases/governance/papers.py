"""What is said of a submitted package in few words, and which paper holds its report as a page."""

from collections import Counter

from chengnuo.base.text import Lang
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.ports.releases import ReleasePaper

LONGEST_NAME = 120


def shown_name(given: str) -> str:
    """Return the name of a file as it is kept and shown: its last part, cut, in one line.

    >>> shown_name("C:/builds/tea 3.2.apk")
    'tea 3.2.apk'

    """
    last = given.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable())[:LONGEST_NAME]


def open_counts(report: PackageReport) -> tuple[tuple[Severity, int], ...]:
    """Return how many open findings there are of each severity that has any, the worst first."""
    counts = Counter(one.severity for one in report.findings if one.is_open)
    return tuple((one, counts[one]) for one in Severity if counts[one])


PAGES = {Lang.ZH: ReleasePaper.PAGE_ZH, Lang.EN: ReleasePaper.PAGE_EN}
"""The paper that holds the whole report as a page, by its language."""
