"""Labels over HTTP: which are kept about somebody, which they deleted, whether one may be kept.

An engine asks `deleted` before it uses labels and `put` before it keeps one. The labels stay in the
operator's own stores; nothing of them is kept by the service.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chengnuo.client.client import Client


class Label(msgspec.Struct, frozen=True, rename="camel"):
    """A label as it is kept; with `deleted_at`, it came back after it had been deleted."""

    table: str
    label: str
    model: str
    learned_from: str = ""
    since: str = ""
    deleted_at: datetime | None = None


class Labels(msgspec.Struct, frozen=True):
    """The labels about somebody; `complete` is false where a store could not be asked."""

    labels: tuple[Label, ...]
    complete: bool


class Deleted(msgspec.Struct, frozen=True, rename="camel"):
    """Whether a label was deleted, and so may be neither kept nor used."""

    label: str
    deleted: bool
    deleted_at: datetime | None = None


class _Person(msgspec.Struct, frozen=True):
    person: str


class _Asked(msgspec.Struct, frozen=True):
    person: str
    model: str
    labels: Sequence[str]


class _Put(msgspec.Struct, frozen=True):
    person: str
    model: str
    label: str


class _Answers(msgspec.Struct, frozen=True):
    labels: tuple[Deleted, ...]


class _Kept(msgspec.Struct, frozen=True):
    allowed: bool = True


class LabelClient:
    """Asks, through a client whose key has `automated:read` for lists, else `automated:write`.

    Raises `ServiceRefusedError` where the service does not take what was sent; its code is
    `label-deleted` where a label may not be kept.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def of(self, person: str) -> Labels:
        """Return the labels about somebody."""
        return self._client.post("/v1/labels", _Person(person), Labels)

    def deleted(self, person: str, model: str, labels: Sequence[str]) -> tuple[Deleted, ...]:
        """Tell of each of at most 200 labels whether the individual deleted it, in their order."""
        asked = _Asked(person, model, labels)
        return self._client.post("/v1/labels:deleted", asked, _Answers).labels

    def put(self, person: str, model: str, label: str) -> None:
        """Ask before a label is kept; returns if it may be."""
        self._client.post("/v1/labels:put", _Put(person, model, label), _Kept)
