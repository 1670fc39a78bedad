"""Where agents may have the status of a request sent: to hosts that are registered for them.

An address comes with a request, so it is held to what staff set for the agent before anything is
looked for or kept: nobody makes this service speak to a machine of their choice. What the name of
the host means is looked at again each time something is sent (`adapters/connectors/webhook`).
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from chengnuo.base.errors import InvalidInputError

MOST_ADDRESS = 2_000
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class AgentCallbackError(InvalidInputError):
    """A `status_callback` is no address of a host that is registered for the agent."""

    code = "agent-callback"

    def __init__(self) -> None:
        super().__init__("expected `status_callback` to be `https://` at a registered host")


def check_callback(address: str, hosts: Collection[str]) -> None:
    """Let an address pass that is at one of the hosts.

    Args:
        address: Where the agent wants to be told; plain `http://` only on this machine.
        hosts: Hosts of the agent, with `:port` where it is not the usual one.

    Raises:
        AgentCallbackError: It is not.

    """
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in _LOOPBACK
        )
    except ValueError:
        raise AgentCallbackError from None
    is_plain = address.isascii() and address.isprintable() and " " not in address
    at_home = parts.netloc.lower() in {host.lower() for host in hosts}
    if not is_safe or not is_plain or not at_home or parts.fragment:
        raise AgentCallbackError
