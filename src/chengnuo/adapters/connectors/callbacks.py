"""The status of a request to the agent that handed it in: signed and bounded as notices are."""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.adapters.connectors.webhook import Target, WebhookSender
from chengnuo.adapters.outward import Network
from chengnuo.ports.clock import Clock
from chengnuo.ports.notices import Notice
from chengnuo.ports.rights_callbacks import Callback
from chengnuo.ports.secrets import Signer

_KIND = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentCallbacks:
    """`CallbackSender` over HTTPS.

    Attributes:
        allowed: Networks that are not public and may be spoken to nevertheless, by agent.
        signer: Signs each message.
        clock: Tells the time of the signature.

    """

    allowed: Mapping[str, tuple[Network, ...]]
    signer: Signer
    clock: Clock

    def send(self, callback: Callback, message: str, body: bytes) -> None:
        """See `CallbackSender.send`."""
        target = Target(address=callback.address, allowed=self.allowed.get(callback.agent, ()))
        sender = WebhookSender({callback.agent: target}, signer=self.signer, clock=self.clock)
        sender.send(
            Notice(
                id=message,
                kind=_KIND,
                request=callback.request,
                recipient=callback.agent,
                body=body,
                attempt=callback.attempts,
            )
        )
