"""The pages of the centre that show what is published, joined for the service."""

from collections.abc import Callable

from litestar import Router

from chengnuo.domain.disclosure.used import Used
from chengnuo.doors.web.centre_own import OwnContents, nothing_looked_up
from chengnuo.doors.web.centre_pages import centre_pages, no_requests
from chengnuo.doors.web.centre_papers import Papers
from chengnuo.doors.web.list_pages import ListHouse, list_pages
from chengnuo.doors.web.outside import Outside
from chengnuo.doors.web.responsibility_pages import responsibility_pages
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.governance.sdk_vettings import SdksInReleases
from chengnuo.usecases.register_desk import Desk


def published_pages(
    outside: Outside,
    desk: Desk,
    used_by: Callable[[PersonKey], Used],
    seen: SdksInReleases | None,
) -> list[Router]:
    """Return the home, the lists, the rules and who answers for what.

    Args:
        outside: What wiring has made.
        desk: The register in force and its versions.
        used_by: Tells how often an individual's information was used.
        seen: The SDKs of releases; None where none are taken.

    """
    papers = Papers(desk, outside.writers)
    rights = outside.rights
    own = (
        nothing_looked_up
        if rights is None
        else OwnContents(register=desk, rights=rights.desk, view=rights.view, clock=outside.clock)
    )
    lists = ListHouse(
        register=desk, papers=papers, used_by=used_by, own=own, consents=outside.consents
    )
    requests = no_requests if rights is None else rights.desk.open_of
    return [
        centre_pages(desk, papers, requests),
        list_pages(lists),
        *responsibility_pages(outside, desk, papers, seen),
    ]
