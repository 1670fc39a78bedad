"""Whether somebody may be asked for an item now."""

from chengnuo.domain.consent.asking import Asking, asking
from chengnuo.domain.consent.fold import is_in_force
from chengnuo.domain.decision.book import Book
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.checking import asked_for
from chengnuo.usecases.consent.keeping import ConsentKeeper


def asking_of(
    keeper: ConsentKeeper, book: Book, person: PersonKey, item: ConsentItemId, *, started: bool
) -> Asking:
    """Tell whether somebody may be asked for an item; see `ConsentDesk.may_ask`."""
    asked, now = asked_for(book, item), keeper.now()
    state = keeper.state_of(person, now)
    act = state.consents.get(item)
    in_force = is_in_force(
        act,
        needed=asked.item.form,
        accepted=book.accepted[item],
        by_guardian=asked.needs_guardian(state.individual.age),
        at=now,
    )
    wait = asked.app.first_run.asks_again_after
    return asking(act, in_force=in_force, started=started, wait=wait, at=now)
