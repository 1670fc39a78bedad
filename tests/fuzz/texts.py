"""Parsers of what comes as text or by the network: registers, reports, keys, tokens, the log."""

import base64
import io
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.domain.evidence.receipts_kit import AT, TAG
from tests.domain.finding.report_kit import REPORTS
from tests.doors.token_kit import AUDIENCE, ISSUER
from tests.fuzz.mutating import changed_bytes, changed_json, changed_text
from tests.fuzz.parser import Parser, refused_by

from chengnuo.adapters.individual_tokens import ALGORITHMS, JwtReader
from chengnuo.adapters.key_set import KeySet, KeySetError, parse_key_set
from chengnuo.adapters.keys import Ed25519Signer, is_signature
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.base.digest import Digest
from chengnuo.domain.evidence.checkpoint import (
    Checkpoint,
    CheckpointMalformedError,
    SignedCheckpoint,
)
from chengnuo.domain.evidence.cosignature import cosignature, cosigned_message, witnessed
from chengnuo.domain.evidence.dsse import envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.leaf import Leaf, LeafMalformedError, encode_leaf, read_leaf
from chengnuo.domain.evidence.note import (
    COSIGNATURE,
    Note,
    NoteMalformedError,
    Signature,
    VKey,
    VKeyMalformedError,
)
from chengnuo.domain.finding.package_json import report_json
from chengnuo.domain.governance.attestation import (
    PREDICATE,
    AttestationRefusedError,
    Decided,
    ReleaseOutcome,
    predicate_of,
    read_attestation,
    subject_of,
)
from chengnuo.domain.governance.gate import gate_of
from chengnuo.domain.register.problems import Problem, RegisterRefusedError
from chengnuo.domain.register.reading import read_register
from chengnuo.domain.rights.check_reading import read as read_check
from chengnuo.doors.decision_bodies import BatchBody
from chengnuo.doors.http.audience_bodies import AudienceQueryError, read_query
from chengnuo.doors.http.id_bodies import ARROW, CSV, PARQUET, TEXT, IdListBodyError, read_ids
from chengnuo.doors.http.programs import BodyTooLargeError, QuestionMalformedError, read_body
from chengnuo.doors.inspection_form import InspectionFormError
from chengnuo.doors.inspection_report_form import read_report
from chengnuo.doors.socket.frames import FrameError, FrameReader
from chengnuo.engines.merkle.tiles import BundleError, pack_bundle, unpack_bundle
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.individuals import TokenRefusedError
from chengnuo.ports.publication_place import PublicationDamagedError
from chengnuo.usecases.publication_manifest import Kept, manifest_of, read_manifest

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = Ed25519Signer(PRIVATE)
LOG = VKey(name="log.example", public_key=SIGNER.public_key)
WITNESS = VKey(name="w.example", algorithm=COSIGNATURE, public_key=SIGNER.public_key)
SOUND = Path(__file__).parents[1] / "corpus" / "register" / "sound.yaml"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def key_set_of_all() -> list[bytes]:
    ed = {"kty": "OKP", "crv": "Ed25519", "kid": "ed", "use": "sig", "x": base64url(LOG.public_key)}
    point = PRIVATE_EC.public_key().public_numbers()
    ec = {"kty": "EC", "crv": "P-256", "kid": "ec", "alg": "ES256"}
    ec |= {name: base64url(n.to_bytes(32, "big")) for name, n in (("x", point.x), ("y", point.y))}
    rsa = {"kty": "RSA", "kid": "rsa", "n": base64url(b"\xc5" * 256), "e": "AQAB"}
    return [json.dumps({"keys": [ed, ec, rsa]}).encode(), json.dumps({"keys": [ed]}).encode()]


PRIVATE_EC = generate_private_key(SECP256R1())
KEYS = key_set_of_all()
READER = JwtReader(ISSUER, frozenset({AUDIENCE}), KeySet(lambda: KEYS[0], algorithms=ALGORITHMS))


@refused_by(KeySetError)
def read_key_set(content: bytes) -> None:
    keys = parse_key_set(content, algorithms=frozenset({*ALGORITHMS, "RS256"}))
    for kid, key in keys.items():
        kid.encode("utf-8", "surrogatepass")
        assert key.algorithm in {*ALGORITHMS, "RS256"}


def tokens() -> list[bytes]:
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "u-1029",
        "jti": "jti-1",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(minutes=5)).timestamp()),
    }
    more = {**claims, "birth_date": "1990-02-28", "auth_time": claims["iat"], "act": {"sub": "u-7"}}
    head = {"alg": "EdDSA", "kid": "ed", "typ": "JWT"}
    return [
        json.dumps([head, payload], separators=(",", ":")).encode() for payload in (claims, more)
    ]


@refused_by(TokenRefusedError)
def read_token(content: bytes) -> None:
    """Read a token of a header and a payload, signed anew so that what is behind is reached."""
    text = content.partition(b"},{")
    head, payload = (text[0][1:] + b"}", b"{" + text[2][:-1]) if text[1] else (content, b"{}")
    signing = f"{base64url(head)}.{base64url(payload)}"
    READER.read(f"{signing}.{base64url(SIGNER.sign(signing.encode()))}", NOW)


@refused_by(InspectionFormError)
def read_old_report(content: bytes) -> None:
    report_json(read_report(content))


def reports() -> list[bytes]:
    return [text if isinstance(text, bytes) else text.encode() for text in SMALL_REPORTS]


SMALL_REPORTS = sorted((report_json(one) for one in REPORTS.values()), key=len)[:3]


@cache
def catalogue() -> Catalogue:
    return load_catalogue(read_catalogue, cache_folder=None)


@refused_by(RegisterRefusedError, UnicodeDecodeError)
def read_yaml(content: bytes) -> None:
    """Read a register; that a file is UTF-8 is asked for before its text is read."""
    found = parse_yaml(content.decode("utf-8-sig"), "a.yaml")
    problems = [found] if isinstance(found, Problem) else []
    trees = [] if isinstance(found, Problem) else [found]
    read_register(trees, catalogue=catalogue(), problems=problems)


PUBLISHED = Kept(
    id="p-1",
    number=1,
    register=Digest("ab" * 32),
    law="2026-11",
    updated=NOW.date(),
    effective=NOW.date(),
    before=None,
    files={"policy.zh.html": Digest("cd" * 32)},
)


@refused_by(PublicationDamagedError)
def read_published(content: bytes) -> None:
    repr(read_manifest("p-1", content))


def notes() -> list[bytes]:
    text = Checkpoint(origin=LOG.name, size=70000, root=bytes(32), map_root=b"m" * 32).text()
    ours = Signature(name=LOG.name, key_id=LOG.id, blob=SIGNER.sign(text.encode()))
    theirs = cosignature(WITNESS, 1_764_313_000, SIGNER.sign(cosigned_message(text, 1_764_313_000)))
    return [Note(text=text, signatures=(ours, theirs)).written.encode(), str(LOG).encode()]


@refused_by(NoteMalformedError, CheckpointMalformedError)
def read_note(content: bytes) -> None:
    with suppress(VKeyMalformedError, UnicodeDecodeError):
        str(VKey.parse(content.decode()))
    signed = SignedCheckpoint.parse(content)
    assert signed.text.encode() == content
    signed.note.checked([LOG, WITNESS], is_signature)
    witnessed(signed.note, [WITNESS], 1, is_signature)
    signed.stamped()


def leaves() -> list[bytes]:
    leaf = Leaf(
        activity="nearby", at=AT, item="nearby/a:b", kind="consent-given", payload="ab" * 32,
        register="ab" * 32, seq=1, tag=TAG, v=1,
    )  # fmt: skip
    return [encode_leaf(leaf), encode_leaf(msgspec.structs.replace(leaf, seq=2, prev="cd" * 32))]


@refused_by(LeafMalformedError)
def read_one_leaf(content: bytes) -> None:
    assert encode_leaf(read_leaf(content)) == content


@refused_by(BundleError)
def read_bundle(content: bytes) -> None:
    assert pack_bundle(unpack_bundle(content)) == content


def statements() -> list[bytes]:
    report = REPORTS["bad"]
    decided = Decided(
        outcome=ReleaseOutcome.SIGNED_OFF, office="reviewer", four_eyes=True, reason=True, at=NOW
    )
    predicate = predicate_of(
        report, gate_of(report), decided, app="tea-shop", report_sha256="ef" * 32
    )
    return [payload_of(subject_of(report), PREDICATE, predicate)]


def read_statement(content: bytes) -> bool:
    """Read what an attestation says, signed anew; and the same bytes as its envelope."""
    written = envelope(content, vkey=str(LOG), signature=SIGNER.sign(signed_bytes(content)))
    return read_attested(written) + read_attested(content) > 0


@refused_by(AttestationRefusedError)
def read_attested(content: bytes) -> None:
    statement, _ = read_attestation(content)
    statement.is_signed_by(str(LOG), is_signature)


@refused_by(FrameError, BodyTooLargeError)
def read_frames(content: bytes) -> None:
    reader = FrameReader()
    for at in range(0, len(content), 7):
        for _, body in reader.feed(content[at : at + 7]):
            len(body)


@refused_by(QuestionMalformedError)
def read_question(content: bytes) -> None:
    repr(read_body(QUESTIONS, content))


QUESTIONS = msgspec.json.Decoder(BatchBody)
QUESTION = {
    "person": "u-1",
    "activity": "nearby",
    "categories": ["PI-LOC"],
    "recipient": "amap",
    "recent": 3,
    "at": "2026-11-21T09:00:00+08:00",
    "gpc": True,
}


@refused_by(AudienceQueryError)
def read_audience(content: bytes) -> None:
    repr(read_query(content))


def ids_of(form: str) -> Callable[[bytes], bool]:
    @refused_by(IdListBodyError)
    def read(content: bytes) -> None:
        for batch in read_ids(io.BytesIO(content), form, column=""):
            "".join(batch).encode("utf-8", "surrogatepass")

    return read


def table() -> "pa.Table":
    ids = pa.array([f"account-{n}" for n in range(40)], pa.string())
    return pa.table({"id": ids, "n": pa.array(range(40), pa.int32())})


def arrow() -> list[bytes]:
    out = io.BytesIO()
    with pyarrow.ipc.new_stream(out, table().schema) as stream:
        stream.write_table(table())
    return [out.getvalue()]


def parquet() -> list[bytes]:
    out, plain = io.BytesIO(), io.BytesIO()
    pyarrow.parquet.write_table(table(), out)
    pyarrow.parquet.write_table(table(), plain, use_dictionary=False, compression="none")
    return [out.getvalue(), plain.getvalue()]


def read_condition(content: bytes) -> bool:
    return read_check(content.decode("utf-8", "replace")) is not None


CHECKS = (
    b"CHECK ((status)::text = ANY ((ARRAY['a'::character varying, 'b'])::text[]))",
    b"(`state` in ('x','y''z') and age between 1 and 200) or not (n >= -3.5 and m is not null)",
)

PARSERS = {
    "register-yaml": Parser(
        seeds=lambda: [SOUND.read_bytes()], change=changed_text, read=read_yaml, weight=10
    ),
    "old-report": Parser(seeds=reports, change=changed_json, read=read_old_report, weight=10),
    "publication-manifest": Parser(
        seeds=lambda: [manifest_of(PUBLISHED)],
        change=changed_json,
        read=read_published,
        weight=20,
    ),
    "key-set": Parser(seeds=lambda: KEYS, change=changed_json, read=read_key_set, weight=60),
    "token": Parser(seeds=tokens, change=changed_json, read=read_token, weight=30),
    "note": Parser(seeds=notes, change=changed_text, read=read_note, weight=60),
    "leaf": Parser(seeds=leaves, change=changed_json, read=read_one_leaf, weight=40),
    "tile-bundle": Parser(
        seeds=lambda: [pack_bundle([*leaves(), b"", b"x" * 300])],
        change=changed_bytes,
        read=read_bundle,
        weight=40,
    ),
    "attestation": Parser(seeds=statements, change=changed_json, read=read_statement, weight=20),
    "frame": Parser(
        seeds=lambda: [b"\0\0\0\4Kabcd\0\0\0\2Q{}\0\0\0\2B[]"],
        change=changed_bytes,
        read=read_frames,
        weight=20,
    ),
    "question": Parser(
        seeds=lambda: [json.dumps({"questions": [QUESTION]}).encode()],
        change=changed_json,
        read=read_question,
        weight=40,
    ),
    "audience-query": Parser(
        seeds=lambda: [
            b"activity=nearby&category=PI-LOC&category=%E4%BD%8D&operation=use&recent=3"
        ],
        change=changed_text,
        read=read_audience,
        weight=30,
    ),
    "ids-text": Parser(
        seeds=lambda: [b"u-1\nu-2\r\n\xe4\xb8\xad\n"],
        change=changed_text,
        read=ids_of(TEXT),
        weight=12,
    ),
    "ids-csv": Parser(
        seeds=lambda: [b'id,n\n"u-1",2\nu-2,"3\n4"\n'],
        change=changed_text,
        read=ids_of(CSV),
        weight=15,
    ),
    "ids-arrow": Parser(seeds=arrow, change=changed_bytes, read=ids_of(ARROW), weight=15),
    "ids-parquet": Parser(seeds=parquet, change=changed_bytes, read=ids_of(PARQUET), weight=15),
    "sql-condition": Parser(
        seeds=lambda: CHECKS, change=changed_text, read=read_condition, weight=20
    ),
}
