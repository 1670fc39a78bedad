"""Lists that are published, over HTTP: who may be named in one, asked and recorded first.

A list may be published only when `may_publish` comes back true; with anything else, silence
included, nobody may be named (PIPL Art. 25).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.consents import Words
from chengnuo.client.questions import Account, AgeBand


class WhyNot(msgspec.Struct, frozen=True):
    """A rule that keeps somebody back, with its article."""

    rule: str
    article: str
    text: Words


class KeptBack(msgspec.Struct, frozen=True):
    """Somebody who may not be named: place in the list from 0, and why."""

    place: int
    by: tuple[WhyNot, ...]


class Published(msgspec.Struct, frozen=True, rename="camel"):
    """What came of it; `places` says with whom the list may be published."""

    may_publish: bool
    places: tuple[int, ...]
    kept_back: tuple[KeptBack, ...]
    position: int
    at: datetime


class ToPublish(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A list that is to be published.

    Attributes:
        activity: The activity that publishes it.
        shown: `named`, or `masked` as the register declares.
        persons: 1 to 1,000 account ids, in the order of the list.
        categories: What is published; None for all that the register declares.
        leave_out: Publish without those who may not be named, rather than not at all.
        age: Age band of each, where the operator knows it.
        account: Where each account stands, where the operator knows it.

    """

    activity: str
    shown: Literal["named", "masked"]
    persons: Sequence[str]
    categories: Sequence[str] | None = None
    leave_out: bool = False
    age: AgeBand | None = None
    account: Account | None = None


def may_publish(client: Client, wanted: ToPublish) -> Published:
    """Ask before a list is published, by a key with `publication:write`; recorded either way.

    Raises:
        ServiceRefusedError: The service does not take the list or the key.
        ServiceSilentError: There is no answer.

    """
    return client.post("/v1/publications", wanted, Published)
