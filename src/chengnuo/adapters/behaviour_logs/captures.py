"""Events of packet captures: which host was spoken to, by the names that stand in the open.

A ClientHello may be spread over segments of TCP or packets of QUIC: the first octets of each
connection are kept until its name is there, for so many connections at a time. Bodies are not
read; of plain HTTP only the first line and the headers, for the names of what is sent.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import parse_qsl, urlsplit

from chengnuo.adapters.behaviour_logs.datagrams import LINKS, Datagram, datagram_of
from chengnuo.adapters.behaviour_logs.packets import Packet
from chengnuo.adapters.behaviour_logs.quic import Hello
from chengnuo.adapters.behaviour_logs.values import KindsIn, keys_of, kinds_of
from chengnuo.adapters.behaviour_logs.wire_names import (
    dns_of,
    hello_in_records,
    hello_name,
    http_head,
)
from chengnuo.domain.observation.runtime_event import Lost, RuntimeEvent, Sent

_MOST_FLOWS: Final = 1 << 14
_MOST_HEAD: Final = 1 << 14
_MOST_NAMES: Final = 1 << 16
_DNS, _TLS = 53, 22
_Flow = tuple[str, int, str, int, bool]
K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class _Waiting:
    """The beginning of a connection whose host is not known yet."""

    row: int
    at: int | None
    app: str
    head: bytearray = field(default_factory=bytearray)
    hello: Hello = field(default_factory=Hello)


@dataclass(slots=True)
class Capture:
    """Reads one capture.

    Attributes:
        kinds_in: Finds kinds of personal information in plain text.
        lost: Gets what could not be read.

    """

    kinds_in: KindsIn
    lost: list[Lost]
    _waiting: OrderedDict[_Flow, _Waiting] = field(default_factory=OrderedDict)
    _done: OrderedDict[_Flow, None] = field(default_factory=OrderedDict)
    _names: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _links: set[int] = field(default_factory=set)

    def events(self, packets: Iterable[Packet]) -> Iterator[RuntimeEvent]:
        """Yield an event for each connection with a known host and each name asked for."""
        for row, packet in enumerate(packets, 1):
            if packet.link not in LINKS and packet.link not in self._links:
                self._links.add(packet.link)
                self.lost.append(Lost(row=row, why=f"link type {packet.link} is not read"))
            datagram = datagram_of(packet)
            if datagram is not None and datagram.payload:
                yield from self._event(row, packet.at, datagram)

    def _event(self, row: int, at: int | None, one: Datagram) -> Iterator[RuntimeEvent]:
        if not one.is_tcp and _DNS in {one.source_port, one.target_port}:
            yield from self._asked(row, at, one)
            return
        flow = (one.source, one.source_port, one.target, one.target_port, one.is_tcp)
        if flow in self._done:
            return
        waiting = self._waiting.get(flow)
        if waiting is None:
            if not _begins(one):
                _keep(self._done, flow, None, _MOST_FLOWS)
                return
            waiting = _Waiting(row, at, one.app)
            _keep(self._waiting, flow, waiting, _MOST_FLOWS)
        sent, texts = self._sent(waiting, one)
        if sent is not None or len(waiting.head) > _MOST_HEAD:
            del self._waiting[flow]
            _keep(self._done, flow, None, _MOST_FLOWS)
        if sent is not None:
            yield RuntimeEvent(
                row=waiting.row,
                at=waiting.at,
                label=waiting.app or one.app,
                action=sent.scheme,
                kinds=kinds_of(texts, self.kinds_in),
                sent=sent,
            )

    def _asked(self, row: int, at: int | None, one: Datagram) -> Iterator[RuntimeEvent]:
        asked = dns_of(one.payload)
        if asked is None:
            return
        if asked.is_answer:
            for address in asked.addresses:
                _keep(self._names, address, asked.name, _MOST_NAMES)
            return
        yield RuntimeEvent(
            row=row,
            at=at,
            label=one.app,
            action="dns",
            sent=Sent(host=asked.name, scheme="dns", port=_DNS),
        )

    def _sent(self, waiting: _Waiting, one: Datagram) -> tuple[Sent | None, tuple[str, ...]]:
        if not one.is_tcp:
            waiting.hello.take(one.payload)
            name = hello_name(waiting.hello.so_far())
            waiting.head += b"\0" * 1024  # so many datagrams are waited for
            return self._named(name, "quic", one), ()
        waiting.head += one.payload
        data = bytes(waiting.head)
        if data[0] == _TLS:
            return self._named(hello_in_records(data), "tls", one), ()
        return _http(data, one)

    def _named(self, name: str | None, scheme: str, one: Datagram) -> Sent | None:
        """Return what was sent to a host; one without a name goes by DNS, or by its address."""
        if name is None:
            return None
        host = name or self._names.get(one.target, one.target)
        return Sent(host=host, scheme=scheme, port=one.target_port)


def _begins(one: Datagram) -> bool:
    """Tell whether octets may be the beginning of what a client says."""
    first = one.payload[0]
    if not one.is_tcp:
        return first & 0xC0 == 0xC0  # noqa: PLR2004  a long header of QUIC
    return first == _TLS or http_head(one.payload) is not None


def _http(data: bytes, one: Datagram) -> tuple[Sent | None, tuple[str, ...]]:
    head = http_head(data)
    if head is None or (b"\r\n\r\n" not in data and len(data) <= _MOST_HEAD):
        return None, ()
    first, *rest = head.decode("latin-1").split("\r\n")
    method, _, target = first.partition(" ")
    headers = [(name.strip().lower(), value.strip()) for name, _, value in map(_cut, rest)]
    host = next((value for name, value in headers if name == "host"), "") or one.target
    try:
        query = urlsplit(target.rpartition(" ")[0]).query
    except ValueError:
        query = ""
    pairs = parse_qsl(query, keep_blank_values=True)
    sent = Sent(
        host=host.partition(":")[0].lower() if host.count(":") == 1 else host.lower(),
        scheme="http",
        method=method,
        port=one.target_port,
        keys=keys_of(name for name, _ in pairs),
    )
    texts = [f"{name}={value}" for name, value in pairs]
    texts += [f"{name}: {value}" for name, value in headers if name != "host"]
    return sent, tuple(texts)


def _cut(line: str) -> tuple[str, str, str]:
    return line.partition(":")


def _keep(kept: "OrderedDict[K, V]", key: K, value: V, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)
