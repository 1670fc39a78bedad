"""Where a dossier stands, and what may be done in it next."""

from collections.abc import Mapping

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, DossierSort, StateSort


class NoSuchActError(InvalidInputError):
    """A sort of dossier has no such act."""

    code = "dossier-no-such-act"

    def __init__(self, sort: str, what: str) -> None:
        super().__init__(f"a dossier `{sort}` has no act `{what[:60]}`")


class NotYourActError(InvalidInputError):
    """Whoever asks for an act is not among those who may do it."""

    code = "dossier-not-yours"

    def __init__(self, what: str, party: Party) -> None:
        super().__init__(f"`{what}` is not for `{party}` to do")


class DossierStateError(ConflictError):
    """An act does not go with the state that the dossier is in."""

    code = "dossier-state"

    def __init__(self, what: str, state: str) -> None:
        super().__init__(f"`{what}` cannot be done where it stands: `{state or 'not opened'}`")
        self.state = state


class ActRefusedError(InvalidInputError):
    """An act cannot be done as it was given; the reason is a sentence of the sort."""

    code = "dossier-act-refused"

    def __init__(self, what: str, why: Text) -> None:
        super().__init__(f"`{what}` cannot be done so: {why.en}")
        self.why = why


def state_of(sort: DossierSort, dossier: Dossier) -> StateSort:
    """Return the state that a dossier of a sort is in."""
    state = ""
    for one in dossier.acts:
        known = sort.act(one.what)
        if known is not None and known.to is not None:
            state = known.to
    return sort.state(state)


def checked_act(
    sort: DossierSort, dossier: Dossier | None, what: str, party: Party, *, by: str
) -> tuple[ActSort, bool]:
    """Return an act that somebody may do now, and whether a second person is missing for it.

    Raises:
        NoSuchActError: The sort has none of this id.
        NotYourActError: It is not for them to do.
        DossierStateError: It does not go with the state.

    """
    act = sort.act(what)
    if act is None:
        raise NoSuchActError(sort.id, what)
    if party not in act.by:
        raise NotYourActError(what, party)
    state = NOT_OPENED if dossier is None else state_of(sort, dossier).id
    if state not in act.after:
        raise DossierStateError(what, state)
    earlier = () if dossier is None else dossier.acts
    same = any(one.what in act.not_by_author_of and one.by == by for one in earlier)
    return act, same


def check_said(act: ActSort, dossier: Dossier | None, fields: Mapping[str, Value]) -> None:
    """Hold what was said in an act to the sort.

    Raises:
        ActRefusedError: It cannot be done so.

    """
    why = None if act.check is None else act.check(dossier, fields)
    if why is not None:
        raise ActRefusedError(act.what, why)
