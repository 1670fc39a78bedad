"""The controls that run now, in one table: those over the register.

Each is evidence for one or more rows of the pledge board. Controls over packages, traffic,
stores, prices and the service itself stand with what they observe.
"""

from chengnuo.domain.finding import duty_controls, pledge_controls
from chengnuo.domain.finding.control import Control

CONTROLS: tuple[Control, ...] = (*duty_controls.CONTROLS, *pledge_controls.CONTROLS)
