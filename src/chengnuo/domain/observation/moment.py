"""When code runs, seen from the moment at which the individual has been told and has agreed.

Judged for the first start of a freshly installed app, statically: a way that can be taken, not
one that was; or seen in the record of a run. What runs before consent offends (PIPL Arts. 13, 14;
191号文 3.1).
"""

from enum import StrEnum

from chengnuo.base.text import Text


class Moment(StrEnum):
    """When, the earliest and surest first."""

    SEEN_BEFORE_CONSENT = "seen-before-consent"
    """Before consent, in a recorded run."""
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
    SEEN_AFTER_CONSENT = "seen-after-consent"
    """After consent, in a recorded run."""
    SEEN = "seen"
    """In a recorded run that does not tell when the individual agreed."""
    UNREACHABLE = "unreachable"
    """No way leads here from any part that the system starts."""
    UNKNOWN = "unknown"
    """Not judged: nothing starts by itself here, or the code cannot be followed."""

    @property
    def is_before_consent(self) -> bool:
        """Tell whether this is before consent: seen, for certain, or under a condition."""
        return self in {Moment.SEEN_BEFORE_CONSENT, Moment.CERTAIN, Moment.CONDITIONAL}

    @property
    def is_seen(self) -> bool:
        """Tell whether a recorded run shows it."""
        return self in {Moment.SEEN_BEFORE_CONSENT, Moment.SEEN_AFTER_CONSENT, Moment.SEEN}

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for the earliest and surest."""
        return list(Moment).index(self)

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _TEXTS[self]


_TEXTS = {
    Moment.SEEN_BEFORE_CONSENT: Text("同意之前（运行中已看到）", "before consent, seen in a run"),
    Moment.SEEN_AFTER_CONSENT: Text("同意之后（运行中已看到）", "after consent, seen in a run"),
    Moment.SEEN: Text("运行中已看到，时间不明", "seen in a run, time not known"),
    Moment.CERTAIN: Text("同意之前（必经）", "before consent, on every way"),
    Moment.CONDITIONAL: Text("同意之前（有条件）", "before consent, under a condition"),
    Moment.GUARDED: Text("有同意判断把关", "behind a test of consent"),
    Moment.AFTER_CONSENT_ACTION: Text("用户操作之后", "after an action of the individual"),
    Moment.LATER: Text("启动之后的其他入口", "later, from other parts of the app"),
    Moment.UNREACHABLE: Text("没有入口到达", "reached from nowhere"),
    Moment.UNKNOWN: Text("无法判断", "cannot be told"),
}
