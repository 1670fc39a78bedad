"""The pages of the console that belong to a dossier of some sorts."""

from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.assessment import ASSESSMENT
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.dossier.sorts.canary import CANARY
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.register_change import REGISTER_CHANGE
from chengnuo.doors.web.console_audits_view import papers_href
from chengnuo.doors.web.register_edit_href import CHANGES_PATH
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link

INCIDENT_DESK = "/console/incident-desk"
"""Where the page beside each incident is."""


CANARY_DESK = "/console/canary-desk"
"""Where a reviewer draws a canary value."""


def drawing_of(say: Speaker, sort: DossierSort, party: Party) -> tuple[Link, ...]:
    """Return the pages on which the service makes a dossier of a sort itself."""
    if sort.id != CANARY.id or party is not Party.REVIEWER:
        return ()
    return (Link(href=CANARY_DESK, name=say.t("canary.title")),)


def beside_of(say: Speaker, sort: DossierSort, path: str, wanted: DossierId) -> tuple[Link, ...]:
    """Return the pages that belong to a dossier.

    Args:
        say: Words.
        sort: Its sort.
        path: Where the list of its sort is.
        wanted: Its id.

    """
    if sort.id == ASSESSMENT.id:
        href, name = f"{path}/{wanted}/sheet", say.t("assessing.sheet")
    elif sort.id == AUDIT.id:
        href, name = papers_href(wanted), say.t("audit.papers")
    elif sort.id == INCIDENT.id:
        href, name = f"{INCIDENT_DESK}/{wanted}", say.t("incident.title")
    elif sort.id == REGISTER_CHANGE.id:
        href, name = f"{CHANGES_PATH}/{wanted}", say.t("reg-change.see")
    else:
        return ()
    return (Link(href=href, name=name, current=False),)
