"""What takes two people, said alike on every page: who asked, who may approve, what lacks."""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.showing import Asked
from chengnuo.doors.web.wording import Translate, wording
from chengnuo.ports.accounts import Account, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class FourEyes:
    """What takes two people.

    Attributes:
        asked: Who did the first half, by name.
        may: Who may do the second.
        missing: What is still missing.
        status: Whether whoever looks may do it.

    """

    asked: str
    may: str
    missing: str
    status: Status


def four_eyes(  # noqa: PLR0913  what it says
    t: Translate,
    *,
    asked_by: str,
    names: Mapping[str, str],
    missing: str,
    me: Account,
    roles: frozenset[Role] = frozenset({Role.REVIEWER}),
    single: bool = False,
) -> FourEyes:
    """Return what takes two people, for whoever looks.

    Args:
        t: Gives texts.
        asked_by: Account id of who did the first half; empty for the service, or an individual.
        names: Sign-in names of accounts by id.
        missing: What the second has to do.
        me: Whoever looks.
        roles: Which roles may do the second half.
        single: Whether there is only one account, so that nobody else can look.

    """
    mine = me.role in roles and (single or me.id != asked_by)
    if mine:
        key, kind = "single" if single and me.id == asked_by else "mine", StatusKind.WARN
    else:
        key, kind = "own" if me.id == asked_by else "others", StatusKind.NOTE
    may = t("word.comma").join(t(f"four-eyes.role-{role}") for role in Role if role in roles)
    if asked_by and not single:
        may = t("four-eyes.not-who-asked", may=may)
    return FourEyes(
        asked=names.get(asked_by, asked_by) or t("four-eyes.nobody"),
        may=may,
        missing=missing,
        status=Status(kind=kind, word=t(f"four-eyes.{key}")),
    )


def eyes_for(request: Asked, asked_by: str, missing: str) -> FourEyes:
    """Return what takes a reviewer besides, for whoever asks for a page.

    Args:
        request: Who asks, and in which language.
        asked_by: Account id of who did the first half; of nobody's else, an individual did.
        missing: What the reviewer has to do.

    """
    exchange, accounts = exchange_of(request.scope), request.app.state.services.accounts
    names = {account.id: account.name for account in accounts.store.accounts()}
    return four_eyes(
        wording(exchange.lang),
        asked_by=asked_by if asked_by in names else "",
        names=names,
        missing=missing,
        me=signed_in(exchange.staff).account,
        single=accounts.single_person(),
    )
