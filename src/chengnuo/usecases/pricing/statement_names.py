"""What statements about audits and probes are called; apart, for whoever only reads them."""

from typing import Final

AUDIT_PREDICATE: Final = "urn:chengnuo:price-audit:1"
AUDIT_KEY: Final = "chengnuo-price-audit"
PROBE_PREDICATE: Final = "urn:chengnuo:probe:1"
PROBE_KEY: Final = "chengnuo-probe"
