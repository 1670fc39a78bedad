"""How personal information is handled: where it comes from, what sets it off, how often."""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.register.scalars import Frequency


class Provider(StrEnum):
    """Where information comes from."""

    INDIVIDUAL = "individual"
    DEVICE = "device"
    USE = "use"
    THIRD_PARTY = "third-party"
    PUBLIC = "public"


class Trigger(StrEnum):
    """What sets the activity off."""

    USER_ACTION = "user-action"
    APP_START = "app-start"
    CONTINUOUS = "continuous"
    SCHEDULED = "scheduled"
    SERVER = "server"


class Operation(StrEnum):
    """What PIPL Art. 4 counts as handling."""

    COLLECT = "collect"
    STORE = "store"
    USE = "use"
    PROCESS = "process"
    TRANSMIT = "transmit"
    PROVIDE = "provide"
    DISCLOSE = "disclose"
    DELETE = "delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How personal information is handled (PIPL Art. 17(2)).

    Attributes:
        provided_by: Where it comes from.
        trigger: What sets it off.
        at_most: How often at the most, as `1 per minute`.
        background: Whether it goes on while the app is not on the screen.
        operations: What is done.
        description: The method in words, where the fields do not say enough.

    """

    provided_by: Provider
    trigger: Trigger
    at_most: Frequency | None = None
    background: bool = False
    operations: tuple[Operation, ...] = (Operation.COLLECT, Operation.STORE, Operation.USE)
    description: Text | None = None
