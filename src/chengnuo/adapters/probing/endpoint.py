"""An endpoint of one's own over HTTP: twins at the same moment, within rate and count.

Each request has a connection of its own; cookies are not kept, redirects not followed, proxies
passed by. What is connected to is the number that was looked at, and that is checked again on the
connection before the answer is read.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from time import monotonic, sleep

import httpx

from chengnuo.adapters.probing.answers import observed
from chengnuo.adapters.probing.own_hosts import Place, place_of
from chengnuo.adapters.probing.template import Filled, Filling
from chengnuo.domain.pricing.probe_rounds import Lack, Observed
from chengnuo.domain.pricing.probe_spec import ProbeSpec
from chengnuo.ports.probed_endpoint import ProbeBoundError, ProbeHostError, ProbeRequest

_AT_ONCE = 3


@contextmanager
def opened_endpoint(spec: ProbeSpec) -> Iterator["HttpEndpoint"]:
    """Give the endpoint of a specification; secrets come from the environment.

    Args:
        spec: The probe.

    Raises:
        ProbeHostError: The host may not be probed.

    """
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        yield HttpEndpoint(spec, place_of(spec.endpoint), Filling(spec.endpoint, os.environ), pool)


class HttpEndpoint:
    """`ProbedEndpoint` over HTTP."""

    def __init__(
        self, spec: ProbeSpec, place: Place, filling: Filling, pool: ThreadPoolExecutor
    ) -> None:
        """Speak to one machine.

        Args:
            spec: The probe.
            place: The machine.
            filling: Makes requests.
            pool: Sends them beside each other.

        """
        self._spec = spec
        self._place = place
        self._filling = filling
        self._pool = pool
        self._sent = 0
        self._not_before = 0.0
        self._tls = httpx.create_ssl_context()  # costs more than a request to the loopback

    @property
    def host(self) -> str:
        """See `ProbedEndpoint.host`."""
        return self._place.host

    @property
    def sent(self) -> int:
        """See `ProbedEndpoint.sent`."""
        return self._sent

    def ask(self, requests: Sequence[ProbeRequest]) -> tuple[Observed, ...]:
        """See `ProbedEndpoint.ask`."""
        limits = self._spec.limits
        if self._sent + len(requests) > limits.requests:
            raise ProbeBoundError(limits.requests)
        ready = [self._filling.filled(one) for one in requests]
        self.rest(self._not_before - monotonic())
        self._not_before = monotonic() + max(
            limits.gap_ms / 1000, len(requests) / limits.per_second
        )
        self._sent += len(requests)
        waiting = [
            self._pool.submit(self._answer, filled, one.item)
            for filled, one in zip(ready, requests, strict=True)
        ]
        return tuple(one.result() for one in waiting)

    def rest(self, seconds: float) -> None:
        """See `ProbedEndpoint.rest`."""
        if seconds > 0:
            sleep(seconds)

    def _answer(self, filled: Filled, item: str) -> Observed:
        try:
            found = self._exchanged(filled)
        except httpx.TimeoutException:
            return Observed(lack=Lack.TIMEOUT)
        except httpx.HTTPError:
            return Observed(lack=Lack.UNREACHABLE)
        if isinstance(found, Lack):
            return Observed(lack=found)
        return observed(found, self._spec.answer, self._spec.outcome, item)

    def _exchanged(self, filled: Filled) -> bytes | Lack:
        """Return the body of an answer.

        A transport is used without a client: a client keeps cookies, and one profile's would
        come with another's request.
        """
        limits = self._spec.limits
        end = monotonic() + limits.timeout_s
        request = httpx.Request(
            self._spec.endpoint.method,
            self._place.address(filled.target),
            headers={"Host": self._place.netloc, **filled.headers},
            content=filled.body,
            extensions={
                "timeout": httpx.Timeout(limits.timeout_s).as_dict(),
                "sni_hostname": self._place.host,
            },
        )
        received = bytearray()
        with httpx.HTTPTransport(verify=self._tls) as transport:
            answer = transport.handle_request(request)
            try:
                self._hold_place(answer)
                if (lack := _lack_of(answer.status_code)) is not None:
                    return lack
                for chunk in answer.iter_raw():
                    received += chunk
                    if len(received) > limits.answer_bytes:
                        return Lack.TOO_LARGE
                    if monotonic() > end:
                        return Lack.TIMEOUT
            finally:
                answer.close()
        return bytes(received)

    def _hold_place(self, answer: httpx.Response) -> None:
        stream = answer.extensions.get("network_stream")
        peer = None if stream is None else stream.get_extra_info("server_addr")
        if not self._place.is_connected(peer):
            raise ProbeHostError(self._place.host, "another machine answered")


def _lack_of(status: int) -> Lack | None:
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Lack.ITEM
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Lack.REDIRECTED
    return None if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else Lack.STATUS
