"""Requests about rights counted over everybody: which closed since when."""

from datetime import datetime
from typing import Protocol

from chengnuo.domain.rights.request import RequestId


class RightsFiguresStore(Protocol):
    """Counts. Every method is one transaction."""

    def closed_since(self, at: datetime, *, limit: int) -> tuple[tuple[RequestId, datetime], ...]:
        """Return requests that ended since an instant other than by being taken back, and when.

        The newest first.
        """
        ...
