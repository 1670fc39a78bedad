"""What is handed in about requests of individuals: who asks, under which right, for what."""

from datetime import datetime
from typing import Literal

import msgspec

Role = Literal["individual", "guardian", "close-relative", "agent", "staff"]
Right = Literal[
    "know",
    "restrict",
    "refuse",
    "access",
    "copy",
    "transfer",
    "correct",
    "supplement",
    "delete",
    "cancel-account",
    "explain-rules",
    "explain-automated",
    "refuse-automated",
]
Ground = Literal[
    "purpose-achieved", "service-ended-or-expired", "consent-withdrawn", "unlawful", "other-law"
]


class _Given(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Something handed in."""


class Scope(_Given, frozen=True, kw_only=True):
    """What part of the information; what is left out stands for everything."""

    activities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class Read(_Given, frozen=True, kw_only=True, tag_field="kind", tag="read"):
    """Access or a copy; `formats` of `json`, `csv`, `xlsx`, `html`, `json-ld`, none for a view.

    With `with_code` the files open by a pass code only; the individual sees it once.
    """

    scope: Scope = Scope()
    formats: tuple[str, ...] = ()
    with_code: bool = False


class Transfer(_Given, frozen=True, kw_only=True, tag_field="kind", tag="transfer"):
    """A transfer to another handler by the offer that it gave the individual."""

    offer: str
    scope: Scope = Scope()


class Change(_Given, frozen=True, kw_only=True):
    """One value to be set; `row` as a copy of the information gives it."""

    table: str
    column: str
    value: str | int | float | bool | None = msgspec.field()
    row: str = ""


class Correct(_Given, frozen=True, kw_only=True, tag_field="kind", tag="correct"):
    """A correction or supplement."""

    changes: tuple[Change, ...]
    reason: str = ""


class Delete(_Given, frozen=True, kw_only=True, tag_field="kind", tag="delete"):
    """A deletion on one of the grounds of PIPL Art. 47."""

    ground: Ground
    scope: Scope = Scope()


class Restrict(_Given, frozen=True, kw_only=True, tag_field="kind", tag="restrict"):
    """A restriction or objection, set or lifted."""

    on: bool
    activity: str | None = None
    recipient: str | None = None


class Explain(_Given, frozen=True, kw_only=True, tag_field="kind", tag="explain"):
    """An explanation of the rules or of an automated decision."""

    about: str | None = None
    question: str = ""


class Cancel(_Given, frozen=True, kw_only=True, tag_field="kind", tag="cancel"):
    """A cancellation of the account."""


Asked = Read | Transfer | Correct | Delete | Restrict | Explain | Cancel


IdentifierKind = Literal["phone", "email", "openid", "device", "account-name"]


class Identifier(_Given, frozen=True, kw_only=True):
    """Something else than the account id that the service finds somebody by."""

    kind: IdentifierKind
    value: str


class Asker(_Given, frozen=True, kw_only=True):
    """Who asks, as the operator knows it; by exactly one of `person` and `identifier`.

    Attributes:
        person: Account id of whose information it is.
        identifier: What the account is found by where its id is not known; only to open or try a
            request.
        by: In which role somebody asks.
        app: App that they came from.
        guardian: Account id of the guardian who acts for a child.
        authenticated_at: When the individual last proved who they are, aware.

    """

    person: str | None = None
    identifier: Identifier | None = None
    by: Role = "individual"
    app: str | None = None
    guardian: str | None = None
    authenticated_at: datetime | None = None
