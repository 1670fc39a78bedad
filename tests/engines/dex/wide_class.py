"""A DEX file with one class of any number of abstract methods, written straight away."""

import struct

from tests.engines.dex.dex_builder import summed, uleb

ABSTRACT = 0x0401


def wide_class(count: int) -> bytes:
    """Return the file; `La/A;` has the methods `m0000000()V` and so on."""
    names = [b"La/A;", b"Ljava/lang/Object;", b"V", *(b"m%07d" % n for n in range(count))]
    strings = 0x70
    types = strings + 4 * len(names)
    protos = types + 4 * 3
    methods = protos + 12
    classes = methods + 8 * count
    data = classes + 32
    text = bytearray()
    places = []
    for name in names:
        places.append(data + len(text))
        text += uleb(len(name)) + name + b"\0"
    class_data = data + len(text)
    one = uleb(1) + uleb(ABSTRACT) + uleb(0)
    first = uleb(0) + one[1:]
    text += uleb(0) * 3 + uleb(count) + first + one * (count - 1)
    text += bytes(-len(text) % 4)
    map_at = data + len(text)
    text += struct.pack("<I", 0)
    end = data + len(text)
    tables = b"".join(
        (
            struct.pack(f"<{len(places)}I", *places),
            struct.pack("<3I", 0, 1, 2),
            struct.pack("<3I", 2, 2, 0),
            b"".join(struct.pack("<HHI", 0, 0, 3 + n) for n in range(count)),
            struct.pack("<8I", 0, ABSTRACT, 1, 0, 0xFFFF_FFFF, 0, class_data, 0),
        )
    )
    sizes = ((len(names), strings), (3, types), (1, protos), (0, 0), (count, methods), (1, classes))
    header = b"dex\n035\0" + bytes(24) + struct.pack("<3I", end, 0x70, 0x12345678)
    header += struct.pack("<3I", 0, 0, map_at)
    header += b"".join(struct.pack("<2I", *size) for size in sizes)
    header += struct.pack("<2I", len(text), data)
    return summed(header + tables + bytes(text))
