"""Filtering a list over HTTP: the list goes out as it is made, the permitted ids come back."""

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.client.answers import Outcome
from chengnuo.client.client import Client
from chengnuo.client.questions import Account, AgeBand, Operation

_AT_ONCE = 10_000
TIMEOUT_S = 900.0


class AccountIdError(InvalidInputError):
    """An id of a list is empty or has a line break, so it cannot be sent as a line."""

    code = "account-id"

    def __init__(self, number: int) -> None:
        super().__init__(f"id {number} of the list is empty or has a line break")
        self.number = number


class Purpose(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What a list is wanted for: an `item`, or an `activity` with what belongs to it.

    Attributes:
        item: Consent item that the use rests on.
        activity: What it is for.
        category: What is used; None for all that the activity handles.
        operation: What is done with it.
        recipient: To whom it is provided, if it is.
        publish: Whether it is made public.
        recent: How often this was done to each within the unit of the declared frequency.
        age: Age band, where it is not known.
        account: Where the account stands, where it is not known.

    """

    item: str | None = None
    activity: str | None = None
    category: tuple[str, ...] | None = None
    operation: Operation = "use"
    recipient: str | None = None
    publish: bool = False
    recent: int | None = None
    age: AgeBand | None = None
    account: Account | None = None


class Reason(msgspec.Struct, frozen=True):
    """How many were left out for a reason; somebody counts under every one there was."""

    outcome: Outcome
    rule: str
    count: int
    article: str = ""
    row: str = ""
    why: str = ""


class Filtered(msgspec.Struct, frozen=True, rename="camel"):
    """What came out.

    Attributes:
        ids: Who may be processed, in the order of the list.
        count: How many ids there were.
        permitted: How many may be processed.
        ask: How many would have to be asked for consent first.
        refused: How many must not be processed.
        root: Root over every single outcome.
        reasons: Why the others were left out, most frequent first.
        recorded: Position of the one record of the list, where it was recorded.
        register_version: Version of the register.
        law_version: Version of the law catalogue.

    """

    ids: tuple[str, ...]
    count: int
    permitted: int
    ask: int
    refused: int
    root: str
    reasons: tuple[Reason, ...] = ()
    recorded: int | None = None
    register_version: str = ""
    law_version: str = ""


def filtered(
    client: Client, ids: Iterable[str], purpose: Purpose, *, record: bool = True
) -> Filtered:
    """Return who of a list may be processed for a purpose now.

    Args:
        client: Its key has the scope `audience`.
        ids: Account ids; read once, as they are sent.
        purpose: What for.
        record: Whether one record of the whole list is made, durable before the answer.

    Raises:
        AccountIdError: An id cannot be sent; nothing was decided.
        ServiceRefusedError: The service does not take list, purpose or key.
        ServiceSilentError: There is no answer.

    """
    said: dict[str, object] = msgspec.to_builtins(purpose)
    query: list[tuple[str, str]] = [("evidence", "strict" if record else "none")]
    for name, value in said.items():
        values = value if isinstance(value, list | tuple) else [value]
        query += [(name, str(one).lower() if one is True else str(one)) for one in values]
    return client.send("/v1/audience", _lines(ids), query, Filtered, timeout_s=TIMEOUT_S)


def _lines(ids: Iterable[str]) -> Iterator[bytes]:
    left, number = iter(ids), 0
    while part := list(islice(left, _AT_ONCE)):
        for one in part:
            number += 1
            if not one or "\n" in one or "\r" in one:
                raise AccountIdError(number)
        yield "".join(f"{one}\n" for one in part).encode()
