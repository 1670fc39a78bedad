"""What an inspection of a package comes to: what was seen, and what is found wrong with it.

One value, from which every report is made: text, page, JSON, SARIF and the list of parts.
"""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.register.ids import Version
from chengnuo.law.catalogue import LawVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReport:
    """What was found in a package.

    Attributes:
        inspection: What was seen.
        findings: What is wrong, the worst first, waived findings among them.
        register_version: Version of the register that it was held against; None if against none.
        law_version: Version of the catalogue of the law.
        on: Civil day in the mainland on which dates were judged.

    """

    inspection: Inspection
    findings: tuple[Finding, ...]
    register_version: Version | None = None
    law_version: LawVersion
    on: date
