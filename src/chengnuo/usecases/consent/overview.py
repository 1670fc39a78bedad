"""All that stands for one individual, looked at once: each item, each switch, what they set.

Everything in one overview is of one state: an act that comes in meanwhile is in all of it or in
none.
"""

from collections.abc import Callable
from dataclasses import dataclass

from chengnuo.domain.consent.asking import Asking
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.fold import is_in_force
from chengnuo.domain.consent.setting import SWITCH, Setting
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.request import State
from chengnuo.domain.individual.standing import Individual
from chengnuo.domain.register.consent_items import ConsentItem, ConsentItemId
from chengnuo.domain.register.ids import ActivityId, AppId, SwitchId
from chengnuo.domain.register.model import Register
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.answering import consent_before_in
from chengnuo.usecases.consent.asking import asking_in
from chengnuo.usecases.consent.checking import Asked, asked_for
from chengnuo.usecases.consent.keeping import ConsentKeeper
from chengnuo.usecases.consent.renewing import Renewal, renewal_of
from chengnuo.usecases.consent.state import standing_in, state_from


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStanding:
    """How one item stands.

    Attributes:
        id: Its id.
        item: The item as it is asked now; None if the register asks for it no more.
        app: App that asks; None likewise.
        entry: The act that stands; None if there was none.
        in_force: Whether that is a consent that may be relied on.
        needs_guardian: Whether a guardian has to consent.
        asking: Whether they may be asked now, unasked; None if it is asked no more.
        renewal: What has changed since they agreed, if it has to be asked anew.

    """

    id: ConsentItemId
    item: ConsentItem | None
    app: AppId | None
    entry: Entry | None
    in_force: bool
    needs_guardian: bool
    asking: Asking | None
    renewal: Renewal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchStanding:
    """How one switch stands.

    Attributes:
        switch: Its id.
        app: App that has it.
        is_on: Whether it is on.
        default_on: Whether it is on for whoever never set it.
        setting: The newest act on it; None if they never set it.

    """

    switch: SwitchId
    app: AppId
    is_on: bool
    default_on: bool
    setting: Setting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that stands for one individual.

    Attributes:
        at: Instant that it counts for, microseconds since 1970.
        individual: Age band, account, restriction, suppression.
        items: Every item of the register, then those asked no more on which something was done.
        switches: Every switch of the register.
        objects_to: Activities to whose handling of public information they object.

    """

    at: int
    individual: Individual
    items: tuple[ItemStanding, ...]
    switches: tuple[SwitchStanding, ...]
    objects_to: frozenset[ActivityId]


def overview_of(
    keeper: ConsentKeeper,
    book: Book,
    person: PersonKey,
    register_of: Callable[[str], Register | None],
    *,
    app: AppId | None,
) -> Overview:
    """Return all that stands for somebody; of somebody unknown nothing is in force.

    Args:
        keeper: The state.
        book: The register in force.
        person: Whom.
        register_of: Returns the register of a kept version; None if it is not kept.
        app: Only what this app asks and has; None for all.

    """
    keeper.ready()
    at = keeper.now()
    kept = keeper.kept(person)
    state = state_from(kept, at)
    stands = standing_in(kept, at)

    def given_of(entry: Entry) -> Entry:
        ended = entry.event.act is Act.SUPERSEDE
        return (consent_before_in(kept, entry) or entry) if ended else entry

    def asked_still(asked: Asked) -> ItemStanding:
        entry = stands.get(asked.item.id)
        return ItemStanding(
            id=asked.item.id,
            item=asked.item,
            app=asked.app.app,
            entry=entry,
            in_force=_in_force(asked, state, at),
            needs_guardian=asked.needs_guardian(state.individual.age),
            asking=asking_in(state, asked, started=False, at=at),
            renewal=None
            if entry is None
            else renewal_of(entry, given_of(entry), book, register_of),
        )

    asked = [asked_for(book, item) for item in book.item_by_id]
    gone = [item for item in stands if item not in book.item_by_id and app is None]
    newest = {one.what: one for one in kept.settings}  # oldest first, so the last stays
    return Overview(
        at=at,
        individual=state.individual,
        items=(
            *(asked_still(one) for one in asked if app in {None, one.app.app}),
            *(_asked_no_more(item, stands[item]) for item in sorted(gone)),
        ),
        switches=tuple(
            SwitchStanding(
                switch=one.switch,
                app=one.app,
                is_on=state.switches.get(one.switch, one.default_on),
                default_on=one.default_on,
                setting=newest.get(f"{SWITCH}{one.switch}"),
            )
            for one in book.register.switches
            if app in {None, one.app}
        ),
        objects_to=state.objects_to,
    )


def _in_force(asked: Asked, state: State, at: int) -> bool:
    return is_in_force(
        state.consents.get(asked.item.id),
        needed=asked.item.form,
        accepted=asked.book.accepted[asked.item.id],
        by_guardian=asked.needs_guardian(state.individual.age),
        at=at,
    )


def _asked_no_more(item: ConsentItemId, entry: Entry) -> ItemStanding:
    return ItemStanding(
        id=item,
        item=None,
        app=None,
        entry=entry,
        in_force=False,
        needs_guardian=False,
        asking=None,
        renewal=None,
    )
