"""When code runs, seen from the moment at which the individual has been told and has agreed.

Judged for the first start of a freshly installed app, statically: a way that can be taken, not
one that was. What runs before consent offends (PIPL Arts. 13, 14; 191号文 3.1).
"""

from enum import StrEnum

from chengnuo.base.text import Text


class Moment(StrEnum):
    """When, the earliest and surest first."""

    CERTAIN = "certain"
    """Before consent: every step from the start to here is taken without a test."""
    CONDITIONAL = "conditional"
    """Before consent: some step depends on a test that has nothing to do with consent."""
    GUARDED = "guarded"
    """On the way stands a test whose other side is taken as long as nobody has agreed."""
    AFTER_CONSENT_ACTION = "after-consent-action"
    """Reached from the start only through an action of the individual on the screen."""
    LATER = "later"
    """Reached only from parts of the app that the start does not lead to by itself."""
    UNREACHABLE = "unreachable"
    """No way leads here from any part that the system starts."""
    UNKNOWN = "unknown"
    """Not judged: nothing starts by itself here, or the code cannot be followed."""

    @property
    def is_before_consent(self) -> bool:
        """Tell whether this is before consent, for certain or under a condition."""
        return self in {Moment.CERTAIN, Moment.CONDITIONAL}

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for the earliest and surest."""
        return list(Moment).index(self)

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _TEXTS[self]


_TEXTS = {
    Moment.CERTAIN: Text("同意之前（必经）", "before consent, on every way"),
    Moment.CONDITIONAL: Text("同意之前（有条件）", "before consent, under a condition"),
    Moment.GUARDED: Text("有同意判断把关", "behind a test of consent"),
    Moment.AFTER_CONSENT_ACTION: Text("用户操作之后", "after an action of the individual"),
    Moment.LATER: Text("启动之后的其他入口", "later, from other parts of the app"),
    Moment.UNREACHABLE: Text("没有入口到达", "reached from nowhere"),
    Moment.UNKNOWN: Text("无法判断", "cannot be told"),
}
