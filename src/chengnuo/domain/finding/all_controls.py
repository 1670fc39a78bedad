"""All controls in one list, each with what it looks at, how often, and what counts as failing.

The board, the scheduler, the command, the page of the docs and the tests read this list. Each
control is evidence for one or more rows of the pledge board.
"""

from chengnuo.domain.finding import (
    automated_controls,
    border_controls,
    consent_controls,
    dossier_controls,
    duty_controls,
    party_controls,
    pledge_controls,
    price_controls,
    rights_controls,
    safeguard_controls,
)
from chengnuo.domain.finding.control import Control
from chengnuo.domain.finding.declared_control import DeclaredControl
from chengnuo.domain.finding.live import OverRecords

CONTROLS: tuple[Control, ...] = (*duty_controls.CONTROLS, *pledge_controls.CONTROLS)
"""Those over the register."""

OVER_RECORDS: tuple[OverRecords, ...] = (
    *consent_controls.CONTROLS,
    *rights_controls.CONTROLS,
    *dossier_controls.CONTROLS,
    *safeguard_controls.CONTROLS,
    *party_controls.CONTROLS,
    *border_controls.CONTROLS,
    *automated_controls.CONTROLS,
    *price_controls.CONTROLS,
)
"""Those over what the service, people and programs recorded."""

ALL_CONTROLS: tuple[DeclaredControl, ...] = (*CONTROLS, *OVER_RECORDS)

CONTROL_BY_ID = {one.id: one for one in ALL_CONTROLS}
