"""Captures of packets: every order of bytes, link type and way in which a host is named."""

import io
import ssl
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.adapters.behaviour_logs.builders import (
    SERVER,
    client_hello,
    dns,
    ethernet,
    ipv4,
    ipv6,
    pcap,
    pcapng,
    quic_initial,
    tcp,
    tls_record,
    udp,
    with_app,
)

from chengnuo.adapters.behaviour_logs.captures import Capture
from chengnuo.adapters.behaviour_logs.packets import pcap_packets
from chengnuo.adapters.behaviour_logs.quic import V1, V2, client_keys
from chengnuo.adapters.behaviour_logs.reading import BehaviourLogFiles
from chengnuo.adapters.behaviour_logs.segments import Segments
from chengnuo.domain.observation.runtime_event import BehaviourLog, LogForm, Lost

AT = 1_790_000_000_123_456
HELLO = tcp(tls_record(client_hello("api.example.cn")))


def opened(tmp_path: Path, data: bytes, name: str = "run.pcap") -> BehaviourLog:
    file = tmp_path / name
    file.write_bytes(data)
    return BehaviourLogFiles(lambda _: ()).opened(file)


def hosts(log: BehaviourLog) -> list[tuple[str, str]]:
    return [(one.sent.scheme, one.sent.host) for one in log.events if one.sent is not None]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("nano", [False, True])
def test_pcap_in_either_order_and_resolution(tmp_path: Path, order: str, nano: bool) -> None:
    log = opened(tmp_path, pcap([(AT, ipv4(HELLO, 6))], order=order, nano=nano))
    events = list(log.events)
    assert log.form is LogForm.PCAP
    assert [(one.at, one.row, one.sent and one.sent.host) for one in events] == [
        (AT, 1, "api.example.cn")
    ]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("power", [6, 9])
def test_pcapng_in_either_order_and_resolution(tmp_path: Path, order: str, power: int) -> None:
    log = opened(tmp_path, pcapng([(AT, ipv4(HELLO, 6))], order=order, power=power))
    events = list(log.events)
    assert log.form is LogForm.PCAPNG
    assert [(one.at, one.sent and one.sent.host) for one in events] == [(AT, "api.example.cn")]


LINKS = {
    1: ethernet(ipv4(HELLO, 6)),
    101: ipv4(HELLO, 6),
    113: bytes(14) + struct.pack(">H", 0x0800) + ipv4(HELLO, 6),
    228: ipv4(HELLO, 6),
    276: struct.pack(">H", 0x86DD) + bytes(18) + ipv6(HELLO, 6),
}


@pytest.mark.parametrize("link", sorted(LINKS))
def test_every_link_type_of_phones(tmp_path: Path, link: int) -> None:
    log = opened(tmp_path, pcap([(AT, LINKS[link])], link=link))
    assert hosts(log) == [("tls", "api.example.cn")]
    assert log.lost == []


def test_another_link_type_is_said(tmp_path: Path) -> None:
    log = opened(tmp_path, pcap([(AT, b"x" * 40), (AT, b"y" * 40)], link=147))
    assert hosts(log) == []
    assert [one.row for one in log.lost] == [1]


def test_the_app_that_pcapdroid_names(tmp_path: Path) -> None:
    packet = ethernet(with_app(ipv4(HELLO, 6), "com.example.shop"))
    log = opened(tmp_path, pcap([(AT, packet)], link=1))
    assert [one.label for one in log.events] == ["com.example.shop"]


def test_the_hello_of_a_real_client(tmp_path: Path) -> None:
    sent = ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(
        ssl.MemoryBIO(), sent, server_hostname="real.example.cn"
    )
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    packet = ipv4(tcp(sent.read()), 6)
    assert hosts(opened(tmp_path, pcap([(AT, packet)]))) == [("tls", "real.example.cn")]


def test_a_hello_over_two_segments(tmp_path: Path) -> None:
    record = tls_record(client_hello("split.example.cn"))
    packets = [(AT, ipv4(tcp(record[:30]), 6)), (AT + 1, ipv4(tcp(record[30:], number=31), 6))]
    assert hosts(opened(tmp_path, pcap(packets))) == [("tls", "split.example.cn")]


def found_in(packets: list[bytes]) -> list[str]:
    data = pcap((AT + at, ipv4(packet, 6)) for at, packet in enumerate(packets))
    events = Capture(lambda _: (), []).events(pcap_packets(io.BytesIO(data), []))
    return [one.sent.host for one in events if one.sent is not None]


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from([0, 1, 77, (1 << 32) - 40, (1 << 32) - 1]), st.booleans())
def test_segments_in_any_order_twice_and_over_one_another(
    data: st.DataObject, first: int, opened: bool
) -> None:
    record = tls_record(client_hello("parts.example.cn"))
    cuts = sorted({0, *data.draw(st.lists(st.integers(1, len(record) - 1), max_size=6))})
    parts = [
        (at, record[at : end + data.draw(st.integers(0, 9))])
        for at, end in zip(cuts, [*cuts[1:], len(record)], strict=True)
    ]
    again = data.draw(st.lists(st.sampled_from(parts), max_size=3))
    order = data.draw(st.permutations([*parts, *again]))
    packets = [tcp(part, number=first + 1 + at) for at, part in order]
    if opened:
        packets.insert(data.draw(st.integers(0, 1)), tcp(b"", number=first, flags=2))
    assert found_in(packets) == ["parts.example.cn"]


def test_a_segment_that_is_missing_leaves_the_name_out() -> None:
    record = tls_record(client_hello("gap.example.cn"))
    assert found_in([tcp(record[:30]), tcp(record[31:], number=32)]) == []


def test_octets_sent_again_with_other_values_do_not_count() -> None:
    record = tls_record(client_hello("first.example.cn"))
    other = tls_record(client_hello("other.example.cn"))
    packets = [tcp(record[:90]), tcp(other[:60]), tcp(record[90:], number=91)]
    assert found_in(packets) == ["first.example.cn"]


def test_a_port_that_is_used_again_is_another_connection() -> None:
    packets = []
    for name, first in (("one.example.cn", 5), ("two.example.cn", 90_000)):
        packets += [tcp(b"", number=first, flags=2), tcp(b"", number=first, flags=2)]
        packets.append(tcp(tls_record(client_hello(name)), number=first + 1))
        packets.append(tcp(b"\x17\3\3\0\1x", number=first + 500))
    assert found_in(packets) == ["one.example.cn", "two.example.cn"]


def test_connections_that_say_nothing_known_are_kept_within_bounds() -> None:
    capture = Capture(lambda _: (), [])
    noise = [tcp(bytes(1400), number=1 + 1400 * at) for at in range(20)]
    data = pcap([(AT, ipv4(one, 6)) for one in noise])
    assert list(capture.events(pcap_packets(io.BytesIO(data), []))) == []
    segments = Segments(1 << 14)
    for at in range(400):
        segments.take(at * 1000, bytes(1000))
    assert segments.is_full()
    assert segments.held < 1 << 15


@pytest.mark.parametrize("version", [V1, V2])
def test_the_name_in_quic(tmp_path: Path, version: int) -> None:
    hello = client_hello("quic.example.cn")
    packet = quic_initial([(0, hello)], version=version)
    assert hosts(opened(tmp_path, pcap([(AT, ipv4(udp(packet), 17))]))) == [
        ("quic", "quic.example.cn")
    ]


def test_a_quic_hello_over_two_packets_in_any_order(tmp_path: Path) -> None:
    hello = client_hello("far.example.cn")
    first = quic_initial([(40, hello[40:])], number=0)
    second = quic_initial([(0, hello[:20]), (20, hello[20:40])], number=1)
    packets = [(AT, ipv4(udp(first), 17)), (AT, ipv4(udp(second), 17))]
    assert hosts(opened(tmp_path, pcap(packets))) == [("quic", "far.example.cn")]


def test_the_keys_of_the_rfc() -> None:
    # RFC 9001, appendix A.1.
    keys = client_keys(V1, bytes.fromhex("8394c8f03e515708"))
    assert keys.key.hex() == "1f369613dd76d5467730efcbe3b1a22d"
    assert keys.iv.hex() == "fa044b2f42a3fd3b46fb255c"
    assert keys.header.hex() == "9f50449e04a0e810283a1e9933adedd2"


def test_dns_names_are_asked_for_and_name_what_has_no_name(tmp_path: Path) -> None:
    answer = ipv4(udp(dns("ech.example.cn", SERVER), 40001, 53), 17)
    packets = [
        (AT, ipv4(udp(dns("ech.example.cn"), 53), 17)),
        (AT, answer),
        (AT, ipv4(tcp(tls_record(client_hello(""))), 6)),
    ]
    assert hosts(opened(tmp_path, pcap(packets))) == [
        ("dns", "ech.example.cn"),
        ("tls", "ech.example.cn"),
    ]


def test_plain_http_gives_host_and_names_of_parameters_without_values(tmp_path: Path) -> None:
    head = b"GET /a?imei=490154203237518&os=android HTTP/1.1\r\nHost: t.example.cn:8080\r\n\r\n"
    log = opened(tmp_path, pcap([(AT, ipv4(tcp(head, 8080), 6))]))
    events = list(log.events)
    assert [one.sent and (one.sent.host, one.sent.keys) for one in events] == [
        ("t.example.cn", ("imei", "os"))
    ]
    assert "490154203237518" not in repr(events)


def test_a_capture_that_is_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = pcap([(AT, ipv4(HELLO, 6)), (AT, ipv4(HELLO, 6))])
    log = opened(tmp_path, whole[:-5])
    assert hosts(log) == [("tls", "api.example.cn")]
    assert [one.row for one in log.lost] == [2]
    ng = opened(tmp_path, pcapng([(AT, ipv4(HELLO, 6)), (AT, b"z" * 8)])[:-3], "run.pcapng")
    assert hosts(ng) == [("tls", "api.example.cn")]
    assert len(ng.lost) == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 150), st.sampled_from(sorted(LINKS)))
def test_damage_is_never_more_than_a_loss(noise: bytes, at: int, link: int) -> None:
    packet = bytearray(LINKS[link])
    packet[at % len(packet) :] = noise
    lost: list[Lost] = []
    data = pcap([(AT, bytes(packet)), (AT, LINKS[link])], link=link)
    found = list(Capture(lambda _: (), lost).events(pcap_packets(io.BytesIO(data), lost)))
    assert len(found) <= 2


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_quic_is_passed_over(data: st.DataObject) -> None:
    packet = bytearray(quic_initial([(0, client_hello("q.example.cn"))]))
    packet[data.draw(st.integers(0, len(packet) - 1))] ^= data.draw(st.integers(1, 255))
    lost: list[Lost] = []
    made = io.BytesIO(pcap([(AT, ipv4(udp(bytes(packet)), 17))]))
    events = list(Capture(lambda _: (), lost).events(pcap_packets(made, lost)))
    assert all(one.sent is not None and one.sent.scheme == "quic" for one in events)
