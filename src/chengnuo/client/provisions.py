"""Provisions abroad over HTTP: asked before information goes, and how the year stands.

A provision is durable as such when `may_go` comes back true; with anything else, silence included,
nothing may go. Asking again for the same individuals counts nobody twice.
"""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.words import Words


class Heads(msgspec.Struct, frozen=True):
    """Distinct individuals, by sort of information."""

    general: int
    sensitive: int


class Reason(msgspec.Struct, frozen=True):
    """One reason for a route; `figure` is an id of the law catalogue."""

    why: str
    figure: str | None = None
    sort: str | None = None
    people: int = 0
    limit: int | None = None


class Near(msgspec.Struct, frozen=True):
    """A line that is not far."""

    figure: str
    sort: str
    people: int
    limit: int


class Stays(msgspec.Struct, frozen=True):
    """What is due whatever the route."""

    what: str
    article: str
    text: Words


class Demanded(msgspec.Struct, frozen=True):
    """The route that the law asks for: `exempt`, `contract-or-certification` or an assessment."""

    route: str
    text: Words
    reasons: tuple[Reason, ...]
    near: tuple[Near, ...]
    stays: tuple[Stays, ...]


class Barrier(msgspec.Struct, frozen=True):
    """One thing that stands in the way; `places` are those of a batch that it keeps back."""

    rule: str
    article: str
    row: str
    text: Words
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    individuals: int = 0
    places: tuple[int, ...] = ()


class Provided(msgspec.Struct, frozen=True, rename="camel"):
    """What came of it; only with `may_go` may the information go."""

    may_go: bool
    barriers: tuple[Barrier, ...]
    position: int
    at: datetime
    individuals: int
    before: Heads
    after: Heads
    demanded: Demanded | None = None
    scene: str | None = None


class Apart(msgspec.Struct, frozen=True):
    """Who is exempt by an occasion."""

    scene: str
    heads: Heads


class ByRecipient(msgspec.Struct, frozen=True):
    """Whose information went to one recipient."""

    recipient: str
    heads: Heads


class Task(msgspec.Struct, frozen=True):
    """Something to be done, with its days."""

    kind: str
    text: Words
    starts: date
    due: date
    figure: str | None = None
    route: str | None = None
    recipient: str = ""
    provisional: bool = False


class Year(msgspec.Struct, frozen=True, rename="camel"):
    """A civil year as it stands."""

    year: int
    counted: Heads
    apart: tuple[Apart, ...]
    recipients: tuple[ByRecipient, ...]
    demanded: Demanded
    tasks: tuple[Task, ...]
    at_most: int
    recounted: Heads | None = None


class _Going(msgspec.Struct, frozen=True, omit_defaults=True):
    persons: Sequence[str]
    activity: str
    recipient: str
    categories: Sequence[str] | None = None
    started: bool = False
    recent: int | None = None
    age: str | None = None
    account: str | None = None


class _Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    year: int | None = None
    recount: bool = False


class ProvisionClient:
    """Asks, through a client whose key has `provision:write` or `provision:read`.

    Raises `ServiceRefusedError` where the service does not take what was sent, and
    `ServiceSilentError` where there is no answer; nothing may go then.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def provide(  # noqa: PLR0913  what a provision says
        self,
        persons: Sequence[str],
        *,
        activity: str,
        recipient: str,
        categories: Sequence[str] | None = None,
        started: bool = False,
        recent: int | None = None,
        age: str | None = None,
        account: str | None = None,
    ) -> Provided:
        """Ask whether information of 1 to 1,000 individuals may go, all or none; recorded if so.

        Args:
            persons: The operator's account ids.
            activity: Activity of the register.
            recipient: Recipient abroad.
            categories: What goes; None for all that the recipient gets from the activity.
            started: Whether they have just started the function themselves.
            recent: How often this was done within the unit of the declared frequency.
            age: Age band of each where nothing is known: `under-14`, `14-17`, `18+`.
            account: Where each account stands where nothing is known: `active`, `guest`.

        """
        going = _Going(
            persons=persons,
            activity=activity,
            recipient=recipient,
            categories=categories,
            started=started,
            recent=recent,
            age=age,
            account=account,
        )
        return self._client.post("/v1/provisions:batch", going, Provided)

    def year(self, year: int | None = None, *, recount: bool = False) -> Year:
        """Ask how a civil year stands; without one, the present.

        With `recount` every record of the log is read again, which is slow.
        """
        return self._client.post("/v1/provisions:count", _Asked(year, recount), Year)
