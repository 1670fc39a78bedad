"""Whatever bytes come, a reader of documents or tables returns or raises its own error."""

import random
from pathlib import Path

import pytest
from tests.engines.axml.compiled import STRING, document, end, ids, pool, start

from chengnuo.domain.inspection.manifest import manifest_of
from chengnuo.domain.inspection.network_security import network_security_of
from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Refused
from chengnuo.engines.axml.element import Reference, ResourceFormatError
from chengnuo.engines.axml.resources import Resources, document_of, table_of

BUILT = Path(__file__).parents[2] / "packages" / "built"
SMALL = document(pool(["name", "manifest"]), ids(0x01010003), start(1, [(0, 0, STRING, 0)]), end(1))
TEXT = (
    b"<manifest package='a' xmlns:android='http://schemas.android.com/apk/res/android'>x</manifest>"
)


def contents(file: str, *names: str) -> list[bytes]:
    archive = Archive((BUILT / file).read_bytes())
    found = [archive.read(archive.entries[name]) for name in names if name in archive.entries]
    return [bytes(one) for one in found if not isinstance(one, Refused)]


def sources() -> list[bytes]:
    return [
        *contents("net-security-config.apk", "AndroidManifest.xml", "resources.arsc"),
        *contents("start-providers.apk", "AndroidManifest.xml", "resources.arsc"),
        *contents("box-aab.aab", "base/manifest/AndroidManifest.xml", "base/resources.pb"),
        SMALL,
        TEXT,
    ]


def mutated(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(out))
        match rng.choice([0, 0, 0, 1, 1, 1, 2, 3, 4]):
            case 0:
                out[at] = rng.randrange(256)
            case 1:
                at -= at % 4
                out[at : at + 4] = rng.choice(
                    [b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f", b"\x08\0\0\0", b"\0\0\1\0"]
                )
            case 2:
                del out[at : at + rng.randrange(1, 40)]
            case 3:
                out[at:at] = out[: rng.randrange(1, 200)]
            case _:
                del out[at:]
        if not out:
            break
    return bytes(out)


def attacked(rounds: int, seed: int) -> tuple[int, int]:
    """Read mutated documents and tables, and look up all there is; return how many were read."""
    rng = random.Random(seed)
    known = sources()
    documents = tables = 0
    for _ in range(rounds):
        data = mutated(rng.choice(known), rng)
        resources = Resources()
        try:
            table = table_of(data, "t")
            tables += 1
            resources = Resources(tables=(table,))
            for kind in ("string", "xml", "layout", "mipmap"):
                for number in table.ids(kind)[:50]:
                    table.name(number)
                    resources.texts(Reference(resource_id=number))
                    resources.files(number)
            for _text in table.strings():
                pass
        except ResourceFormatError:
            pass
        try:
            root = document_of(data, "m").root
            documents += 1
        except ResourceFormatError:
            continue
        manifest_of(root, resources).launchers()
        network_security_of(root, target_sdk=30, resources=resources).rule("a.b")
        repr(root).encode()
    return documents, tables


def test_no_bytes_lead_out_of_the_readers() -> None:
    documents, tables = attacked(1_500, seed=1)
    assert documents > 100
    assert tables > 100


@pytest.mark.slow
def test_no_bytes_lead_out_of_the_readers_in_the_long_run() -> None:
    documents, tables = attacked(80_000, seed=2)
    assert documents > 5_000
    assert tables > 5_000
