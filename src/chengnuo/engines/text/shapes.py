"""Every shape of values that is looked for."""

from typing import Final

from chengnuo.engines.text.shapes_of_devices import SHAPES_OF_DEVICES
from chengnuo.engines.text.shapes_of_people import SHAPES_OF_PEOPLE

SHAPES: Final = SHAPES_OF_PEOPLE + SHAPES_OF_DEVICES
"""Where two values overlap and as much speaks for each, the earlier shape counts."""
