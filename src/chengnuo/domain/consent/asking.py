"""When an individual may be asked, or asked again.

A no is remembered: whoever refused or withdrew is not asked again for 48 hours, or for as long as
the app declares, unless they start the function themselves (191-3.2, 4.2; PIPL Art. 16). A yes
that is in force is not asked again at all.
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.period import Period
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.law.civil import after

USUAL_WAIT = Period(hours=48)
"""How long a no is remembered where the app declares nothing."""


class AskWhy(StrEnum):
    """Why somebody may be asked, or may not."""

    IN_FORCE = "in-force"
    """There is consent; nothing is asked."""
    NEVER_ASKED = "never-asked"
    ENDED = "ended"
    """Consent there was has run out, has been handed over, or its text has changed."""
    STARTED = "started"
    """They said no, and have now started the function themselves."""
    NO_LONG_AGO = "no-long-ago"
    NO_LATELY = "no-lately"
    """They said no within the wait; nothing is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Whether an item may be asked for now.

    Attributes:
        may: Whether it may.
        why: Why, or why not.
        not_before: From when on it may be asked unasked, microseconds since 1970; None unless it
            is only a matter of time.

    """

    may: bool
    why: AskWhy
    not_before: int | None = None


def asking(
    act: ConsentEvent | None, *, in_force: bool, started: bool, wait: Period | None, at: int
) -> Asking:
    """Tell whether an item may be asked for.

    Args:
        act: The act that stands for the item, if any.
        in_force: Whether that act is a consent that may be relied on.
        started: Whether the individual has just started the function themselves.
        wait: How long the app says it remembers a no; None for 48 hours.
        at: Microseconds since 1970. A wait that ends exactly now is over.

    """
    if in_force:
        return Asking(may=False, why=AskWhy.IN_FORCE)
    if act is None:
        return Asking(may=True, why=AskWhy.NEVER_ASKED)
    if act.act not in {Act.REFUSE, Act.WITHDRAW}:
        return Asking(may=True, why=AskWhy.ENDED)
    if started:
        return Asking(may=True, why=AskWhy.STARTED)
    over = after(act.at, wait or USUAL_WAIT)
    if at < over:
        return Asking(may=False, why=AskWhy.NO_LATELY, not_before=over)
    return Asking(may=True, why=AskWhy.NO_LONG_AGO)
