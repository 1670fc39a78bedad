"""The file of a snapshot: its one form, its signature, what stands in it.

Nothing of a file is decoded before its signature was found good, and a content that does not
encode to the very same bytes is not used, so that one snapshot is one sequence of bytes
(`docs/formats/snapshot.md`).
"""

import hashlib
import hmac
import struct
from collections.abc import Callable, Mapping
from itertools import pairwise

import msgspec

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.errors import IntegrityError
from chengnuo.base.shapes import ready
from chengnuo.domain.decision.decision import Decision, DutyKind, Outcome
from chengnuo.domain.decision.request import Request
from chengnuo.domain.decision.rules import Rule

MAGIC = b"chengnuo-snapshot/1\n"
SIGNATURE_BYTES = 64
KEY_BYTES = 32
MOST_BYTES = 1 << 30
PSEUDONYM_BYTES = 16
PERSON = struct.Struct(f">{PSEUDONYM_BYTES}sI")
ANSWER = struct.Struct(">H")
MOST_ANSWERS = 1 << 16


class SnapshotRefusedError(IntegrityError):
    """A file is no snapshot that may be used here."""

    code = "snapshot-refused"

    def __init__(self, what: str) -> None:
        super().__init__(f"the snapshot is not used: {what}")
        self.what = what


class Written(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A decision as it is written."""

    outcome: Outcome
    by: tuple[tuple[Rule, str, str], ...]
    duties: tuple[tuple[DutyKind, str, str], ...]
    prompt: tuple[str, ...]
    within: tuple[str, ...]


class Content(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What is signed.

    Attributes:
        app: For which app.
        register: Version of the register.
        law: Version of the law catalogue.
        position: How many records of the log were taken into account.
        made: When, microseconds since 1970.
        until: When it ends, likewise; not any more at that instant.
        at_most: How often each activity may be done that declares it, within its unit.
        questions: `question_text` of each question, sorted.
        answers: The distinct answers.
        rows: The distinct rows: for each question the number of its answer, two bytes each.
        people: For each person the pseudonym and the number of the row, sorted.

    """

    app: str
    register: str
    law: str
    position: int
    made: int
    until: int
    at_most: tuple[tuple[str, int], ...]
    questions: tuple[str, ...]
    answers: tuple[Written, ...]
    rows: tuple[bytes, ...]
    people: bytes

    @property
    def count(self) -> int:
        """How many people are in it."""
        return len(self.people) // PERSON.size


def pseudonym(key: bytes, account: str) -> bytes:
    """Return by what somebody stands in a snapshot."""
    message = b"chengnuo snapshot person\0" + account.encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).digest()[:PSEUDONYM_BYTES]


def question_text(request: Request, at_most: Mapping[str, int]) -> str:
    """Return what tells a question from others; how often something was done counts as a whole."""
    most = at_most.get(request.activity)
    often = "any"
    if most is not None:
        recent = request.recent
        often = "not-counted" if recent is None else "within" if recent < most else "over"
    tree: dict[str, Tree] = {
        "activity": request.activity,
        "operation": request.operation.value,
        "often": often,
    }
    if request.categories is not None:
        tree["categories"] = sorted(request.categories)
    if request.recipient is not None:
        tree["recipient"] = request.recipient
    for name in ("publish", "other_use", "started", "gpc"):
        if getattr(request, name):
            tree[name] = True
    return canonical_json(tree).decode()


def packed(pairs: Mapping[bytes, int]) -> bytes:
    """Return pseudonyms and their rows as they are written."""
    return b"".join(PERSON.pack(name, row) for name, row in sorted(pairs.items()))


def packed_row(answers: tuple[int, ...]) -> bytes:
    """Return the numbers of the answers of one person as they are written."""
    return struct.pack(f">{len(answers)}H", *answers)


def written(decision: Decision) -> Written:
    """Return a decision as it is written."""
    return Written(
        outcome=decision.outcome,
        by=tuple((one.rule, one.row, one.why) for one in decision.by),
        duties=tuple((one.kind, one.about, one.how) for one in decision.duties),
        prompt=tuple(decision.prompt),
        within=tuple(decision.within),
    )


def snapshot_bytes(content: Content, sign: Callable[[bytes], bytes]) -> bytes:
    """Return a snapshot as a file: what it is, the signature, the content."""
    body = msgspec.msgpack.encode(content)
    return MAGIC + sign(MAGIC + body) + body


def open_content(data: bytes, *, is_signed: Callable[[bytes, bytes], bool]) -> Content:
    """Return what a file holds, once its signature was checked.

    Args:
        data: The file.
        is_signed: Tells whether a signature over a message is the expected key's.

    Raises:
        SnapshotRefusedError: It is too large, not signed by that key, or not in its one form.

    """
    if len(data) > MOST_BYTES:
        raise SnapshotRefusedError("it is over a gigabyte")
    if not data.startswith(MAGIC):
        raise SnapshotRefusedError("it is no snapshot of a format known here")
    start = len(MAGIC) + SIGNATURE_BYTES
    signature, body = data[len(MAGIC) : start], data[start:]
    if not is_signed(signature, MAGIC + body):
        raise SnapshotRefusedError("its signature is not by the key expected")
    try:
        content = msgspec.msgpack.decode(body, type=ready(Content))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise SnapshotRefusedError("its content has another form") from error
    if msgspec.msgpack.encode(content) != body or not _is_whole(content):
        raise SnapshotRefusedError("its content is not in its one form")
    return content


def _is_whole(content: Content) -> bool:
    """Tell whether everything that the content refers to is in it, in order and once."""
    people = content.people
    if len(people) % PERSON.size:
        return False
    pairs = list(PERSON.iter_unpack(people))
    names = [name for name, _ in pairs]
    width = len(content.questions) * ANSWER.size
    return (
        content.position >= 0
        and 0 <= content.made < content.until
        and list(content.questions) == sorted(set(content.questions))
        and len(content.at_most) == len(dict(content.at_most))
        and all(one < other for one, other in pairwise(names))
        and all(row < len(content.rows) for _, row in pairs)
        and all(len(row) == width for row in content.rows)
        and all(
            answer < len(content.answers)
            for row in content.rows
            for (answer,) in ANSWER.iter_unpack(row)
        )
    )
