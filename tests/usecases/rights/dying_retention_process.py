"""A process that anonymises rows whose time is over and kills itself with -9 at a given step.

    python -m tests.usecases.rights.dying_retention_process FOLDER CACHE STEP

The request is there and released; steps are those of `dying_process`.
"""

import os
import sys
from pathlib import Path

from tests.usecases.rights.dying_process import DURABLE, Fate, watch
from tests.usecases.rights.rights_house import RightsHouse
from tests.usecases.rights.test_retention import ANONYMISED

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue

if __name__ == "__main__":
    catalogue = load_catalogue(read_catalogue, cache_folder=Path(sys.argv[2]))
    house = RightsHouse(Path(sys.argv[1]), catalogue, register=ANONYMISED)
    the_fate = Fate(int(sys.argv[3]))
    for the_owner, the_name in DURABLE:
        watch(the_owner, the_name, the_fate)
    house.work()
    os.write(1, b"done\n")
