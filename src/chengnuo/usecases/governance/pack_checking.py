"""Checking an audit pack: whether sheets, reports and heads say what its JSON says.

Everything that people read is made anew of the JSON and held to the file, byte by byte. What the
leaves tell is counted anew. Signatures, the log and that nothing is missing are the verifier's
part, which is run before.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.document_json import read_document
from chengnuo.domain.evidence.dsse import EnvelopeMalformedError, read_envelope
from chengnuo.domain.governance.audit_pack import PREDICATE, PackFacts
from chengnuo.domain.governance.audit_pack_json import PackFileError, read_head, read_part
from chengnuo.domain.governance.audit_papers import AuditPapers
from chengnuo.domain.governance.audit_papers_json import read_papers
from chengnuo.domain.governance.audit_period import AuditPeriodError, audit_period
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.documents import DocumentWriter
from chengnuo.ports.pack_files import PackFiles, SheetReader
from chengnuo.usecases.governance.pack_counts import LeafCounts
from chengnuo.usecases.governance.pack_for_people import (
    HEAD_FILE,
    ForPeople,
    Makes,
    part_file,
)

_FOR_PEOPLE = frozenset({".xlsx", ".pdf", ".md"})
_LIST, _LEAVES, _REGISTER = "attestation.json", "leaves.jsonl", "register.json"
_SHOWN = 80
"""How much of a text that differs is shown."""
_MISSING = Text("包里没有这个文件", "the pack lacks this file")
_UNTOLD = Text("没有 JSON 说明它的内容", "no JSON tells what it should say")
_LOOKS = Text(
    "内容与由 JSON 生成的不同（不是某个单元格或某一行的文字：例如样式、批注、页面）",
    "it is not what the JSON gives, though no text of a cell or line differs: looks, notes, pages",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differs:
    """A file that says something else than what it is to be made of.

    Attributes:
        file: Its name.
        where: The first place that differs: a cell, a line; empty for the file.
        what: What is wrong, in words.

    """

    file: str
    where: str
    what: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChecked:
    """What checking came to.

    Attributes:
        compared: How many files were made anew and held to those of the pack.
        differ: What differs.
        made_by: The programs that made the pack, as it says.
        program: The programs that made it anew.

    """

    compared: int
    differ: tuple[Differs, ...]
    made_by: str
    program: str

    @property
    def tells(self) -> bool:
        """Whether a difference can be laid to the pack: it was made by the same programs."""
        return not self.differ or self.made_by == self.program


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChecking:
    """Checks packs.

    Attributes:
        writers: Write documents, by format.
        sheets: Reads cells, to say which differs.
        catalogue: Cites the articles.
        program: Name and version of each program that makes what people read.

    """

    writers: Mapping[str, DocumentWriter]
    sheets: SheetReader
    catalogue: Catalogue
    program: str

    def check(self, files: PackFiles) -> PackChecked:
        """Hold what people read of a pack to its JSON.

        Args:
            files: The pack, which the verifier found whole.

        Raises:
            PackNotReadError: It lacks its head or its list.
            PackFileError: Its head or a part has another form than is read.
            DocumentNotMadeError: A file could not be made just now.

        """
        names = files.names()
        parts = tuple(
            read_part(files.read(name), name)
            for name in names
            if name.startswith("parts/") and name.endswith(".json")
        )
        facts = read_head(files.read(HEAD_FILE), HEAD_FILE, parts)
        differ, compared = (
            [*_against_list(files, facts), *_against_leaves(files, facts)],
            set[str](),
        )
        for name, make in self._made(files, facts, names):
            compared.add(name)
            ours, theirs = make(), files.read(name) if name in names else None
            if ours != theirs:
                differ.append(self._told(name, theirs, ours))
        differ += [
            Differs(file=name, where="", what=_UNTOLD)
            for name in names
            if PurePosixPath(name).suffix in _FOR_PEOPLE and name not in compared
        ]
        return PackChecked(
            compared=len(compared),
            differ=tuple(differ),
            made_by=facts.program,
            program=self.program,
        )

    def _made(
        self, files: PackFiles, facts: PackFacts, names: Sequence[str]
    ) -> Iterator[tuple[str, Makes]]:
        """Yield what is made of JSON, with what makes it."""
        papers = [
            _papers(files, name)
            for name in names
            if name.startswith("papers/") and name.endswith(".json")
        ]
        yield from ForPeople(self.writers, self.catalogue).of(facts, papers)
        for name in names:
            if name.startswith("rules/") and name.endswith(".json"):
                yield from self._beside(files, name, {*names})

    def _beside(self, files: PackFiles, name: str, names: set[str]) -> Iterator[tuple[str, Makes]]:
        """Yield what stands beside a document in JSON and says the same."""
        if PurePosixPath(name).name == _REGISTER:
            return
        read = read_document(files.read(name))
        if read is None:
            raise PackFileError(name, "it is no document")
        document, lang = read
        for writer in self.writers.values():
            beside = name.removesuffix(".json") + writer.suffix
            if beside in names and writer.suffix in _FOR_PEOPLE:
                yield beside, partial(writer.write, document, lang)

    def _told(self, name: str, theirs: bytes | None, ours: bytes) -> Differs:
        """Say where a file differs from what is made of the JSON."""
        if theirs is None:
            return Differs(file=name, where="", what=_MISSING)
        suffix = PurePosixPath(name).suffix
        pairs: Iterator[tuple[tuple[str, str] | None, tuple[str, str] | None]] = iter(())
        if suffix == ".xlsx":
            pairs = zip_longest(self.sheets.cells(theirs), self.sheets.cells(ours))
        elif suffix == ".md":
            pairs = zip_longest(_lines(theirs), _lines(ours))
        for said, told in pairs:
            if said != told:
                return _differs(name, said, told)
        return Differs(file=name, where="", what=_LOOKS)


def _differs(name: str, said: tuple[str, str] | None, told: tuple[str, str] | None) -> Differs:
    where = next(place for place, _ in (one for one in (said, told) if one is not None))
    says, should = ("" if one is None or one[0] != where else shown(one[1]) for one in (said, told))
    return Differs(
        file=name,
        where=where,
        what=Text(
            f"文件写的是「{says}」，JSON 说的是「{should}」",
            f'the file says "{says}", the JSON "{should}"',
        ),
    )


def shown(text: str) -> str:
    """Return the beginning of a text from a pack, with nothing that could steer a terminal."""
    return "".join(one if one.isprintable() else "\ufffd" for one in text[:_SHOWN])


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(data.decode(errors="replace").split("\n"), 1):
        yield f"{number}", one


def _papers(files: PackFiles, name: str) -> AuditPapers:
    found = read_papers(files.read(name))
    if found is None:
        raise PackFileError(name, "these are no working papers")
    return found


def _against_list(files: PackFiles, facts: PackFacts) -> Iterator[Differs]:
    """Yield what the head says otherwise than the signed list, which is held to the leaves."""
    try:
        said: dict[str, Any] = json.loads(read_envelope(files.read(_LIST), PREDICATE).predicate)
        period = audit_period(facts.period)
    except (EnvelopeMalformedError, AuditPeriodError) as error:
        raise PackFileError(HEAD_FILE, "it does not fit the signed list") from error
    told = {
        "period": (facts.period, said.get("period")),
        "from": (facts.start, said.get("from")),
        "to": (facts.end, said.get("to")),
        "records": (facts.records, sum(said.get("kinds", {}).values())),
        "beginning": (period.start, said.get("from")),
    }
    for name, (head, listed) in told.items():
        if head != listed:
            where = "period" if name == "beginning" else name
            yield Differs(
                file=HEAD_FILE,
                where=where,
                what=Text(
                    f"写的是 {head}，签名列表是 {listed}",
                    f"it says {head}, the signed list {listed}",
                ),
            )


def _against_leaves(files: PackFiles, facts: PackFacts) -> Iterator[Differs]:
    """Yield where a part counts otherwise than the leaves."""
    counts = LeafCounts()
    for line in files.read(_LEAVES).splitlines():
        counts.add(line, facts.start, facts.end)
    for part in facts.parts:
        for row, said, told in counts.wrong_in(part):
            yield Differs(
                file=part_file(part),
                where=shown(row),
                what=Text(
                    f"写的是 {said} 条，日志的叶有 {told} 条",
                    f"it says {said} records, the leaves tell {told}",
                ),
            )
