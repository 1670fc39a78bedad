"""What an act asks for beyond its own dossier: other dossiers, or who does it.

A sort sees its own dossier alone; what is held here looks further.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sorts.agreement_term import AGREEMENT_TERM, LAPSE, RENEW
from chengnuo.domain.dossier.sorts.audit import AUDIT, CLOSE, MEND
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.incident_reach import COMPUTED
from chengnuo.domain.dossier.sorts.register_change import (
    COLLECT,
    PROPOSE,
    PUT_IN_FORCE,
    REGISTER_CHANGE,
    WITHDRAW,
)
from chengnuo.domain.dossier.sorts.remedy import REMEDY
from chengnuo.domain.dossier.sorts.safeguard import OBSERVED, SAFEGUARD
from chengnuo.domain.dossier.standing import ActRefusedError, state_of
from chengnuo.domain.dossier.stepping import STEP_UP
from chengnuo.ports.dossiers import DossierStore
from chengnuo.usecases.dossier.seen import Actor

SERVICE = Actor(id="service", party=Party.SERVICE)
"""The service itself; keys of programs act in the same part under ids of their own."""

Guard: TypeAlias = Callable[[DossierStore, Dossier, Actor], Text | None]


def remedies_of(store: DossierStore, audit: Dossier) -> tuple[Dossier, ...]:
    """Return the remedies that came from a dossier."""
    return tuple(one for one in store.every([REMEDY.id]) if one.value("source") == audit.id)


def _all_is_mended(store: DossierStore, dossier: Dossier, _: Actor) -> Text | None:
    left = [one for one in remedies_of(store, dossier) if not state_of(REMEDY, one).final]
    if not left:
        return None
    return Text(
        f"还有 {len(left)} 项整改没有复核通过。", f"{len(left)} remedies are not accepted yet."
    )


def _is_the_service(_: DossierStore, __: Dossier, actor: Actor) -> Text | None:
    if actor is SERVICE:  # a key may be called `service`, too
        return None
    return Text(
        "只有本服务自己的观察才能这样登记。", "only what the service saw itself is entered so."
    )


def _is_whose(_: DossierStore, dossier: Dossier, actor: Actor) -> Text | None:
    if actor.id == dossier.acts[0].by:
        return None
    return Text("这是别人准备中的修改。", "somebody else is putting this change together.")


def _is_the_author(_: DossierStore, dossier: Dossier, actor: Actor) -> Text | None:
    if actor.id == dossier.acts[0].by:
        return None
    return Text("只有提出的人能撤回。", "only whoever proposed it can withdraw it.")


_GUARDS: Mapping[tuple[str, str], Guard] = {
    (AUDIT.id, MEND): _all_is_mended,
    (AUDIT.id, CLOSE): _all_is_mended,
    **{(SAFEGUARD.id, what): _is_the_service for what in OBSERVED},
    (COMPLAINT.id, STEP_UP): _is_the_service,
    (AGREEMENT_TERM.id, LAPSE): _is_the_service,
    (AGREEMENT_TERM.id, RENEW): _is_the_service,
    (REGISTER_CHANGE.id, PUT_IN_FORCE): _is_the_service,
    (REGISTER_CHANGE.id, COLLECT): _is_whose,
    (REGISTER_CHANGE.id, PROPOSE): _is_whose,
    (REGISTER_CHANGE.id, WITHDRAW): _is_the_author,
    **{(INCIDENT.id, what): _is_the_service for what in COMPUTED},
}


def is_reserved(sort: str, what: str, actor: Actor) -> bool:
    """Tell whether an act is the service's own, and somebody else looks at it."""
    return _GUARDS.get((sort, what)) is _is_the_service and actor is not SERVICE


def check_further(store: DossierStore, dossier: Dossier, what: str, actor: Actor) -> None:
    """Hold an act to what it asks for beyond its own dossier.

    Raises:
        ActRefusedError: That is not so.

    """
    guard = _GUARDS.get((dossier.sort, what))
    why = None if guard is None else guard(store, dossier, actor)
    if why is not None:
        raise ActRefusedError(what, why)
