"""Every sort of dossier."""

from collections.abc import Mapping

from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.assessment import ASSESSMENT
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.domain.dossier.sorts.filing import FILING
from chengnuo.domain.dossier.sorts.foreign_request import FOREIGN_REQUEST
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.minors_access import MINORS_ACCESS
from chengnuo.domain.dossier.sorts.recorded_control import RECORDED_CONTROL
from chengnuo.domain.dossier.sorts.safeguard import SAFEGUARD
from chengnuo.domain.dossier.sorts.supervision import SUPERVISION

SORTS: Mapping[str, DossierSort] = {
    sort.id: sort
    for sort in (
        COMPLAINT,
        INCIDENT,
        ASSESSMENT,
        SUPERVISION,
        FOREIGN_REQUEST,
        FILING,
        AUDIT,
        SAFEGUARD,
        RECORDED_CONTROL,
        MINORS_ACCESS,
    )
}
"""By their ids."""
