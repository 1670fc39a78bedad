"""`chengnuo` with a second to think again instead of ten minutes; all else is as it is.

`python hasty_process.py serve …`
"""

import sys
from datetime import timedelta

from chengnuo.usecases.rights import asking
from chengnuo.wiring.program import main

if __name__ == "__main__":
    asking.UNDO_FOR = timedelta(seconds=1)
    sys.exit(main())
