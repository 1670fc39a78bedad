"""Limits per address: so many requests a minute, with a burst of as many.

A token bucket per address; IPv6 addresses count by their /64, which is what one subscriber has.
Addresses live in memory only, at most 10,000 of them, and are forgotten when idle.
"""

import ipaddress
from collections import OrderedDict

_MOST_ADDRESSES = 10_000


class Allowance:
    """Counts requests of each address against a rate."""

    def __init__(self, per_minute: int) -> None:
        """Allow so many requests a minute, and the same number at once."""
        self._burst = float(per_minute)
        self._per_second = per_minute / 60
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def takes(self, address: str, now_s: float) -> bool:
        """Tell whether one more request of an address is within the rate, and count it.

        Args:
            address: Textual IP address; anything else counts under its own text.
            now_s: A monotonic reading in seconds.

        """
        key = _subscriber(address)
        left, then = self._buckets.pop(key, (self._burst, now_s))
        left = min(self._burst, left + (now_s - then) * self._per_second)
        taken = left >= 1
        self._buckets[key] = (left - 1 if taken else left, now_s)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return taken


def _subscriber(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address
