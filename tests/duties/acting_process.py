"""A process in which dossiers are opened and acted in for ever, by several at once.

    python -m tests.duties.acting_process FOLDER CACHE [dies-before-the-record|dies-after-the-record
    AFTER]

It says `ready`, and for each act that was acknowledged `dossier number digest`. With the last two
it ends itself, as by `kill -9`, in the middle of an act.
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path
from threading import Thread

from tests.usecases.dossier.dossier_house import INDIVIDUAL, ME, STAFF, DossierHouse

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.sql.dossiers import SqlDossiers
from chengnuo.usecases.dossier.recording import DossierRecorder
from chengnuo.usecases.dossier.seen import Seen

AT_ONCE = 4


def told(seen: Seen) -> None:
    last = seen.dossier.acts[-1]
    os.write(1, f"{seen.dossier.id} {last.number} {last.digest}\n".encode())


def act_for_ever(house: DossierHouse) -> None:
    while True:
        words = {"cause": "leak", "text": "有人打电话"}
        seen = house.desk.open("complaint", "file", INDIVIDUAL, words, person=ME)
        told(seen)
        told(house.desk.act(seen.dossier.id, "accept", STAFF, {}))
        told(house.desk.act(seen.dossier.id, "ask", STAFF, {"question": "哪天"}))
        told(house.desk.act(seen.dossier.id, "tell", INDIVIDUAL, {"text": "昨天"}))


def die_at(where: str, after: int) -> None:
    """Let this process end itself in one act: before it is recorded, or before that is known."""
    owner, name = {
        "dies-before-the-record": (DossierRecorder, "record"),
        "dies-after-the-record": (SqlDossiers, "recorded"),
    }[where]
    real, calls = getattr(owner, name), count(1)

    def dying(*given: object, **named: object) -> object:
        if next(calls) > after:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    setattr(owner, name, dying)


if __name__ == "__main__":
    catalogue = load_catalogue(read_catalogue, cache_folder=Path(sys.argv[2]))
    the_house = DossierHouse(Path(sys.argv[1]), catalogue)
    the_house.desk.mend()
    if sys.argv[3:]:
        die_at(sys.argv[3], int(sys.argv[4]))
    os.write(1, b"ready\n")
    for thread in [Thread(target=act_for_ever, args=(the_house,)) for _ in range(AT_ONCE)]:
        thread.start()
