"""What is kept back from deletion, as the page shows it; whom it is about stays a short key."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.doors.web.console_rights_acts_view import Reason
from chengnuo.doors.web.console_rights_words import PATH, RightsWords
from chengnuo.doors.web.page_parts import Empty, Fact, Status, StatusKind, Words, said
from chengnuo.usecases.rights.holding import HoldSeen

HOLDS_PATH = f"{PATH}/holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedHold:
    """What was typed in to keep something back."""

    account: str = ""
    table: str = ""
    until: str = ""
    reason: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    """One hold.

    Attributes:
        id: Its id.
        title: What it keeps back.
        status: Whether it stands.
        facts: Why, since when, by whom.
        href: Where the form to lift it goes; empty where it cannot be lifted.

    """

    id: str
    title: str
    status: Status
    facts: tuple[Fact, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldsPage:
    """All holds, and the form for one more.

    Attributes:
        lead: How many stand.
        holds: Those that stand first, each the newest first.
        tables: What can be kept back.
        typed: What was typed in.
        acts: Whether whoever looks may set and lift.
        empty: What to say if there are none.
        error: What was wrong with the form that came back, or empty.
        wrong: Of which hold it was; empty for the form for one more.

    """

    lead: str
    holds: tuple[HoldView, ...]
    tables: tuple[Reason, ...]
    typed: TypedHold
    acts: bool
    empty: Empty
    error: str
    wrong: str


def holds_page(  # noqa: PLR0913  what the page is made from
    say: RightsWords,
    holds: Sequence[HoldSeen],
    names: dict[str, str],
    *,
    typed: TypedHold,
    acts: bool,
    error: str,
    wrong: str,
) -> HoldsPage:
    """Return the page."""
    ordered = sorted(holds, key=lambda one: one.over)
    stand = sum(not one.over for one in holds)
    return HoldsPage(
        lead=say.t("console.rights.holds-lead", n=stand),
        holds=tuple(_view(say, one, names) for one in ordered),
        tables=tuple(_tables(say)),
        typed=typed,
        acts=acts,
        empty=Empty(
            name=say.t("console.rights.no-holds"),
            text=say.t("console.rights.no-holds-text"),
            href="#hold-new",
            act=say.t("nav.rights"),
        ),
        error=error,
        wrong=wrong,
    )


def _tables(say: RightsWords) -> list[Reason]:
    found = [Reason(value="", name=say.t("console.rights.hold-everything"))]
    for store in () if say.register is None else say.register.stores:
        for table in store.tables:
            name = say.text(table.holds) or table.table
            found.append(
                Reason(
                    value=f"{store.store}.{table.table}", name=f"{say.text(store.name)} · {name}"
                )
            )
    return found


def _view(say: RightsWords, seen: HoldSeen, names: dict[str, str]) -> HoldView:
    kept, hold = seen.kept, seen.kept.hold
    if kept.lifted_at is not None:
        status = Status(kind=StatusKind.NONE, word=say.t("console.rights.hold-lifted"))
    elif seen.over:
        status = Status(kind=StatusKind.NONE, word=say.t("console.rights.hold-over"))
    else:
        status = Status(kind=StatusKind.WARN, word=say.t("console.rights.hold-stands"))
    until = "console.rights.hold-until-lifted"
    facts = [
        Fact(name=say.t("console.rights.hold-person"), value=(Words(text=kept.person, hash=True),)),
        Fact(name=say.t("console.rights.hold-reason"), value=said(say.text(hold.reason))),
        Fact(
            name=say.t("console.rights.hold-set"),
            value=said(say.who(kept.by, names), say.when(kept.since)),
        ),
        Fact(
            name=say.t("console.rights.hold-until"),
            value=said(say.t(until) if hold.until is None else say.when(hold.until)),
        ),
    ]
    if hold.secret:
        facts.append(
            Fact(
                name=say.t("console.rights.hold-secret"),
                value=said(say.t("console.rights.hold-secret-text")),
            )
        )
    if kept.lifted_at is not None:
        facts.append(
            Fact(
                name=say.t("console.rights.hold-lifted"),
                value=said(say.who(kept.lifted_by, names), say.when(kept.lifted_at)),
            )
        )
    return HoldView(
        id=kept.id,
        title=hold.table or say.t("console.rights.hold-everything"),
        status=status,
        facts=tuple(facts),
        href=f"{HOLDS_PATH}/{kept.id}/lift" if kept.lifted_at is None else "",
    )
