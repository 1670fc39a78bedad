"""With what a page is looked at."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """A screen, or paper, and what whoever looks has chosen."""

    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    scripts: bool = True
    lang: str = "zh"
    media: Literal["screen", "print"] = "screen"
