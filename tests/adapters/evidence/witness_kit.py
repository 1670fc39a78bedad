"""A witness that is a real HTTP server (C2SP tlog-witness), with a few ways to go wrong.

It reads notes, checks signatures and consistency proofs by itself, so that what the log sends is
judged by code that the log does not share.
"""

import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "witness.example/w1"


@dataclass
class Knobs:
    """How this witness goes wrong; as made, it does not.

    Attributes:
        status: Answer with this status alone.
        claims: Sizes to name as the newest it cosigned, one for each request.
        conflict_body: Answer 409 with this body, and no type.
        body: Answer 200 with this body.
        breaks_signature: Change a byte of the cosignature.
        signs_other: Cosign another text.
        others: Lines to add to the answer.
        drip_s: Send a good answer byte by byte with this pause.
        silent_s: Wait so long before answering.

    """

    status: int | None = None
    claims: list[int] = field(default_factory=list)
    conflict_body: bytes | None = None
    body: bytes | None = None
    breaks_signature: bool = False
    signs_other: bool = False
    others: str = ""
    drip_s: float = 0
    silent_s: float = 0


@dataclass
class WitnessServer:
    """What a test sees of the witness.

    Attributes:
        logs: Public keys that it trusts, by origin.
        seen: Newest size and root that it cosigned, by origin.
        asked: Old sizes of the requests so far.
        knobs: How it goes wrong.
        now: Seconds that it writes into cosignatures.

    """

    logs: dict[str, list[bytes]]
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    seen: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    knobs: Knobs = field(default_factory=Knobs)
    now: int = 1_790_000_000
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def vkey(self) -> str:
        typed = b"\x04" + self.key.public_key().public_bytes_raw()
        return f"{NAME}+{_id(NAME, typed).hex()}+{b64encode(typed).decode()}"

    def add_checkpoint(  # noqa: PLR0911  one for each answer of the protocol
        self, body: bytes
    ) -> tuple[int, str, bytes]:
        """Return status, type and body of the answer to a request."""
        if self.knobs.conflict_body is not None:
            return 409, "", self.knobs.conflict_body
        head, _, note = body.partition(b"\n\n")
        first, *proof = head.decode().split("\n")
        word, _, number = first.partition(" ")
        if word != "old" or str(int(number)) != number or len(proof) > 63:
            return 400, "", b""
        old = int(number)
        text, _, lines = note.rpartition(b"\n\n")
        text += b"\n"
        origin, size_text, root_text, *_ = text.decode().split("\n")
        size, root = int(size_text), b64decode(root_text, validate=True)
        with self.lock:
            self.asked.append(old)
            if self.knobs.status is not None:
                return self.knobs.status, "", b""
            if origin not in self.logs:
                return 404, "", b""
            if not any(_signed(origin, key, lines, text) for key in self.logs[origin]):
                return 403, "", b""
            if old > size:
                return 400, "", b""
            seen, seen_root = self.seen.get(origin, (0, b""))
            if self.knobs.claims:
                seen = self.knobs.claims.pop(0)
            if old != seen or (old == size and size and root != seen_root):
                return 409, "text/x.tlog.size", f"{seen}\n".encode()
            if not _extends(old, size, seen_root, root, [b64decode(one) for one in proof]):
                return 422, "", b""
            self.seen[origin] = (size, root)
        return 200, "", self._answer(text)

    def _answer(self, text: bytes) -> bytes:
        if self.knobs.body is not None:
            return self.knobs.body
        if self.knobs.signs_other:
            text += b"more\n"
        signed = bytearray(self.key.sign(b"cosignature/v1\ntime %d\n" % self.now + text))
        signed[0] ^= self.knobs.breaks_signature
        typed = b"\x04" + self.key.public_key().public_bytes_raw()
        blob = _id(NAME, typed) + self.now.to_bytes(8, "big") + signed
        return f"{self.knobs.others}— {NAME} {b64encode(blob).decode()}\n".encode()


@contextmanager
def running_witness(logs: dict[str, list[bytes]]) -> Iterator[WitnessServer]:
    """Run a witness on a free port of this machine."""
    found = WitnessServer(logs=logs)

    class Requests(BaseHTTPRequestHandler):
        witness: ClassVar[WitnessServer] = found

        def do_POST(self) -> None:
            knobs = self.witness.knobs
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, kind, answer = 404, "", b""
            if self.path == "/w/add-checkpoint":
                status, kind, answer = self.witness.add_checkpoint(body)
            time.sleep(knobs.silent_s)
            self.send_response(status)
            if kind:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            step = 1 if knobs.drip_s else 65_536
            try:
                for start in range(0, len(answer), step):
                    self.wfile.write(answer[start : start + step])
                    time.sleep(knobs.drip_s)
            except OSError:  # whoever asked has gone away, as it should
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = True
    found.address = f"http://127.0.0.1:{server.server_port}/w"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _id(name: str, typed: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + typed).digest()[:4]


def _signed(origin: str, public: bytes, lines: bytes, text: bytes) -> bool:
    for line in lines.decode().splitlines():
        dash, name, encoded = line.split(" ")
        blob = b64decode(encoded)
        if dash != "—" or name != origin or blob[:4] != _id(name, b"\x01" + public):
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], text)
        except InvalidSignature:
            continue
        return True
    return False


def _extends(old: int, new: int, old_root: bytes, root: bytes, proof: list[bytes]) -> bool:
    """Tell whether a proof holds, by going down as RFC 6962 section 2.1.2 makes it."""
    if old == 0:
        return not proof
    try:
        found = _roots(old, new, old_root, proof, whole=True)
    except IndexError:
        return False
    return not proof and found == (old_root, root)


def _roots(
    old: int, new: int, old_root: bytes, proof: list[bytes], *, whole: bool
) -> tuple[bytes, bytes]:
    if old == new:
        node = old_root if whole else proof.pop()
        return node, node
    sibling = proof.pop()
    split = 1 << ((new - 1).bit_length() - 1)
    if old <= split:
        first, last = _roots(old, split, old_root, proof, whole=whole)
        return first, _node(last, sibling)
    first, last = _roots(old - split, new - split, old_root, proof, whole=False)
    return _node(sibling, first), _node(sibling, last)


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
