"""What `serve` can be told of traces."""

from typing import Annotated

import msgspec


class TraceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where traces are sent.

    Attributes:
        endpoint: Where the collector takes them: OTLP over HTTP.
        permille: Of a thousand traces that begin here, so many are kept.

    """

    endpoint: str
    permille: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 1000
