"""Looking at a kit alone before it gets into an app: inspected, and held to its recipient."""

from dataclasses import replace
from datetime import date

from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.governance.kit_check import KitCheck, NotAKitError, recipient_of_kit, vetted
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.usecases.inspection.inspections import Declared, Inspections


def checked_kit(
    inspections: Inspections,
    inspection: Inspection,
    register: Register,
    recipient: RecipientId | None = None,
    *,
    on: date | None = None,
) -> KitCheck:
    """Return what a kit is beside its row of the register.

    Findings about the kit are those about its code alone, and those about its row; what the
    register says of apps is left out, for a kit is none.

    Args:
        inspections: Judges.
        inspection: What was seen in the kit.
        register: The register.
        recipient: Id of its recipient; None to find it by the kit.
        on: Civil day on which dates are judged; today if None.

    Raises:
        NotAKitError: The package is an app.
        KitRecipientError: Which recipient it is of cannot be told.

    """
    if inspection.package.kind.is_app:
        raise NotAKitError(inspection.package.kind)
    report = inspections.report(inspection, Declared(register=register), on=on)
    alone = inspections.report(inspection, Declared(), on=on)
    look = PackageLook(
        inspection=inspection,
        knowledge=inspections.words.knowledge,
        catalogue=inspections.words.law,
        today=report.on,
        register=register,
    )
    found = recipient_of_kit(look, register, recipient)
    row = None if found is None else RowRef("recipient", found.recipient)
    findings = {one.id: one for one in alone.findings}
    findings.update((one.id, one) for one in report.findings if one.row == row)
    return KitCheck(
        report=replace(
            report,
            findings=tuple(sorted(findings.values(), key=lambda one: one.order)),
            drift=vetted(look, found),
        ),
        recipient=found,
    )
