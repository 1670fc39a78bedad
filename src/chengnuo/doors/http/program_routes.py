"""The routes of programs that show an API key, by path."""

from typing import cast

from litestar.types import ASGIApp

from chengnuo.doors.http.consents import OPERATIONS, Consents
from chengnuo.doors.http.decisions import PATHS as DECISION_PATHS
from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.http.filtering import PATH as AUDIENCE_PATH
from chengnuo.doors.http.filtering import Filtering
from chengnuo.doors.http.rights import OPERATIONS as RIGHTS_OPERATIONS
from chengnuo.doors.http.rights import Rights
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.decision.audience import AudienceDesk
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk


def program_routes(
    decisions: Decisions | None,
    *,
    consents: ConsentDesk,
    register: Desk,
    rights: RightsDesk | None = None,
) -> dict[str, ASGIApp]:
    """Return the routes; none where there are no keys.

    Args:
        decisions: Answers questions; its gate is that of all.
        consents: What individuals said, and the state that lists are sifted by.
        register: The register in force.
        rights: What individuals ask for; None leaves its routes away.

    """
    if decisions is None:
        return {}
    acts = Consents(
        desk=consents,
        register=register,
        gate=decisions.gate,
        person=decisions.person,
    )
    lists = Filtering(
        audience=AudienceDesk(desk=decisions.desk, state=consents),
        gate=decisions.gate,
        person=decisions.person,
    )
    requests = (
        {}
        if rights is None
        else dict.fromkeys(
            RIGHTS_OPERATIONS,
            cast("ASGIApp", Rights(desk=rights, gate=decisions.gate, person=decisions.person)),
        )
    )
    return {
        **requests,
        **dict.fromkeys(DECISION_PATHS, cast("ASGIApp", decisions)),
        **dict.fromkeys(OPERATIONS, cast("ASGIApp", acts)),
        AUDIENCE_PATH: cast("ASGIApp", lists),
    }
