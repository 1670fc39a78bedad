"""The stages of an inspection."""

from enum import StrEnum


class Stage(StrEnum):
    """A stage of an inspection, in order; its values name what a limit ended early."""

    OPEN = "open"
    CODE = "code"
    FOLLOW = "follow"
    OBSERVE = "observe"
