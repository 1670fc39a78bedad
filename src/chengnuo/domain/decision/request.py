"""What is asked: may this be done with these categories for this activity, now?"""

from dataclasses import dataclass, field

from chengnuo.domain.consent.event import ConsentEvent
from chengnuo.domain.individual.standing import NOBODY_KNOWN, Individual
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, RecipientId, SwitchId
from chengnuo.domain.register.method import Operation
from chengnuo.law.ids import CategoryId

_KEEPING = frozenset({Operation.STORE, Operation.DELETE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One use of personal information.

    Attributes:
        activity: What it is for.
        categories: What is used; None for all that the activity handles.
        operation: What is done with it (PIPL Art. 4).
        recipient: To whom it is provided, if it is.
        publish: Whether it is made public (Art. 25).
        other_use: Whether images from public places are put to another use (Art. 26).
        started: Whether the individual has just started the function themselves.
        gpc: Whether their browser says `Sec-GPC: 1`.
        recent: How often this was done within the unit of the declared frequency; None if
            nobody has counted.

    """

    activity: ActivityId
    categories: frozenset[CategoryId] | None = None
    operation: Operation = Operation.USE
    recipient: RecipientId | None = None
    publish: bool = False
    other_use: bool = False
    started: bool = False
    gpc: bool = False
    recent: int | None = None

    @property
    def makes_public(self) -> bool:
        """Whether anything is made public, however that is asked for."""
        return self.publish or self.operation is Operation.DISCLOSE

    @property
    def only_keeps(self) -> bool:
        """Whether nothing but storing or deleting is asked for: nobody else gets or sees it."""
        return self.operation in _KEEPING and not (
            self.recipient is not None or self.publish or self.other_use
        )

    @property
    def only_deletes(self) -> bool:
        """Whether nothing but deleting is asked for."""
        return self.operation is Operation.DELETE and self.only_keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is so about the individual when the use is asked for.

    Attributes:
        individual: Age band, account, restriction.
        consents: The act that stands for each consent item (`consent/fold.py`).
        switches: Switches that the individual set, on or off.
        objects_to: Activities whose handling of public information they refused (Art. 27).

    """

    individual: Individual = NOBODY_KNOWN
    consents: dict[ConsentItemId, ConsentEvent] = field(default_factory=dict)
    switches: dict[SwitchId, bool] = field(default_factory=dict)
    objects_to: frozenset[ActivityId] = frozenset()
