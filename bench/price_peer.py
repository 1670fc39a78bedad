"""The regression within cells by pyfixest, run by a Python of its own: `price_peer.py ARRAYS`.

It is given what it takes best: arrays in memory, with cells and persons numbered already, which is
not timed. Errors are clustered by person. The quicker of two runs is told, so that what it compiles
is compiled.
"""

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path


def main() -> None:
    """Estimate, and print seconds, effects and version as JSON."""
    import numpy as np  # noqa: PLC0415 - only where it is installed
    import pandas as pd  # noqa: PLC0415 - as above
    import pyfixest  # noqa: PLC0415 - as above

    with np.load(Path(sys.argv[1])) as arrays:
        quotes = pd.DataFrame({name: arrays[name] for name in arrays.files})
    flags = [name for name in quotes.columns if name.startswith("a")]
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        fit = pyfixest.feols(
            f"y ~ {' + '.join(flags)} | cell",
            data=quotes,
            vcov={"CRV1": "person"},
            copy_data=False,
            store_data=False,
        )
        effects = fit.coef().to_dict()
        seconds.append(time.perf_counter() - begun)
    found = {"seconds": min(seconds), "effects": effects, "version": version("pyfixest")}
    print(json.dumps(found))  # noqa: T201  what the bench reads


if __name__ == "__main__":
    main()
