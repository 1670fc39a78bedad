"""A process that carries a deletion out and kills itself with -9 at a given step.

    python -m tests.usecases.rights.dying_process FOLDER CACHE STEP

A step is the moment before or after something durable happens: a line of the store, a record of the
log, the transaction in the operator's store, a lease, the ledger, the outbox. It says the id of the
request once that is acknowledged, and `done` if it lived to the end.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from tests.usecases.rights.rights_house import LIN, RightsHouse

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.sql.rights import SqlRights
from chengnuo.adapters.sql.rights_outside import SqlOutside, SqlSuppressions
from chengnuo.usecases.rights.planner import Planner

DURABLE: tuple[tuple[type, str], ...] = (
    (SqlRights, "add"),
    (SqlRights, "change"),
    (SqlRights, "recorded"),
    (SqlRights, "lease"),
    (SqlOutside, "put"),
    (SqlSuppressions, "suppress"),
    (WritableLog, "append"),
    (WritableLog, "erase"),
    (Planner, "carry_out"),
    (Planner, "residue"),
)


class Fate:
    """Counts steps and ends the process at one of them."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)


def watch(owner: type, name: str, fate: Fate) -> None:
    """Let a step pass before and after each call."""
    inner = getattr(owner, name)

    def watched(*given: Any, **named: Any) -> Any:  # noqa: ANN401  whatever it takes
        fate.step()
        result = inner(*given, **named)
        fate.step()
        return result

    setattr(owner, name, watched)


if __name__ == "__main__":
    catalogue = load_catalogue(read_catalogue, cache_folder=Path(sys.argv[2]))
    house = RightsHouse(Path(sys.argv[1]), catalogue)
    the_fate = Fate(int(sys.argv[3]))
    for the_owner, the_name in DURABLE:
        watch(the_owner, the_name, the_fate)
    asked = house.ask(account=LIN)
    os.write(1, f"{asked.request.id}\n".encode())
    house.work()
    house.work(minutes=10)
    os.write(1, b"done\n")
