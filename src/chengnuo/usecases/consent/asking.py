"""Whether somebody may be asked for an item now."""

from chengnuo.domain.consent.asking import Asking, asking
from chengnuo.domain.consent.fold import is_in_force
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.request import State
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.checking import Asked, asked_for
from chengnuo.usecases.consent.keeping import ConsentKeeper


def asking_of(
    keeper: ConsentKeeper, book: Book, person: PersonKey, item: ConsentItemId, *, started: bool
) -> Asking:
    """Tell whether somebody may be asked for an item; see `ConsentDesk.may_ask`."""
    asked, now = asked_for(book, item), keeper.now()
    return asking_in(keeper.state_of(person, now), asked, started=started, at=now)


def asking_in(state: State, asked: Asked, *, started: bool, at: int) -> Asking:
    """Tell whether somebody of whom this is so may be asked for an item at an instant."""
    item = asked.item.id
    act = state.consents.get(item)
    in_force = is_in_force(
        act,
        needed=asked.item.form,
        accepted=asked.book.accepted[item],
        by_guardian=asked.needs_guardian(state.individual.age),
        at=at,
    )
    wait = asked.app.first_run.asks_again_after
    return asking(act, in_force=in_force, started=started, wait=wait, at=at)
