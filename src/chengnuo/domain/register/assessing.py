"""When an impact assessment is due, and whether one is in force (PIPL Arts. 55, 56).

There are two sources. A row of the register says on which day one was done, and counts as it is
written. Once an assessment of an activity was concluded in a dossier, dossiers alone count for that
activity: an approval whose place the log tells, of the activity as it is now. Record 0022 says why.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive
from chengnuo.domain.register.governance import AssessmentGround
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.material import material_fingerprint
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.law.catalogue import Catalogue


def grounds_of(
    activity: ProcessingActivity, register: Register, catalogue: Catalogue
) -> frozenset[AssessmentGround]:
    """Return why an impact assessment of an activity is due; empty if it is not (Art. 55)."""
    recipients = tuple(register.recipients_of(activity))
    roles = {recipient.role for recipient in recipients}
    automated = activity.automated
    due = {
        AssessmentGround.SENSITIVE: any(is_sensitive(item, catalogue) for item in activity.items),
        AssessmentGround.AUTOMATED: automated is not None,
        AssessmentGround.ENTRUSTED: RecipientRole.ENTRUSTED in roles,
        AssessmentGround.PROVISION: bool(roles & {RecipientRole.PROVISION, RecipientRole.JOINT}),
        AssessmentGround.PUBLICATION: activity.disclosure is not None,
        AssessmentGround.OVERSEAS: any(recipient.is_overseas for recipient in recipients),
        AssessmentGround.MAJOR_EFFECT: automated is not None and automated.major_effect,
    }
    return frozenset(ground for ground, is_due in due.items() if is_due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An impact assessment that was approved in a dossier, as far as one activity is concerned.

    Attributes:
        dossier: Id of the dossier.
        activity: The activity.
        material: Fingerprint of what was assessed; empty where that cannot be read any more.
        grounds: Ids of the grounds that it covers.
        until: Last day on which it counts.

    """

    dossier: str
    activity: ActivityId
    material: str
    grounds: frozenset[str]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InDossiers:
    """What was concluded in dossiers, up to a place in the log.

    Attributes:
        concluded: Activities that dossiers alone count for.
        approvals: Approvals that stand.
        given_up: Recipients that were supervised, and with which every supervision was ended.

    """

    concluded: frozenset[ActivityId] = frozenset()
    approvals: tuple[Approval, ...] = ()
    given_up: frozenset[RecipientId] = frozenset()


NOT_KEPT: Final = InDossiers()
"""Nothing was concluded in a dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Whether an assessment covers an activity.

    Attributes:
        holds: Whether it does.
        row: Row of the register, or dossier, that it was looked up in.
        why: What was found in dossiers, one word; empty for a row of the register.

    """

    holds: bool
    row: str
    why: str = ""


def cover_of(
    activity: ProcessingActivity,
    register: Register,
    catalogue: Catalogue,
    day: date,
    dossiers: InDossiers = NOT_KEPT,
) -> Cover | None:
    """Tell whether an assessment in force covers all that one is due for; None if none is due."""
    due = grounds_of(activity, register, catalogue)
    if not due:
        return None
    if activity.activity not in dossiers.concluded:
        return _by_register(activity, register, due, day)
    mine = [one for one in dossiers.approvals if one.activity == activity.activity]
    material = material_fingerprint(activity, register)
    found = [(_why_not(one, material, due, day), one.dossier) for one in mine]
    why, row = min(found, default=("assessment-not-approved", activity.activity))
    return Cover(holds=not why, row=row, why=why)


def _by_register(
    activity: ProcessingActivity, register: Register, due: frozenset[AssessmentGround], day: date
) -> Cover:
    if activity.assessment is None:
        return Cover(holds=False, row=activity.activity)
    found = register.assessment_by_id[activity.assessment]
    counts = found.done <= day and (found.valid_until is None or day <= found.valid_until)
    return Cover(holds=counts and due <= set(found.grounds), row=activity.assessment)


def _why_not(approval: Approval, material: str, due: frozenset[AssessmentGround], day: date) -> str:
    """Return why an approval does not cover an activity; empty if it does."""
    if approval.material != material:
        return "assessment-changed"
    if day > approval.until:
        return "assessment-lapsed"
    return "" if due <= approval.grounds else "assessment-grounds"
