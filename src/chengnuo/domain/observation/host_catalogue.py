"""Hosts that are known to be run outside mainland China, and those that only look like it.

A hint of provision abroad (PIPL Art. 38), never a proof: a host may have an edge in the mainland,
and who is party to the contract counts. For these rules Hong Kong, Macao and Taiwan are outside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.domain.observation.name_pattern import domains_of, first_known

MAINLAND = "CN"


class HostKind(StrEnum):
    """What a host is for."""

    ADS = "ads"
    AI = "ai"
    ANALYTICS = "analytics"
    APM = "apm"
    ATTRIBUTION = "attribution"
    AUTH = "auth"
    CAPTCHA = "captcha"
    CDN = "cdn"
    CERTIFICATE = "certificate"
    CLOUD = "cloud"
    DNS = "dns"
    IP_LOOKUP = "ip-lookup"
    MAP = "map"
    MESSAGING = "messaging"
    PAYMENT = "payment"
    PUSH = "push"
    RISK = "risk"
    SDK = "sdk"
    SERVICE = "service"
    SUPPORT = "support"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHost:
    """One domain.

    Attributes:
        domain: The domain; every host in it is meant unless a longer one says otherwise.
        operator: Who runs it.
        country: Country or region, by its code (ISO 3166-1 alpha-2).
        kind: What it is for.
        sdk: Id of the SDK whose it is, or empty.
        checked: Whether a second source names the same country.

    """

    domain: str
    operator: str
    country: str
    kind: HostKind
    sdk: str = ""
    checked: bool = False

    @property
    def is_overseas(self) -> bool:
        """Tell whether it is run outside mainland China."""
        return self.country != MAINLAND


@dataclass(frozen=True, slots=True, kw_only=True)
class HostCatalogue:
    """The rows, by domain."""

    hosts: Mapping[str, KnownHost]

    def find(self, host: str) -> KnownHost | None:
        """Return the row of a host or of the nearest domain above it that is known."""
        return first_known(domains_of(host), self.hosts)


def host_catalogue(hosts: Iterable[KnownHost]) -> HostCatalogue:
    """Return the catalogue of some rows; domains are unique."""
    return HostCatalogue(hosts={each.domain: each for each in hosts})
