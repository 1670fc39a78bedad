"""The part of a JSON report of stores that tells how far stores and register are apart."""

from dataclasses import dataclass

import msgspec

from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_report import Drift
from chengnuo.doors.inspection_form import Hash, InspectionFormError, decoded
from chengnuo.doors.inspection_report_form import WrittenDrift, WrittenFinding


class WrittenStores(msgspec.Struct, frozen=True, rename="camel"):
    """What is read of it."""

    register_version: Hash
    drift: WrittenDrift
    findings: tuple[WrittenFinding, ...]


@dataclass(frozen=True, slots=True)
class StoresDrift:
    """How far stores and a register are apart.

    Attributes:
        drift: The rows.
        findings: What is wrong.

    """

    drift: Drift
    findings: tuple[Finding, ...]


def read_stores_drift(data: bytes, *, register: str) -> StoresDrift:
    """Return what a report of stores says of a register.

    Args:
        data: The file, as `stores_json.stores_report_json` writes it.
        register: Version of the register, 64 hex digits.

    Raises:
        InspectionFormError: It is no report of stores, or one of another register.

    """
    written = decoded(data, WrittenStores)
    if written.register_version != register:
        raise InspectionFormError("it was made beside another version of the register")
    return StoresDrift(
        drift=Drift(rows=tuple(one.to_domain() for one in written.drift.rows)),
        findings=tuple(one.to_domain() for one in written.findings),
    )
