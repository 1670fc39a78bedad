"""The routes of programs that show an API key, by path."""

from typing import cast

from litestar.types import ASGIApp

from chengnuo.doors.http.automated import OPERATIONS as AUTOMATED_OPERATIONS
from chengnuo.doors.http.automated import Automated
from chengnuo.doors.http.consents import OPERATIONS, Consents
from chengnuo.doors.http.decisions import PATHS as DECISION_PATHS
from chengnuo.doors.http.decisions import Decisions
from chengnuo.doors.http.dossiers import OPERATIONS as DOSSIER_OPERATIONS
from chengnuo.doors.http.dossiers import Dossiers
from chengnuo.doors.http.filtering import PATH as AUDIENCE_PATH
from chengnuo.doors.http.filtering import Filtering
from chengnuo.doors.http.labels import OPERATIONS as LABEL_OPERATIONS
from chengnuo.doors.http.labels import Labels
from chengnuo.doors.http.prices import OPERATIONS as PRICE_OPERATIONS
from chengnuo.doors.http.prices import Prices, PriceTeller
from chengnuo.doors.http.provisions import OPERATIONS as PROVISION_OPERATIONS
from chengnuo.doors.http.provisions import Provisions
from chengnuo.doors.http.publications import OPERATIONS as PUBLICATION_OPERATIONS
from chengnuo.doors.http.publications import Publications
from chengnuo.doors.http.rights import OPERATIONS as RIGHTS_OPERATIONS
from chengnuo.doors.http.rights import Rights
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.decision.audience import AudienceDesk
from chengnuo.usecases.decision.automated import AutomatedDesk
from chengnuo.usecases.decision.naming import NamingDesk
from chengnuo.usecases.decision.reviews import ReviewDesk
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.reading import DossierReading
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.labels import LabelDesk

PROGRAM_PATHS = frozenset(
    {
        *AUTOMATED_OPERATIONS,
        *OPERATIONS,
        *DECISION_PATHS,
        *DOSSIER_OPERATIONS,
        *LABEL_OPERATIONS,
        *PRICE_OPERATIONS,
        *PROVISION_OPERATIONS,
        *PUBLICATION_OPERATIONS,
        *RIGHTS_OPERATIONS,
        AUDIENCE_PATH,
    }
)
"""Every path that a program with a key may ask at."""


def program_routes(  # noqa: PLR0913  what the routes stand on
    decisions: Decisions | None,
    *,
    consents: ConsentDesk,
    register: Desk,
    rights: RightsDesk | None = None,
    labels: LabelDesk | None = None,
    automated: AutomatedDesk | None = None,
    reviews: ReviewDesk | None = None,
    prices: PriceTeller | None = None,
    borders: BorderDesk | None = None,
    dossiers: DossierDesk | None = None,
) -> dict[str, ASGIApp]:
    """Return the routes; none where there are no keys.

    Args:
        decisions: Answers questions; its gate is that of all.
        consents: What individuals said, and the state that lists are sifted by.
        register: The register in force.
        rights: What individuals ask for; None leaves its routes away.
        labels: Labels about individuals; None likewise.
        automated: Automated decisions; None leaves their routes away.
        reviews: Their reviews by a person; None where there are none.
        prices: Explains prices; None leaves their route away.
        borders: What goes abroad; None leaves its routes away.
        dossiers: Matters of duty in hand; None leaves their routes away.

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
    labelled = (
        {}
        if labels is None
        else dict.fromkeys(
            LABEL_OPERATIONS,
            cast(
                "ASGIApp",
                Labels(desk=labels, gate=decisions.gate, person=decisions.person),
            ),
        )
    )
    decided = (
        {}
        if automated is None
        else dict.fromkeys(
            AUTOMATED_OPERATIONS,
            cast(
                "ASGIApp",
                Automated(
                    desk=automated,
                    reviews=reviews,
                    gate=decisions.gate,
                    person=decisions.person,
                ),
            ),
        )
    )
    priced = (
        {}
        if prices is None
        else dict.fromkeys(
            PRICE_OPERATIONS,
            cast("ASGIApp", Prices(teller=prices, gate=decisions.gate, person=decisions.person)),
        )
    )
    provided = (
        {}
        if borders is None
        else dict.fromkeys(
            PROVISION_OPERATIONS,
            cast(
                "ASGIApp",
                Provisions(desk=borders, gate=decisions.gate, person=decisions.person),
            ),
        )
    )
    published = dict.fromkeys(
        PUBLICATION_OPERATIONS,
        cast(
            "ASGIApp",
            Publications(
                desk=NamingDesk(decisions=decisions.desk, register=register),
                gate=decisions.gate,
                person=decisions.person,
            ),
        ),
    )
    in_hand = (
        {}
        if dossiers is None
        else dict.fromkeys(
            DOSSIER_OPERATIONS,
            cast(
                "ASGIApp",
                Dossiers(
                    reading=DossierReading(desk=dossiers),
                    names=consents.names,
                    gate=decisions.gate,
                    person=decisions.person,
                ),
            ),
        )
    )
    return {
        **requests,
        **in_hand,
        **provided,
        **published,
        **priced,
        **decided,
        **labelled,
        **dict.fromkeys(DECISION_PATHS, cast("ASGIApp", decisions)),
        **dict.fromkeys(OPERATIONS, cast("ASGIApp", acts)),
        AUDIENCE_PATH: cast("ASGIApp", lists),
    }
