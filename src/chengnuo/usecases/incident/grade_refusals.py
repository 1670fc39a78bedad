"""A grade below what the number of people alone calls for stands with a reason, or not at all.

When more people were counted after the grading, it is graded again before the incident is closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.incident_acts import CLOSE, GRADE, WHY_BELOW
from chengnuo.domain.dossier.sorts.incident_choices import GRADES
from chengnuo.domain.incident.grading import is_below, least_grade
from chengnuo.law.catalogue import Catalogue

_NAMES = {one.value: one.text for one in GRADES}


@dataclass(frozen=True, slots=True)
class GradeRefusals:
    """Holds grades to the lines of the catalogue (TD-B6 to TD-B8).

    Attributes:
        catalogue: The law catalogue.

    """

    catalogue: Catalogue

    def refuses(
        self,
        sort: DossierSort,
        dossier: Dossier | None,
        what: str,
        fields: Mapping[str, Value],
        at: datetime,  # noqa: ARG002  at any time
    ) -> Text | None:
        """Say why a grade cannot be entered as it was given, or None."""
        if sort.id != INCIDENT.id or dossier is None or what not in {GRADE, CLOSE}:
            return None
        graded = dossier.last(GRADE)
        said = fields if what == GRADE or graded is None else graded.fields
        numbers = (said.get("affected"), dossier.value("at-least"))
        people = max((one for one in numbers if isinstance(one, int)), default=0)
        least, figure = least_grade(people, self.catalogue)
        below = "grade" in said and is_below(str(said["grade"]), least)
        if figure is None or not below or said.get(WHY_BELOW):
            return None
        zh, en = (self.catalogue.figure_citation(figure, lang) for lang in Lang)
        name = _NAMES[least]
        return Text(
            f"仅按人数至少为“{name.zh}”（{zh}）；定得更低要写明理由。",
            f"by people alone it is at least `{name.en}` ({en}); a lower grade needs its reason.",
        )
