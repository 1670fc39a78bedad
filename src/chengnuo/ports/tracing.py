"""What takes how long, told to whoever collects traces; nothing of a person is ever told.

What may be told of a piece of work is a closed list of facts, each a count or one of few words: no
path, no query, no id, no message of an error.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import Protocol


class Fact(StrEnum):
    """What may be told of a piece of work."""

    METHOD = "http.request.method"
    ROUTE = "http.route"
    STATUS = "http.response.status_code"
    RECORDS = "chengnuo.records"
    BYTES = "chengnuo.bytes"
    STAGE = "chengnuo.stage"


Facts = Mapping[Fact, str | int]
NOTHING: Facts = {}


class Span(Protocol):
    """A piece of work under way."""

    def tell(self, fact: Fact, value: str | int) -> None:
        """Tell a fact about it."""
        ...

    def failed(self) -> None:
        """Tell that it did not go well; not why."""
        ...


class Spans(Protocol):
    """Traces pieces of work. For any number of threads."""

    def span(self, name: str, facts: Facts = NOTHING) -> AbstractContextManager[Span]:
        """Return what begins a piece of work when entered and ends it when left.

        One that is left by an error is told as failed, without the error.
        """
        ...

    def answering(self, parent: str) -> AbstractContextManager[Span]:
        """Return the same for the answer to a request.

        Args:
            parent: The `traceparent` of W3C Trace Context that came with it; empty for none, and
                one that is malformed counts as none. Neither `tracestate` nor `baggage` is taken.

        """
        ...

    def close(self) -> None:
        """Hand over what waits, within seconds."""
        ...


class Untold:
    """A piece of work, or tracing, that nobody hears of."""

    def tell(self, _fact: Fact, _value: str | int) -> None:
        """See `Span.tell`."""

    def failed(self) -> None:
        """See `Span.failed`."""

    def span(self, _name: str, _facts: Facts = NOTHING) -> AbstractContextManager[Span]:
        """See `Spans.span`."""
        return nullcontext(self)

    def answering(self, _parent: str) -> AbstractContextManager[Span]:
        """See `Spans.answering`."""
        return nullcontext(self)

    def close(self) -> None:
        """See `Spans.close`."""


UNTOLD = Untold()
