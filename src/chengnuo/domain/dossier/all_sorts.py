"""Every sort of dossier."""

from collections.abc import Mapping

from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.agreement_term import AGREEMENT_TERM
from chengnuo.domain.dossier.sorts.assessment import ASSESSMENT
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.dossier.sorts.canary import CANARY
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.domain.dossier.sorts.filing import FILING
from chengnuo.domain.dossier.sorts.foreign_request import FOREIGN_REQUEST
from chengnuo.domain.dossier.sorts.hotline import HOTLINE
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.joint_request import JOINT_REQUEST
from chengnuo.domain.dossier.sorts.minors_access import MINORS_ACCESS
from chengnuo.domain.dossier.sorts.name_removal import NAME_REMOVAL
from chengnuo.domain.dossier.sorts.not_applicable import ROW_NOT_APPLICABLE
from chengnuo.domain.dossier.sorts.recorded_control import RECORDED_CONTROL
from chengnuo.domain.dossier.sorts.register_change import REGISTER_CHANGE
from chengnuo.domain.dossier.sorts.remedy import REMEDY
from chengnuo.domain.dossier.sorts.safeguard import SAFEGUARD
from chengnuo.domain.dossier.sorts.sdk_vetting import SDK_VETTING
from chengnuo.domain.dossier.sorts.supervision import SUPERVISION

SORTS: Mapping[str, DossierSort] = {
    sort.id: sort
    for sort in (
        COMPLAINT,
        INCIDENT,
        CANARY,
        ASSESSMENT,
        SUPERVISION,
        AGREEMENT_TERM,
        SDK_VETTING,
        JOINT_REQUEST,
        FOREIGN_REQUEST,
        FILING,
        AUDIT,
        REMEDY,
        SAFEGUARD,
        RECORDED_CONTROL,
        HOTLINE,
        NAME_REMOVAL,
        MINORS_ACCESS,
        REGISTER_CHANGE,
        ROW_NOT_APPLICABLE,
    )
}
"""By their ids."""
