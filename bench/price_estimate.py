"""Our estimate within cells, in a process of its own: `python -m bench.price_estimate LOG N`.

What `price_peer` does, and more: the pass leaves sums of persons, gaps and a sample as well. The
survey that fixes the coding is not counted, as it is no part of a regression. Each is done twice
and the quicker time told.
"""

import json
import sys
import time

from bench.price_ours import MEMORY_BYTES, bench_spec

from chengnuo.adapters.quotes.quote_logs import QuoteFiles
from chengnuo.domain.pricing.coding import coded
from chengnuo.engines.fairness.fitting import fitted


def main() -> None:
    """Estimate, and print seconds, effects and errors as JSON."""
    path, attributes = sys.argv[1], int(sys.argv[2])
    spec = bench_spec(attributes)
    seconds = []
    for _ in range(2):
        with QuoteFiles(memory_bytes=MEMORY_BYTES, threads=2).open([path], spec) as log:
            by = coded(spec, log.survey())
            begun = time.perf_counter()
            fit = fitted(log.passed_over(by, lambda _done, _rows: None).quotes, 0)
            seconds.append(time.perf_counter() - begun)
    names = [one.name for one in by.regressors]
    effects = dict(zip(names, fit.effect.tolist(), strict=True))
    print(json.dumps({"seconds": min(seconds), "effects": effects}))  # noqa: T201  what is read


if __name__ == "__main__":
    main()
