"""Finding the account of somebody from another identifier: a phone number, an address, an openid.

The register says by which columns (`Table.identifiers`). Exactly one account is a match; none or
several are told as such, with the next least identifier that could tell, and never as a guess.
"""

from collections.abc import Mapping
from contextlib import closing

from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Identifier, IdentifierKind
from chengnuo.domain.rights.identity import Found, Why, found
from chengnuo.ports.record_source import Lack, Match, Sources
from chengnuo.usecases.rights.refusals import RightsAmbiguousError, RightsNoMatchError


def kinds_known(register: Register) -> frozenset[IdentifierKind]:
    """Return the kinds by which somebody can be found."""
    return frozenset(
        one.kind for store in register.stores for table in store.tables for one in table.identifiers
    )


def accounts_of(
    sources: Sources, register: Register, kind: IdentifierKind, value: str
) -> tuple[str, ...]:
    """Return the accounts that an identifier belongs to, in a fixed order.

    Raises:
        StoreUnavailableError: A store does not answer; nothing can be said.

    """
    accounts: set[str] = set()
    for store in register.stores:
        wanted = [
            (table.table, one)
            for table in store.tables
            for one in table.identifiers
            if one.kind is kind
        ]
        if not wanted:
            continue
        with closing(sources.open(store.store)) as source:
            if Lack.READ in source.lacks:
                continue
            for table, one in wanted:
                match = Match(columns=(one.column,), values=((value,),), also=_also(one))
                rows = source.rows(table, (one.account,), match)
                accounts |= {str(row[0]) for row in rows if row[0] is not None}
    return tuple(sorted(accounts))


def account_of(
    sources: Sources, register: Register, given: Mapping[IdentifierKind, str]
) -> tuple[str | None, Found]:
    """Return the one account that all identifiers given belong to, and what it came to.

    Raises:
        StoreUnavailableError: A store does not answer; nothing can be said.

    """
    each = [
        set(accounts_of(sources, register, kind, value)) for kind, value in sorted(given.items())
    ]
    common = set.intersection(*each) if each else set()
    came_to = found(len(common), frozenset(given), kinds_known(register))
    return (next(iter(common)) if came_to.why is None else None), came_to


def the_account(sources: Sources, register: Register, given: Mapping[IdentifierKind, str]) -> str:
    """Return the one account that all identifiers given belong to; see `StaffDesk.find`."""
    account, came_to = account_of(sources, register, given)
    if account is not None:
        return account
    if came_to.why is Why.AMBIGUOUS:
        raise RightsAmbiguousError(came_to.ask_next)
    raise RightsNoMatchError(came_to.ask_next)


def _also(one: Identifier) -> tuple[tuple[str, str], ...]:
    if one.when_column is None or one.when_value is None:
        return ()
    return ((one.when_column, one.when_value),)
