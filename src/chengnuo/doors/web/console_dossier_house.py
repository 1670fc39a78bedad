"""What the console's pages of dossiers are made from, and who acts in them."""

from collections.abc import Callable
from dataclasses import dataclass

from litestar.di import NamedDependency

from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.register_change import REGISTER_CHANGE
from chengnuo.doors.http.audience import requires
from chengnuo.doors.web.dossier_house import SortHouse
from chengnuo.doors.web.register_edit_href import CHANGES_PATH
from chengnuo.doors.web.services import Services
from chengnuo.ports.accounts import Account, Role
from chengnuo.usecases.dossier.reading import DossierReading
from chengnuo.usecases.dossier.seen import Actor

WORKERS = requires(Role.STAFF, Role.REVIEWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHouse(SortHouse):
    """What the pages of one sort are made from.

    Attributes:
        reading: Records who reads what is about an individual.
        mask: Masks what identifies people in a text.

    """

    reading: DossierReading
    mask: Callable[[str], str]


def path_of(sort: DossierSort) -> str:
    """Return where the list of a sort is in the console."""
    return f"/console/{sort.path}"


def dossier_href(sort: DossierSort, wanted: str) -> str:
    """Return where a dossier is worked on; a change of the register has a page of its own."""
    return f"{CHANGES_PATH if sort.id == REGISTER_CHANGE.id else path_of(sort)}/{wanted}"


def actor_of(account: Account) -> Actor:
    """Return an account as who acts in dossiers."""
    return Actor(id=account.id, party=Party(account.role.value))


def names_of(services: Services) -> dict[str, str]:
    """Return the sign-in names of accounts by their ids."""
    return {account.id: account.name for account in services.accounts.store.accounts()}


GivenHouse = NamedDependency[DossierHouse]
