"""A process that works on requests of a data folder that another works on as well.

    python -m tests.usecases.rights.working_process FOLDER LOG CACHE OWNER

Each has an evidence log of its own below LOG, since a log has one writer; the requests, the leases
and the operator's database are shared. It says which requests it moved.
"""

import os
import sys
from pathlib import Path

from tests.usecases.rights.rights_house import RightsHouse

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.domain.rights.machine import Event

if __name__ == "__main__":
    folder, log, cache, owner = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
    catalogue = load_catalogue(read_catalogue, cache_folder=cache)
    house = RightsHouse(folder, catalogue, owner=owner, log=log)
    house.wait(minutes=10)
    os.write(1, b"ready\n")
    sys.stdin.readline()
    while house.rights.work(limit=3):
        pass
    picked = sum(
        line.event is Event.PICKED
        for one in house.rights.queue(limit=1000)
        for line in house.room.store.lines(one.id)
    )
    os.write(1, f"{picked}\n".encode())
