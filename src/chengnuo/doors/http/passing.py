"""Letting a body pass that nobody will read, so that who sends it sees the answer."""

from typing import Any, Final

from litestar.types import Receive

_MOST_LET_PASS: Final = 64 << 20
"""Bytes of a body that is too large which are read and dropped, so that its answer is seen."""
REFUSAL: Final = "chengnuo.refusal"
"""Member of a scope: why nothing shall be done but to say so, an `UnavailableError`."""


async def let_pass(receive: Receive) -> None:
    """Read what is being sent and keep nothing of it, up to a bound."""
    passed, more = 0, True
    while more and passed < _MOST_LET_PASS:
        message: Any = await receive()
        passed += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)
