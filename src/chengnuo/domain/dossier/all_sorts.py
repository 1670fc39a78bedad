"""Every sort of dossier."""

from collections.abc import Mapping

from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT

SORTS: Mapping[str, DossierSort] = {sort.id: sort for sort in (COMPLAINT,)}
"""By their ids."""
