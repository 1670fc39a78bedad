"""What `serve` can be told of notifications and of agents of individuals."""

import base64
import binascii
from typing import Annotated, Literal

import msgspec

from chengnuo.base.errors import InvalidInputError

_KEY_BYTES = 32


class AgentKeyError(InvalidInputError):
    """The public key of an agent in the settings is none."""

    code = "agent-key"

    def __init__(self, agent: str) -> None:
        super().__init__(f"the key of agent `{agent}` is not 32 bytes in base 64 (Ed25519)")
        self.agent = agent


class NotifySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is told how when something comes about with a request.

    Attributes:
        smtp_host: Mail server; without one no mail is sent.
        smtp_port: Its port.
        smtp_security: How the way there is encrypted.
        smtp_name: Name to sign in with there.
        smtp_password_file: File that holds the password.
        smtp_ca_file: Certificates that its own is checked against; else those of the system.
        sender: Address that mail comes from.
        staff: Addresses of staff.
        reviewer: Addresses of reviewers.
        lang: Language of the words.
        webhook: Address of the operator's own system, which tells the individual.
        webhook_allowed: Networks that are not public and may be spoken to nevertheless.
        every_s: How often it is looked what came about.

    """

    smtp_host: str = ""
    smtp_port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_name: str = ""
    smtp_password_file: str = ""
    smtp_ca_file: str = ""
    sender: str = ""
    staff: tuple[str, ...] = ()
    reviewer: tuple[str, ...] = ()
    lang: Literal["zh", "en"] = "zh"
    webhook: str = ""
    webhook_allowed: tuple[str, ...] = ()
    every_s: Annotated[int, msgspec.Meta(ge=1)] = 60


class CallbackSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where one agent may be told that the status of its request changed.

    Attributes:
        hosts: Its hosts, with `:port` where it is not 443.
        allowed: Networks that are not public and may be spoken to nevertheless.

    """

    hosts: tuple[str, ...]
    allowed: tuple[str, ...] = ()


class AgentsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Agents of individuals that may hand in requests (Data Rights Protocol).

    Attributes:
        business: Our id in their network.
        keys: Public key of each agent by its id, as their directory gives it: base 64.
        callbacks: Where an agent may be told of changes, by its id; those left out are not.

    """

    business: str
    keys: dict[str, str]
    callbacks: dict[str, CallbackSettings] = {}


def agent_keys(settings: AgentsSettings) -> dict[str, bytes]:
    """Return the public key of each agent.

    Raises:
        AgentKeyError: One is none.

    """
    found: dict[str, bytes] = {}
    for agent, written in settings.keys.items():
        try:
            key = base64.b64decode(written, validate=True)
        except (binascii.Error, ValueError) as error:
            raise AgentKeyError(agent) from error
        if len(key) != _KEY_BYTES:
            raise AgentKeyError(agent)
        found[agent] = key
    return found
