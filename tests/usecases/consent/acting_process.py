"""A process in which two people give and withdraw consent for ever, side by side.

    python -m tests.usecases.consent.acting_process FOLDER CACHE

It says `ready`, and for each act that was acknowledged `name act position`.
"""

import os
import sys
from pathlib import Path
from threading import Thread

from tests.usecases.consent.consent_kit import GUEST, LIN, NEARBY, PLACE, TeaHouse

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.domain.consent.event import Act
from chengnuo.ports.individuals import PersonKey


def act_for_ever(house: TeaHouse, person: PersonKey) -> None:
    while True:
        for act in (Act.GIVE, Act.WITHDRAW):
            for item in (NEARBY, PLACE):
                if act is Act.GIVE:
                    position = house.answer(item, person=person).position
                else:
                    position = house.withdraw(item, person=person).position
                os.write(1, f"{person} {item} {act} {position}\n".encode())


if __name__ == "__main__":
    catalogue = load_catalogue(read_catalogue, cache_folder=Path(sys.argv[2]))
    the_house = TeaHouse(Path(sys.argv[1]), catalogue)
    threads = [Thread(target=act_for_ever, args=(the_house, one)) for one in (LIN, GUEST)]
    os.write(1, b"ready\n")
    for thread in threads:
        thread.start()
