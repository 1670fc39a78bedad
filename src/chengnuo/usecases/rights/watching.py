"""Looks at the requests now and then, and has people told of what came about in between.

How a request looked last is kept, so what came about while nobody looked, as before a start, is
told at the first look. Reminders of what is due follow from the queue as it is.
"""

from dataclasses import dataclass, field, replace
from typing import Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.usecases.rights.notifying import Notifying
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen

MOST_WATCHED = 10_000


class Watched(Protocol):
    """What is looked at: the desk, as far as that takes."""

    def queue(
        self, stage: Stage | None = None, *, overdue: bool = False, limit: int = 200
    ) -> tuple[RequestLine, ...]:
        """Return open requests."""
        ...

    def seen(self, request: RequestId) -> RequestSeen:
        """Return a request."""
        ...


@dataclass(slots=True, kw_only=True)
class Watching:
    """Looks at the requests; one process does it.

    Attributes:
        desk: What is looked at.
        notifying: Tells people.

    """

    desk: Watched
    notifying: Notifying
    _lines: dict[RequestId, RequestLine] = field(default_factory=dict)

    def round(self) -> int:
        """Look once, tell people; return how many notifications were taken."""
        lines = self.desk.queue(limit=MOST_WATCHED)
        now = {line.id: replace(line, days_left=0) for line in lines}
        changed = [one for one, line in now.items() if self._lines.get(one) != line]
        for request in (*changed, *sorted(self.notifying.store.unsettled() - now.keys())):
            self._look(request)
        self._lines = now
        self.notifying.remind(lines)
        return self.notifying.deliver()

    def _look(self, request: RequestId) -> None:
        try:
            seen = self.desk.seen(request)
        except InvalidInputError:  # it is kept no longer
            self.notifying.store.forget(request)
            return
        self.notifying.looked(seen)
