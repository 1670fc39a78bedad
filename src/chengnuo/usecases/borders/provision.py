"""What is to go abroad, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.borders.counting import Heads
from chengnuo.domain.borders.gate import Barrier
from chengnuo.domain.borders.route import Demanded
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.law.ids import CategoryId
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.decision.answering import NOTHING_STATED, Stated

_NOBODY_HELD = Heads()


class NotAbroadError(InvalidInputError):
    """The recipient is in the mainland, so that nothing goes abroad."""

    code = "provision-not-abroad"

    def __init__(self, recipient: RecipientId) -> None:
        super().__init__(f"recipient `{recipient}` is in the mainland; nothing goes abroad")
        self.recipient = recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What is to go abroad.

    Attributes:
        activity: What it is for.
        recipient: To whom.
        categories: What goes; None for all that the recipient gets from the activity.
        started: Whether the individuals have just started the function themselves.
        recent: How often this was done within the unit of the declared frequency; None if nobody
            has counted.
        stated: What the caller says of the individuals where nothing is known.

    """

    activity: ActivityId
    recipient: RecipientId
    categories: frozenset[CategoryId] | None = None
    started: bool = False
    recent: int | None = None
    stated: Stated = NOTHING_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """What came of it.

    Attributes:
        barriers: What stood in the way; empty where it is recorded and may go.
        first: Position of the first record: of the provisions, or of the refusal.
        at: Effective instant of these.
        individuals: How many distinct accounts it is about.
        before: Who was held to the lines of the year before.
        after: Who is, or would have been, with these.
        demanded: The route that `after` asks for; None where there is no recipient to ask of.
        scene: By which occasion it is exempt and not counted; None if it is counted.

    """

    barriers: tuple[Barrier, ...]
    first: Position
    at: datetime
    individuals: int
    before: Heads = _NOBODY_HELD
    after: Heads = _NOBODY_HELD
    demanded: Demanded | None = None
    scene: TransferRoute | None = None

    @property
    def may_go(self) -> bool:
        """Tell whether it is recorded as provided, so that it may go."""
        return not self.barriers
