"""Whether an app may speak in the clear, and whom it trusts (Network Security Configuration).

A setting that a `domain-config` leaves out is that of the one around it, then of `base-config`,
then of the platform: no cleartext from target API level 28 on, and certificates of the device's
owner trusted up to 23.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.manifest_values import flag, text_of
from chengnuo.engines.axml.element import Element
from chengnuo.engines.axml.resources import Resources

CLEARTEXT_UP_TO = 27
ADDED_CERTIFICATES_UP_TO = 23


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRule:
    """What goes for one domain, or for all that have no rule of their own.

    Attributes:
        domain: Empty for all others.
        with_subdomains: Whether its subdomains are meant too.
        cleartext: Whether connections may be in the clear.
        trusts_added: Whether certificates count that the owner of the device installed.
        pins: How many keys are pinned.

    """

    domain: str = ""
    with_subdomains: bool = False
    cleartext: bool
    trusts_added: bool
    pins: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSecurity:
    """The configuration: what goes for all, and for single domains in their order."""

    base: NetworkRule
    domains: tuple[NetworkRule, ...] = ()

    def rule(self, host: str) -> NetworkRule:
        """Return what goes for a host: the longest domain that matches, else the base."""
        host = host.lower().rstrip(".")
        fitting = [
            rule
            for rule in self.domains
            if host == rule.domain or (rule.with_subdomains and host.endswith(f".{rule.domain}"))
        ]
        return max(fitting, key=lambda rule: len(rule.domain), default=self.base)


def platform_default(target_sdk: int, *, cleartext: bool | None = None) -> NetworkSecurity:
    """Return what goes without a configuration.

    Args:
        target_sdk: API level that the app was made for.
        cleartext: What `usesCleartextTraffic` says, None if nothing.

    """
    default = target_sdk <= CLEARTEXT_UP_TO if cleartext is None else cleartext
    trusts = target_sdk <= ADDED_CERTIFICATES_UP_TO
    return NetworkSecurity(base=NetworkRule(cleartext=default, trusts_added=trusts))


def network_security_of(root: Element, *, target_sdk: int, resources: Resources) -> NetworkSecurity:
    """Read a configuration; overrides for debugging are left out, they do not ship."""
    base = platform_default(target_sdk).base
    for element in root.under("base-config"):
        base = _settled(element, base, resources)
    return NetworkSecurity(
        base=base,
        domains=tuple(
            rule
            for element in root.under("domain-config")
            for rule in _rules(element, base, resources)
        ),
    )


def _settled(element: Element, around: NetworkRule, resources: Resources) -> NetworkRule:
    """Return the settings of a configuration, from around it where it says nothing."""
    anchors = [
        text_of(one.plain("src"), resources)
        for group in element.under("trust-anchors")
        for one in group.under("certificates")
    ]
    pins = sum(1 for group in element.under("pin-set") for _ in group.under("pin"))
    cleartext = flag(
        element.plain("cleartextTrafficPermitted"), resources, otherwise=around.cleartext
    )
    has_anchors = any(True for _ in element.under("trust-anchors"))
    return NetworkRule(
        cleartext=cleartext,
        trusts_added="user" in anchors if has_anchors else around.trusts_added,
        pins=pins or around.pins,
    )


def _rules(element: Element, around: NetworkRule, resources: Resources) -> Iterator[NetworkRule]:
    waiting = [(element, around)]
    while waiting:
        one, outer = waiting.pop(0)
        settled = _settled(one, outer, resources)
        for domain in one.under("domain"):
            yield NetworkRule(
                domain=domain.text.strip().lower(),
                with_subdomains=flag(domain.plain("includeSubdomains"), resources, otherwise=False),
                cleartext=settled.cleartext,
                trusts_added=settled.trusts_added,
                pins=settled.pins,
            )
        waiting += [(inner, settled) for inner in one.under("domain-config")]
