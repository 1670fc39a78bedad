"""When an impact assessment is due, and whether one is in force (PIPL Arts. 55, 56)."""

from datetime import date

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive
from chengnuo.domain.register.governance import AssessmentGround
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


def is_assessed(activity: ProcessingActivity, register: Register, day: date) -> bool:
    """Tell whether the activity's assessment was done and counts on a day."""
    if activity.assessment is None:
        return False
    found = register.assessment_by_id[activity.assessment]
    return found.done <= day and (found.valid_until is None or day <= found.valid_until)
