"""What a scan of the stores comes to: what was seen, what is wrong, how far it is declared.

One value, from which text and JSON are made.
"""

from dataclasses import dataclass

from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import Drift
from chengnuo.domain.observation.stores import StoresSeen
from chengnuo.domain.register.ids import Version
from chengnuo.law.catalogue import LawVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class StoresReport:
    """What was found in stores.

    Attributes:
        seen: What was seen.
        findings: What is wrong, the worst first.
        drift: How far stores and register are apart.
        register_version: Version of the register that they were held against.
        law_version: Version of the catalogue of the law.

    """

    seen: StoresSeen
    findings: tuple[Finding, ...]
    drift: Drift
    register_version: Version
    law_version: LawVersion
