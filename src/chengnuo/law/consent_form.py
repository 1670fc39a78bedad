"""The forms that consent takes (PIPL Arts. 14, 23, 25, 26, 29, 39; NDR Art. 62(7))."""

from enum import StrEnum


class ConsentForm(StrEnum):
    """How consent is given; a stronger form is an act of its own, never one of several."""

    GENERAL = "general"
    """Voluntary, explicit and informed (Art. 14)."""

    ONE_TIME = "one-time"
    """For this one use only (GB/T 42574, practice)."""

    SEPARATE = "separate"
    """Given for this one matter alone (单独同意)."""

    WRITTEN = "written"
    """In writing, where a law or regulation asks for it (Arts. 14, 29)."""

    GUARDIAN = "guardian"
    """Given by a parent or another guardian for a child under fourteen (Art. 31)."""
