"""What an individual sets once for all its uses: switches, restriction, objection.

They fold as consent does: the newest stands, a no wins a tie, and when two names turn out to be
one individual's, a no under either stands (PIPL Arts. 24 para. 2, 27, 44).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from chengnuo.base.digest import Digest
from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.consent.fold import standing
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId
from chengnuo.law.consent_form import ConsentForm

RESTRICTION: Final = "handling"
SWITCH: Final = "switch:"
PUBLIC_INFORMATION: Final = "public:"
MACHINE_ONLY: Final = "automated:"
"""Whether machines alone may make decisions of major effect: of the activity that follows, or,
with nothing after it, of every activity (PIPL Art. 24 para. 3)."""
LABELS: Final = "labels:"
"""Whether an activity's personal labels may stay: a no is a request to clear them, open until the
operator's systems acknowledge that they are gone (PIPL Arts. 24, 47)."""

LABEL: Final = "label:"
"""Whether one label may be kept; a no is its deletion by the individual. What follows is the keyed
name of model and label, so that neither is told by it."""
LABEL_BACK: Final = "label-back:"
"""That a label was seen where it is kept after it had been deleted; a no, since it may not be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One act on a setting.

    Attributes:
        position: Position of its record in the log.
        at: When it took effect, microseconds since 1970.
        alias: Under which of the individual's names it was done.
        what: `handling`, `switch:` with an id, `automated:` with the id of an activity or
            nothing, `public:` or `labels:` with the id of an activity, or `label:` or
            `label-back:` with a keyed name.
        allows: Whether it allows or forbids.

    """

    position: int
    at: int
    alias: str
    what: str
    allows: bool


def settled(settings: Iterable[Setting], merges: Iterable[Merge] = ()) -> dict[str, bool]:
    """Return for each setting whether it allows, of all names that belong to one individual.

    Args:
        settings: Acts under those names, in any order, however often each.
        merges: What joined the names, in any order.

    """
    stands = standing((_as_event(one) for one in settings), merges)
    return {str(what): event.act is Act.GIVE for what, event in stands.items()}


def refuses_machine_only(settings: Mapping[str, bool], activity: ActivityId) -> bool:
    """Tell whether settings forbid that machines alone decide in an activity."""
    return not all(settings.get(what, True) for what in (MACHINE_ONLY, MACHINE_ONLY + activity))


def _as_event(setting: Setting) -> ConsentEvent:
    return ConsentEvent(
        position=setting.position,
        at=setting.at,
        alias=setting.alias,
        item=ConsentItemId(setting.what),
        act=Act.GIVE if setting.allows else Act.REFUSE,
        fingerprint=Digest(""),
        form=ConsentForm.GENERAL,
    )
