"""What `/v1/audience` is asked and answers; the only place of its wire names.

The question stands in a query string, so it names nobody; an unknown or repeated parameter is an
error, so that nothing misspelt is passed over.
"""

from typing import Annotated, Literal
from urllib.parse import parse_qsl

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.method import Operation
from chengnuo.doors.decision_bodies import Count, Id
from chengnuo.doors.http.programs import without_values
from chengnuo.law.age import AgeBand
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.decision.audience import Tally

_SAID_BY_ITEM = frozenset({"category", "operation", "recipient", "publish"})
Names = Annotated[tuple[Id, ...], msgspec.Meta(max_length=200)]


class AudienceQueryError(InvalidInputError):
    """The query does not say what shall be done; the message names the parameter, no value."""

    code = "audience-query"

    def __init__(self, what: str) -> None:
        super().__init__(f"the query is not what this route takes: {what}")
        self.what = what


class AudienceQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """What shall be done with everybody's information, and how the answer is recorded.

    Attributes:
        item: Consent item that the use rests on; or, in its place, `activity`.
        activity: What it is for.
        category: What is used, once for each; left out, all that the activity handles.
        operation: What is done with it.
        recipient: To whom it is provided, if it is.
        publish: Whether it is made public.
        recent: How often this was done to each within the unit of the declared frequency.
        age: Age band, where it is not known.
        account: Where the account stands, where it is not known.
        column: Column of the ids; left out, the first.
        evidence: `strict` for one record of the whole list, durable before the answer; or `none`.

    """

    item: Annotated[str, msgspec.Meta(min_length=1, max_length=250)] | None = None
    activity: Id | None = None
    category: Names | None = None
    operation: Operation = Operation.USE
    recipient: Id | None = None
    publish: bool = False
    recent: Count | None = None
    age: AgeBand | None = None
    account: AccountState | None = None
    column: Annotated[str, msgspec.Meta(max_length=120)] = ""
    evidence: Literal["none", "strict"] = "strict"


class ReasonBody(msgspec.Struct, frozen=True):
    """How many were left out for a reason; somebody counts under every one there was."""

    outcome: Outcome
    rule: str
    article: str
    row: str
    why: str
    count: int


class AudienceBody(msgspec.Struct, frozen=True, rename="camel"):
    """What came out.

    Attributes:
        count: How many ids there were.
        permitted: How many may be processed; those are the ids.
        ask: How many would have to be asked for consent first.
        refused: How many must not be processed.
        root: Root over every single outcome (RFC 9162 section 2.1).
        recorded: Position of the record of the whole list; null with `evidence=none`.
        register_version: Version of the register.
        law_version: Version of the law catalogue.
        reasons: Why the others were left out, most frequent first.
        ids: Who may be processed, in the order of the list.

    """

    count: int
    permitted: int
    ask: int
    refused: int
    root: str
    recorded: int | None
    register_version: str
    law_version: str
    reasons: tuple[ReasonBody, ...]
    ids: tuple[str, ...]


def audience_body(tally: Tally, at: Position | None, *, register: str, law: str) -> AudienceBody:
    """Return what came out; its ids are sent after it."""
    return AudienceBody(
        count=tally.size,
        permitted=tally.permitted,
        ask=tally.outcomes[Outcome.ASK],
        refused=tally.outcomes[Outcome.REFUSE],
        root=tally.root,
        recorded=at,
        register_version=register,
        law_version=law,
        reasons=tuple(
            ReasonBody(
                outcome=outcome,
                rule=ruling.rule.value,
                article=ruling.rule.article,
                row=ruling.row,
                why=ruling.why,
                count=count,
            )
            for (outcome, ruling), count in tally.reasons.most_common()
        ),
        ids=(),
    )


def read_query(query: bytes) -> AudienceQuery:
    """Return what a query string says.

    Raises:
        AudienceQueryError: It has another form, or does not say what for.

    """
    given: dict[str, str | list[str]] = {}
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, strict_parsing=bool(query))
    except ValueError as error:
        raise AudienceQueryError("it is no query string") from error
    for name, value in pairs:
        if name == "lang":
            continue
        if name == "category":
            found = given.setdefault(name, [])
            if isinstance(found, list):
                found.append(value)
        elif name in given:
            raise AudienceQueryError("a parameter stands there twice")
        else:
            given[name] = value
    try:
        read = msgspec.convert(given, ready(AudienceQuery), strict=False)
    except msgspec.ValidationError as error:
        raise AudienceQueryError(without_values(str(error))) from error
    if (read.item is None) is (read.activity is None):
        raise AudienceQueryError("expected exactly one of `item` and `activity`")
    if read.item is not None and given.keys() & _SAID_BY_ITEM:
        raise AudienceQueryError("`item` says by itself what is used, how and by whom")
    return read
