"""What a decision record keeps of its question, as far as consents hang on it."""

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.domain.decision.request import Request
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.method import Operation
from chengnuo.law.ids import CategoryId


class _Asked(msgspec.Struct, frozen=True):
    activity: str
    operation: Operation = Operation.USE
    categories: tuple[str, ...] | None = None
    recipient: str | None = None
    publish: bool = False
    other_use: bool = False


def question_of(said: str) -> Request:
    """Return the question of a decision record from its JSON."""
    asked = msgspec.json.decode(said, type=ready(_Asked))
    categories = asked.categories
    return Request(
        activity=ActivityId(asked.activity),
        categories=None if categories is None else frozenset(map(CategoryId, categories)),
        operation=asked.operation,
        recipient=None if asked.recipient is None else RecipientId(asked.recipient),
        publish=asked.publish,
        other_use=asked.other_use,
    )
