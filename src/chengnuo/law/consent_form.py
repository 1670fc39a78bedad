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

    def meets(self, needed: "ConsentForm") -> bool:
        """Tell whether consent in this form is enough where another is needed.

        A stronger form meets a need for a weaker one, never the other way round (Arts. 14, 29);
        consent for one use is enough for that use, and needed where only that is asked for.
        """
        return self in _MEETING[needed]


_ANY_OWN = frozenset(
    {ConsentForm.GENERAL, ConsentForm.ONE_TIME, ConsentForm.SEPARATE, ConsentForm.WRITTEN}
)
_MEETING = {
    ConsentForm.GENERAL: _ANY_OWN,
    ConsentForm.ONE_TIME: frozenset({ConsentForm.ONE_TIME}),
    ConsentForm.SEPARATE: frozenset({ConsentForm.SEPARATE, ConsentForm.WRITTEN}),
    ConsentForm.WRITTEN: frozenset({ConsentForm.WRITTEN}),
    ConsentForm.GUARDIAN: frozenset({ConsentForm.GUARDIAN}),
}
