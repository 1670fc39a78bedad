"""Rows of the list of what is collected: one for each category that an activity handles."""

from collections.abc import Iterator

from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.model import Register
from chengnuo.law.ids import CategoryId


def list_rows(register: Register) -> Iterator[tuple[str, ProcessingActivity, CategoryId]]:
    """Yield each row with its id, `activity/category`, in the order of the register."""
    for activity in register.activities:
        for item in activity.items:
            yield f"{activity.activity}/{item.category}", activity, item.category
