"""Logs of behaviour made from nothing: packets, captures, Initial packets of QUIC, workbooks."""

import io
import struct
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

import xlsxwriter
import xlwt
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengnuo.adapters.behaviour_logs.quic import client_keys, header_mask

PHONE, SERVER = "10.0.0.2", "203.0.113.7"


def ipv4(payload: bytes, protocol: int, source: str = PHONE, target: str = SERVER) -> bytes:
    size = 20 + len(payload)
    return (
        struct.pack(">BBHHHBBH", 0x45, 0, size, 0, 0, 64, protocol, 0)
        + ip_address(source).packed
        + ip_address(target).packed
        + payload
    )


def ipv6(payload: bytes, protocol: int) -> bytes:
    addresses = ip_address("2001:db8::2").packed + ip_address("2001:db8::7").packed
    return struct.pack(">IHBB", 6 << 28, len(payload), protocol, 64) + addresses + payload


def tcp(
    payload: bytes, port: int = 443, source_port: int = 40000, *, number: int = 1, flags: int = 24
) -> bytes:
    number %= 1 << 32
    head = struct.pack(">HHIIBBHHH", source_port, port, number, 1, 5 << 4, flags, 1, 0, 0)
    return head + payload


def udp(payload: bytes, port: int = 443, source_port: int = 40001) -> bytes:
    return struct.pack(">HHHH", source_port, port, 8 + len(payload), 0) + payload


def client_hello(name: str) -> bytes:
    """Return the handshake message, without a record."""
    host = name.encode()
    entry = struct.pack(">HBH", len(host) + 3, 0, len(host)) + host
    extension = b"".join(
        (struct.pack(">HH", 10, 2), b"\0\0", struct.pack(">HH", 0, len(entry)), entry)
    )
    if not name:
        extension = struct.pack(">HH", 10, 2) + b"\0\0"
    body = (
        b"\x03\x03" + bytes(32) + b"\0" + struct.pack(">HH", 2, 0x1301) + b"\1\0"
        + struct.pack(">H", len(extension)) + extension
    )  # fmt: skip
    return b"\1" + len(body).to_bytes(3) + body


def tls_record(handshake: bytes) -> bytes:
    return struct.pack(">BHH", 22, 0x0301, len(handshake)) + handshake


def dns(name: str, answer: str = "") -> bytes:
    labels = b"".join(bytes((len(one),)) + one.encode() for one in name.split(".")) + b"\0"
    head = struct.pack(">HHHHHH", 7, 0x8180 if answer else 0x0100, 1, 1 if answer else 0, 0, 0)
    question = labels + struct.pack(">HH", 1, 1)
    if not answer:
        return head + question
    record = struct.pack(">HHHIH", 0xC00C, 1, 1, 60, 4) + ip_address(answer).packed
    return head + question + record


def varint(value: int) -> bytes:
    return bytes((value,)) if value < 64 else (0x4000 | value).to_bytes(2)


def quic_initial(
    fragments: Iterable[tuple[int, bytes]], *, version: int = 1, number: int = 0
) -> bytes:
    """Return an Initial packet of a client with CRYPTO frames at offsets, padded to 1,200."""
    destination = bytes.fromhex("8394c8f03e515708")
    frames = b"".join(
        b"\6" + varint(offset) + varint(len(part)) + part for offset, part in fragments
    )
    frames = frames.ljust(1162, b"\0")
    keys = client_keys(version, destination)
    kind = 1 if version != 1 else 0
    front = 0xC0 | kind << 4
    head = bytes((front,)) + struct.pack(">I", version)
    head += bytes((len(destination),)) + destination + b"\0" + b"\0"
    head += varint(1 + len(frames) + 16) + bytes((number,))
    nonce = (int.from_bytes(keys.iv) ^ number).to_bytes(12)
    body = AESGCM(keys.key).encrypt(nonce, frames, head)
    mask = header_mask(keys, body[3:19])
    hidden = bytes((head[0] ^ (mask[0] & 0x0F),)) + head[1:-1] + bytes((head[-1] ^ mask[1],))
    return hidden + body


def ethernet(packet: bytes, kind: int = 0x0800) -> bytes:
    return bytes(12) + struct.pack(">H", kind) + packet


def with_app(packet: bytes, app: str) -> bytes:
    return packet + struct.pack(">Ii20sI", 0x01072021, 10123, app.encode(), 0)


def pcap(
    packets: Iterable[tuple[int, bytes]], *, order: str = "<", nano: bool = False, link: int = 101
) -> bytes:
    """Return a capture of packets with their times in microseconds."""
    magic = 0xA1B23C4D if nano else 0xA1B2C3D4
    made = [struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 1 << 18, link)]
    for at, data in packets:
        seconds, part = divmod(at, 1_000_000)
        part *= 1000 if nano else 1
        made += [struct.pack(f"{order}IIII", seconds, part, len(data), len(data)), data]
    return b"".join(made)


def pcapng(
    packets: Iterable[tuple[int, bytes]], *, order: str = "<", link: int = 101, power: int = 6
) -> bytes:
    def block(kind: int, body: bytes) -> bytes:
        body += bytes(-len(body) % 4)
        size = struct.pack(f"{order}I", 12 + len(body))
        return struct.pack(f"{order}I", kind) + size + body + size

    section = struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1)
    option = struct.pack(f"{order}HHBxxx", 9, 1, power) + struct.pack(f"{order}HH", 0, 0)
    made = [block(0x0A0D0D0A, section)]
    made.append(block(1, struct.pack(f"{order}HHI", link, 0, 0) + option))
    for at, data in packets:
        ticks = at * 10**power // 1_000_000
        head = (0, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
        made.append(block(6, struct.pack(f"{order}IIIII", *head) + data))
    return b"".join(made)


def xls(sheets: Sequence[tuple[str, Sequence[Sequence[object]]]]) -> bytes:
    book = xlwt.Workbook()
    for name, rows in sheets:
        sheet = book.add_sheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xlsx(name: str, rows: Sequence[Sequence[object]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return made.getvalue()


def hex_dump(data: bytes) -> str:
    """Return octets as a hex dump: place, sixteen octets, and what can be printed of them."""
    rows = ["           0  1  2  3  4  5  6  7  8  9  A  B  C  D  E  F  0123456789ABCDEF"]
    for at in range(0, len(data), 16):
        part = data[at : at + 16]
        shown = "".join(chr(one) if 32 <= one < 127 else "." for one in part)
        rows.append(f"{at:08x}  {part.hex(' '):<47}  {shown}")
    return "\n".join(rows)
