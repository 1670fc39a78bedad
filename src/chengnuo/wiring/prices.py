"""Audits of prices and probes of endpoints, with what they read by."""

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.documents.audit_page import AuditPage
from chengnuo.adapters.documents.audit_pdf import AuditPdf
from chengnuo.adapters.probing.endpoint import opened_endpoint
from chengnuo.adapters.quotes.quote_logs import QuoteFiles
from chengnuo.adapters.settings_file import read_toml
from chengnuo.usecases.pricing.audits import PriceAudits
from chengnuo.usecases.pricing.probing import Prober


def price_audits(*, memory_bytes: int, threads: int) -> PriceAudits:
    """Return the use case of auditing logs of quotes."""
    return PriceAudits(
        read=read_toml,
        logs=QuoteFiles(memory_bytes=memory_bytes, threads=threads),
        page=AuditPage(),
        pdf=AuditPdf(),
    )


def prober() -> Prober:
    """Return the use case of probing endpoints of one's own."""
    return Prober(read=read_toml, opened=opened_endpoint, clock=SystemClock())
