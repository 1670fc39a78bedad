"""What concerns security, as lines of the log: sign-ins that were refused, and why.

No name stands there, only the beginning of its keyed digest, so that whoever watches the log sees
how many tries one name had; whose it is, nobody can tell from it.
"""

import logging
from dataclasses import dataclass

from chengnuo.doors.http.exchange import request_number
from chengnuo.ports.sign_in_failures import Refused

LOG = logging.getLogger("chengnuo.security")
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class SecurityLog:
    """`SignInWatch` over the log."""

    def refused(self, why: Refused, name_key: str) -> None:
        """See `SignInWatch.refused`."""
        named = name_key[:_DIGITS]
        LOG.warning("sign-in refused: %s, name %s [%s]", why.value, named, request_number())
