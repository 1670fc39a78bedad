"""Names of what the catalogue holds. An id is stable: it stands in records for years."""

from typing import NewType

InstrumentId = NewType("InstrumentId", str)
"""A law, rule, notice, standard or pledge: `PIPL`, `191`, `action524`, `pledge`."""

DutyId = NewType("DutyId", str)
"""A duty, or a part of one: `PIPL-14`, `PIPL-24.1`, `191-3.4`, `action524-2.1`, `pledge-3`."""

GroupId = NewType("GroupId", str)
"""A group of categories: `PI-LOC`."""

CategoryId = NewType("CategoryId", str)
"""A category of personal information: `PI-LOC-PRECISE`."""

AppTypeId = NewType("AppTypeId", str)
"""One of the 39 common app types: `NPI-06`."""

FigureId = NewType("FigureId", str)
"""A deadline or threshold: `TD-R1`."""

TermId = NewType("TermId", str)
"""A term of the glossary: `separate-consent`."""
