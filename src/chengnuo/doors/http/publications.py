"""`/v1/publications`: a list is to be published; who may be named in it, asked and recorded first.

POST with account ids in the body alone, by a key with `publication:write`. A no is an answer with
status 200 and `mayPublish` false; whom it is about stands in it by place, and by no name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, ClassVar

import msgspec

from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.automated_bodies import WordsBody, words_body
from chengnuo.doors.decision_bodies import AccountText, Id
from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.law.age import AgeBand
from chengnuo.law.ids import CategoryId
from chengnuo.ports.api_keys import ApiScope
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.naming import ListToPublish, NamingDesk, Published, Shown

PATH = "/v1/publications"
MOST_PUBLISHED = 1000
_MOST_CATEGORIES = 200


class PublicationBody(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"
):
    """A list that is to be published.

    Attributes:
        activity: The activity that publishes it.
        shown: `named`, or `masked` as the register declares.
        persons: Account ids, in the order of the list.
        categories: What is published; left out, all that the register declares.
        leave_out: Publish without those who may not be named, rather than not at all.
        age: Age band of each, where the operator knows it.
        account: Where each account stands, where the operator knows it.

    """

    activity: Id
    shown: Shown
    persons: Annotated[
        tuple[AccountText, ...], msgspec.Meta(min_length=1, max_length=MOST_PUBLISHED)
    ]
    categories: Annotated[tuple[Id, ...], msgspec.Meta(max_length=_MOST_CATEGORIES)] | None = None
    leave_out: bool = False
    age: AgeBand | None = None
    account: AccountState | None = None


class WhyNotBody(msgspec.Struct, frozen=True):
    """One rule that keeps somebody back, with its article."""

    rule: str
    article: str
    text: WordsBody


class KeptBackBody(msgspec.Struct, frozen=True):
    """Somebody who may not be named: place in the list from 0, and why."""

    place: int
    by: tuple[WhyNotBody, ...]


class PublishedBody(msgspec.Struct, frozen=True, rename="camel"):
    """What came of it.

    Attributes:
        may_publish: Whether the list may be published now.
        places: With whom, by their places.
        kept_back: Who may not be named.
        position: Position of the first record in the evidence log.
        at: Its effective instant.

    """

    may_publish: bool
    places: tuple[int, ...]
    kept_back: tuple[KeptBackBody, ...]
    position: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Publications(Posted):
    """The ASGI callable.

    Attributes:
        desk: Decides and records.

    """

    statuses: ClassVar[Mapping[str, int]] = {
        **STATUS,
        "publication-not-declared": 422,
        "publication-mask-missing": 422,
    }
    desk: NamingDesk

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def publish(self, body: PublicationBody) -> PublishedBody:
        """Tell whether a list may be published with these people, and record that it is."""
        categories = body.categories
        published = self.desk.publish(
            [self.person(account) for account in body.persons],
            ListToPublish(
                activity=ActivityId(body.activity),
                shown=body.shown,
                categories=None if categories is None else frozenset(map(CategoryId, categories)),
                leave_out=body.leave_out,
                stated=Stated(age=body.age, account=body.account),
            ),
        )
        return _published_body(published)


def _published_body(one: Published) -> PublishedBody:
    return PublishedBody(
        may_publish=bool(one.places),
        places=one.places,
        kept_back=tuple(
            KeptBackBody(
                place=kept.place,
                by=tuple(
                    WhyNotBody(
                        rule=ruling.rule.value,
                        article=ruling.rule.article,
                        text=words_body(ruling.rule.text),
                    )
                    for ruling in kept.by
                ),
            )
            for kept in one.kept_back
        ),
        position=one.first,
        at=one.at,
    )


_operation = partial(operation, PATH)
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation(
            "", ApiScope.PUBLICATION_WRITE, PublicationBody, PublishedBody, Publications.publish
        ),
    )
}
"""Every route by its path."""
