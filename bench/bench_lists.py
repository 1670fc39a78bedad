"""A list of account ids decided as a whole: asking about each beside one SQL statement for many."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.figure import Figure
from tests.usecases.decision.deciding_kit import ADULT
from tests.usecases.decision.test_audience import Town, opened_house

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.consents import ActKept
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.audience import AudienceDesk, Tally, request_of

ITEM = ConsentItemId("wall/general")


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield what one id of a list costs, nine of ten known, a third of those with a no."""
    count = 2_000 if short else 100_000
    catalogue = load_catalogue(read_catalogue, cache_folder=None)
    with tempfile.TemporaryDirectory() as folder:
        house = opened_house(Path(folder) / "house", catalogue)
        people = [PersonKey(f"{number:064x}") for number in range(count)]
        _let_them_answer(Town(house), people[: count * 9 // 10])
        listed = [(f"u-{number}", key) for number, key in enumerate(people)]
        request = request_of(ITEM, house.consents.book())
        spent: list[float] = []
        tallies: list[Tally] = []
        for state in (None, house.consents):
            desk = AudienceDesk(desk=Town(house).desk(house.consents), state=state)
            tally, since = Tally(), time.process_time()
            for _ in desk.permitted([listed], request, tally, stated=ADULT):
                pass
            spent.append((time.process_time() - since) / count * 1e6)
            tallies.append(tally)
        house.close()
    assert tallies[0] == tallies[1]
    assert 0 < tallies[0].permitted < count
    yield Figure(
        aim="list",
        name=f"an id of a list of {count:,}, reasons counted, with a root over all outcomes",
        ours=spent[1],
        base=spent[0],
        base_name="asking about each",
        unit="µs of CPU",
        limit=spent[0] / 10,
        checked="the same outcomes, reasons and root",
    )


def _let_them_answer(town: Town, people: list[PersonKey]) -> None:
    house, random = town.house, Random(1)
    item = house.consents.book().item_by_id[ITEM]
    at = to_us(house.clock.now()) - 1
    changes = [
        ActKept(
            entry=Entry(
                event=ConsentEvent(
                    position=-1 - number,  # before all that the log holds
                    at=at,
                    alias=person,
                    item=item.id,
                    act=random.choice((Act.GIVE, Act.GIVE, Act.REFUSE)),
                    fingerprint=item.fingerprint,
                    form=item.form,
                )
            )
        )
        for number, person in enumerate(people)
    ]
    ordinals = [(person, 100 + number) for number, person in enumerate(people)]
    house.data.consents.apply(changes, ordinals=ordinals, position=0)
