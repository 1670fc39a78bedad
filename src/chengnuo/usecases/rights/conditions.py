"""What has to be so before an account can be cancelled: what is published, and nothing more."""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.register.model import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionSeen:
    """One condition.

    Attributes:
        what: The condition as it is published.
        met: Whether it is met; None where only the operator can tell.

    """

    what: Text
    met: bool | None


def conditions_of(register: Register, app: str) -> tuple[ConditionSeen, ...]:
    """Return the published conditions of an app; of all apps where none is named."""
    return tuple(
        ConditionSeen(what=condition, met=None)
        for one in register.apps
        if one.cancellation is not None and app in {"", one.app}
        for condition in one.cancellation.conditions
    )
