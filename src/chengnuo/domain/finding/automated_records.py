"""What recorded automated decisions and switches say of themselves, as the controls see it.

Plain values without anybody's name: whoever makes them has read the records.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedSeen:
    """One recorded automated decision.

    Attributes:
        position: Position of its record.
        personal: Whether it rests on personal traits.
        off: Whether the individual had turned that off.
        looks_at_traits: Whether it is said not to rest on personal traits and looks at them.
        alone_though_refused: Whether a machine alone made it although that had been refused.
        deleted_label: Whether it rests on a label that had been deleted.
        explained: Whether it can be explained; None once its content is erased.

    """

    position: int
    personal: bool
    off: bool
    looks_at_traits: bool
    alone_though_refused: bool = False
    deleted_label: bool = False
    explained: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedOn:
    """A switch that somebody had turned off and that is on again.

    Attributes:
        position: Position of the record that turned it on.
        surface: Where that was done, as the record says; None where it cannot be read.
        by_individual: Whether that is a place where the individual acts; None likewise.

    """

    position: int
    surface: str | None
    by_individual: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OffLost:
    """Switches that are off and that an activity does not listen to any more.

    Attributes:
        position: Position of the first record that turned one off.
        switch: Id of the switch.
        activity: Id of the activity that had it as its off-switch.
        individuals: How many had turned it off and set nothing that governs it now.

    """

    position: int
    switch: str
    activity: str
    individuals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedRecords:
    """What a period holds.

    Attributes:
        decided: Decisions, newest first.
        turned_on: Switches that came on again.
        kept_off: How many switches that were turned off in the period are off still.
        off_lost: What a change of the register left without effect.
        labels_deleted: How many labels individuals deleted one by one, and stay deleted.
        labels_back: Positions of the records that a deleted label was there again.
        too_many: Whether there is more than is looked at in one go.

    """

    decided: tuple[DecidedSeen, ...] = ()
    turned_on: tuple[TurnedOn, ...] = ()
    kept_off: int = 0
    off_lost: tuple[OffLost, ...] = ()
    labels_deleted: int = 0
    labels_back: tuple[int, ...] = ()
    too_many: bool = False
