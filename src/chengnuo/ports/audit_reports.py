"""Port: an audit of prices as a document for people."""

from dataclasses import dataclass
from typing import Protocol

from chengnuo.base.text import Lang
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.coding import Coded, Problem
from chengnuo.domain.pricing.second_opinion import SecondOpinion


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """All that a document about an audit tells.

    Attributes:
        coded: What was audited, by which coding.
        problems: What hinders it.
        audit: The audit; None where a problem forbids any verdict.
        second: The second opinion, if asked for; it decides nothing.

    """

    coded: Coded
    problems: tuple[Problem, ...]
    audit: Audit | None
    second: SecondOpinion | None = None


class AuditReportWriter(Protocol):
    """Writes reports of audits in one format; the same report gives the same bytes."""

    @property
    def format(self) -> str:
        """Short name of the format and suffix of its files, as `html`."""
        ...

    def write(self, report: AuditReport, lang: Lang) -> bytes:
        """Return the report as a file in one language."""
        ...
