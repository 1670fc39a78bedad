"""One audit in a process of its own, for time and memory: `python -m bench.price_ours LOG N`.

Seconds are by the clock and of both cores; on a machine that does other work the second says more.
"""

import json
import resource
import sys
import time

from chengnuo.adapters.documents.audit_page import AuditPage
from chengnuo.adapters.documents.audit_pdf import AuditPdf
from chengnuo.adapters.quotes.quote_logs import QuoteFiles
from chengnuo.domain.pricing.spec import Spec, spec_of
from chengnuo.usecases.pricing.audits import PriceAudits

MEMORY_BYTES = 300 << 20
"""What DuckDB may hold; the rest of a gigabyte is for persons and what is worked on."""


def bench_spec(attributes: int) -> Spec:
    """Return the specification of the log that `price_log` makes."""
    return spec_of(
        {
            "person": "uid",
            "item": "sku",
            "time": "at",
            "price": "paid",
            "profile": {"habit": [f"a{k}" for k in range(attributes)]},
        }
    )


def main() -> None:
    """Audit, and print seconds, memory and verdict as JSON."""
    path, attributes = sys.argv[1], int(sys.argv[2])
    audits = PriceAudits(
        read=lambda _: {},
        logs=QuoteFiles(memory_bytes=MEMORY_BYTES, threads=2),
        page=AuditPage(),
        pdf=AuditPdf(),
    )
    begun, begun_work = time.perf_counter(), time.process_time()
    done = audits.run(
        bench_spec(attributes), [path], fixed=lambda by: by.config, told=lambda _done, _rows: None
    )
    seconds, work = time.perf_counter() - begun, time.process_time() - begun_work
    audit = done.audit
    if audit is None:
        raise SystemExit("no audit was made")
    print(  # noqa: T201  what the bench reads
        json.dumps(
            {
                "seconds": seconds,
                "work": work,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "verdict": audit.verdict.value,
                "used": audit.used,
                "proved": audit.proof.ok,
                "missing": [one.value for one in audit.proof.missing],
            }
        )
    )


if __name__ == "__main__":
    main()
