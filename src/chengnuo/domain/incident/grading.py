"""Which grade the number of people calls for, by the figures of the catalogue.

The measures on reporting incidents grade by more than people (systems stopped, losses, national
security); somebody judges that. What is told here is the least that people alone call for.
"""

from chengnuo.domain.dossier.sorts.incident_choices import GENERAL, GRADES
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import FigureId

LINES: tuple[tuple[str, FigureId], ...] = (
    ("especially-major", FigureId("TD-B6")),
    ("major", FigureId("TD-B7")),
    ("fairly-major", FigureId("TD-B8")),
)
"""Grades with the figure from which on they begin, the gravest first."""
_ORDER = tuple(one.value for one in GRADES)


def least_grade(people: int, catalogue: Catalogue) -> tuple[str, FigureId | None]:
    """Return the grade that a number of people calls for, and the figure that says so.

    None as the figure where no line is reached; then only the rest decides.
    """
    for grade, figure in LINES:
        if people >= catalogue.number(figure):
            return grade, figure
    return GENERAL, None


def is_below(grade: str, least: str) -> bool:
    """Tell whether a grade is lighter than another."""
    return _ORDER.index(grade) < _ORDER.index(least)
