"""The way into the privacy centre: a token of the operator's own back end for a code."""

from datetime import datetime

import msgspec

from chengnuo.client.client import Client


class Code(msgspec.Struct, frozen=True, rename="camel"):
    """A code for one use, until when, and the path of the centre that takes it."""

    code: str
    expires_at: datetime
    enter_path: str


def code_for(client: Client, token: str) -> Code:
    """Hand in a token that was signed for the individual who is signed in.

    Raises:
        ServiceRefusedError: The token is not genuine, too old, or was used before.
        ServiceSilentError: There is no answer.

    """
    return client.post("/v1/individuals/codes", {"token": token}, Code)
