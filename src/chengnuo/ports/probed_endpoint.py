"""An endpoint of the operator's own that is asked as different individuals would ask it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from chengnuo.base.errors import InvalidInputError, UnavailableError
from chengnuo.domain.pricing.probe_rounds import Observed
from chengnuo.domain.pricing.probe_spec import Field


class ProbeHostError(InvalidInputError):
    """A host is neither the loopback nor the operator's own, or lies elsewhere than it should."""

    code = "probe-host"

    def __init__(self, host: str, what: str) -> None:
        super().__init__(f"host `{host[:100]}` is not probed: {what}")
        self.host = host
        self.what = what


class ProbeSecretError(InvalidInputError):
    """The environment does not hold what a request takes from it."""

    code = "probe-secret"

    def __init__(self, name: str) -> None:
        super().__init__(f"the environment holds no `{name[:60]}`, which the probe takes from it")
        self.name = name


class ProbeRequestError(InvalidInputError):
    """A request cannot be made from the specification and a profile."""

    code = "probe-request"

    def __init__(self, what: str) -> None:
        super().__init__(f"the request cannot be made: {what}")
        self.what = what


class ProbeBoundError(UnavailableError):
    """The requests that a probe may send are used up."""

    code = "probe-bound"

    def __init__(self, bound: int) -> None:
        super().__init__(f"the {bound} requests that the probe may send are used up")
        self.bound = bound


class ProbedEndpointUnavailableError(UnavailableError):
    """The endpoint does not answer at all."""

    code = "probed-endpoint-unavailable"

    def __init__(self, host: str) -> None:
        super().__init__(f"nothing answers at host `{host[:100]}`")
        self.host = host


class ProbeRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What one request is made from.

    Attributes:
        profile: Fields of the profile that it is sent as.
        item: What is asked for.
        switch: What stands for the state of the switch; empty where there is none.

    """

    profile: Mapping[str, Field]
    item: str
    switch: Field = ""


class ProbedEndpoint(Protocol):
    """Asks an endpoint, within its bounds."""

    @property
    def host(self) -> str:
        """Its host, as the specification names it."""
        ...

    @property
    def sent(self) -> int:
        """How many requests were sent."""
        ...

    def ask(self, requests: Sequence[ProbeRequest]) -> tuple[Observed, ...]:
        """Send requests at the same moment, started in their order, and wait for all.

        Waits before, as long as rate and gap ask for. No redirect is followed, no cookie kept.

        Returns:
            What each brought, in the order of the requests; a failure is a `lack`.

        Raises:
            ProbeBoundError: They would be more than are allowed; none was sent.
            ProbeHostError: The host may not be probed.
            ProbeRequestError: A request cannot be made; none was sent.
            ProbeSecretError: The environment lacks something; none was sent.

        """
        ...

    def rest(self, seconds: float) -> None:
        """Wait."""
        ...
