"""Looks at the requests now and then, and has people told of what came about in between.

What came about while nobody looked, as before a start, is not told: the first look only remembers.
Reminders of what is due do not hang on it; they follow from the queue as it is.
"""

from dataclasses import dataclass, field, replace
from typing import Protocol

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.usecases.rights.notifying import Look, Notifying, look_at
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
    _lines: dict[RequestId, RequestLine] | None = None
    _looks: dict[RequestId, Look] = field(default_factory=dict)

    def round(self) -> int:
        """Look once, tell people; return how many notifications were taken."""
        lines = self.desk.queue(limit=MOST_WATCHED)
        now = {line.id: replace(line, days_left=0) for line in lines}
        before = self._lines
        gone = () if before is None else before.keys() - now.keys()
        for request in (*now, *gone):
            if before is None or before.get(request) != now.get(request):
                self._look(request, first=before is None)
        self._lines = now
        self.notifying.remind(lines)
        return self.notifying.deliver()

    def _look(self, request: RequestId, *, first: bool) -> None:
        try:
            seen = self.desk.seen(request)
        except InvalidInputError:  # it is kept no longer
            self._looks.pop(request, None)
            return
        if not first:
            self.notifying.changed(self._looks.get(request), seen)
        if seen.stage.is_final:
            self._looks.pop(request, None)
        else:
            self._looks[request] = look_at(seen)
