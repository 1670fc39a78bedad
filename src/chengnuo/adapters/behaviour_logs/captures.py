"""Events of packet captures: which host was spoken to, by the names that stand in the open.

A ClientHello may be spread over segments of TCP or packets of QUIC: the first octets of each
connection are kept until its name is there, for so many connections and octets at a time; those of
TCP are put in the order of their numbers. Bodies are not read; of plain HTTP only the first line
and the headers, for the names of what is sent.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import parse_qsl, urlsplit

from chengnuo.adapters.behaviour_logs.datagrams import LINKS, Datagram, datagram_of
from chengnuo.adapters.behaviour_logs.packets import Packet
from chengnuo.adapters.behaviour_logs.quic import Hello
from chengnuo.adapters.behaviour_logs.segments import Segments
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
_MOST_HELD: Final = 1 << 25
_MOST_DATAGRAMS: Final = 16
_MOST_NAMES: Final = 1 << 16
_DNS, _TLS = 53, b"\x16"
_Flow = tuple[str, int, str, int, bool]
K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class _Waiting:
    """The beginning of a connection whose host is not known yet."""

    row: int = 0
    at: int | None = None
    app: str = ""
    segments: Segments = field(default_factory=lambda: Segments(_MOST_HEAD))
    datagrams: int = 0
    hello: Hello = field(default_factory=Hello)

    def is_full(self) -> bool:
        """Tell whether no more is waited for."""
        return self.segments.is_full() or self.datagrams > _MOST_DATAGRAMS


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
    _done: OrderedDict[_Flow, int | None] = field(default_factory=OrderedDict)
    _names: OrderedDict[str, str] = field(default_factory=OrderedDict)
    _links: set[int] = field(default_factory=set)
    _held: int = 0

    def events(self, packets: Iterable[Packet]) -> Iterator[RuntimeEvent]:
        """Yield an event for each connection with a known host and each name asked for."""
        for row, packet in enumerate(packets, 1):
            if packet.link not in LINKS and packet.link not in self._links:
                self._links.add(packet.link)
                self.lost.append(Lost(row=row, why=f"link type {packet.link} is not read"))
            datagram = datagram_of(packet)
            if datagram is None:
                continue
            if datagram.opens:
                self._open(_flow_of(datagram), datagram.sequence)
            if datagram.payload:
                yield from self._event(row, packet.at, datagram)

    def _event(self, row: int, at: int | None, one: Datagram) -> Iterator[RuntimeEvent]:
        if not one.is_tcp and _DNS in {one.source_port, one.target_port}:
            yield from self._asked(row, at, one)
            return
        flow = _flow_of(one)
        if flow in self._done:
            return
        waiting = self._waiting.get(flow)
        if waiting is None:
            if not (one.is_tcp or _begins(one.payload)):
                self._end(flow)
                return
            waiting = self._wait(flow)
        if not waiting.row:
            waiting.row, waiting.at, waiting.app = row, at, one.app
        sent, texts = self._sent(waiting, one)
        if sent is not None or waiting.is_full():
            self._end(flow)
        if sent is not None:
            yield RuntimeEvent(
                row=waiting.row,
                at=waiting.at,
                label=waiting.app or one.app,
                action=sent.scheme,
                kinds=kinds_of(texts, self.kinds_in),
                sent=sent,
            )

    def _open(self, flow: _Flow, sequence: int) -> None:
        """Begin a connection anew, unless its SYN was only sent again."""
        waiting = self._waiting.get(flow)
        if waiting is not None and not waiting.segments.open(sequence):
            return
        if waiting is None and self._done.get(flow) == (sequence + 1) % (1 << 32):
            return
        self._end(flow)
        self._done.pop(flow)
        self._wait(flow).segments.open(sequence)

    def _wait(self, flow: _Flow) -> _Waiting:
        waiting = self._waiting[flow] = _Waiting()
        while len(self._waiting) > _MOST_FLOWS or self._held > _MOST_HELD:
            _, gone = self._waiting.popitem(last=False)
            self._held -= gone.segments.held
        return waiting

    def _end(self, flow: _Flow) -> None:
        gone = self._waiting.pop(flow, None)
        self._held -= 0 if gone is None else gone.segments.held
        number = None if gone is None else gone.segments.number(_begins_on_tcp)
        _keep(self._done, flow, number, _MOST_FLOWS)

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
            waiting.datagrams += 1
            return self._named(hello_name(waiting.hello.so_far()), "quic", one), ()
        held = waiting.segments.held
        waiting.segments.take(one.sequence + one.opens, one.payload)
        self._held += waiting.segments.held - held
        data = waiting.segments.so_far(_begins_on_tcp)
        if data[:1] == _TLS:
            return self._named(hello_in_records(data), "tls", one), ()
        return _http(data, one, is_all=waiting.is_full())

    def _named(self, name: str | None, scheme: str, one: Datagram) -> Sent | None:
        """Return what was sent to a host; one without a name goes by DNS, or by its address."""
        if name is None:
            return None
        host = name or self._names.get(one.target, one.target)
        return Sent(host=host, scheme=scheme, port=one.target_port)


def _flow_of(one: Datagram) -> _Flow:
    return one.source, one.source_port, one.target, one.target_port, one.is_tcp


def _begins(payload: bytes) -> bool:
    """Tell whether octets may be the beginning of what a client says over QUIC."""
    return payload[0] & 0xC0 == 0xC0  # noqa: PLR2004  a long header


def _begins_on_tcp(payload: bytes) -> bool:
    return payload[:1] == _TLS or http_head(payload) is not None


def _http(data: bytes, one: Datagram, *, is_all: bool) -> tuple[Sent | None, tuple[str, ...]]:
    head = http_head(data)
    if head is None or not (is_all or b"\r\n\r\n" in data):
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
