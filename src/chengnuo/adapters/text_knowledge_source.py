"""The knowledge that text is searched with, read strictly, all problems at once.

Refused are: what is not YAML, an unknown or missing key, a kind that is not known, stands twice or
is missing, a category that the law files do not have, a word that two kinds claim.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

import msgspec
import yaml

from chengnuo.adapters.law_wire import WrittenMeta, WrittenText, text_of
from chengnuo.adapters.law_yaml import parse_yaml
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.domain.observation.text_knowledge import TextKind, TextKnowledge
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

_OTHER = "other"


class _WrittenKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A kind of value, or of what is not personal."""

    kind: str
    title: WrittenText
    words: list[str]
    category: str | None = None


class _WrittenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A file of kinds."""

    meta: WrittenMeta
    items: list[_WrittenKind]


class WrongTextFilesError(InvalidInputError):
    """The files that text is searched with do not make a whole; holds every problem."""

    code: ClassVar[str] = "wrong-text-knowledge"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"text knowledge {self.problems[0]}{more}")


def read_text_knowledge(files: Mapping[str, bytes], digest: str, law: Catalogue) -> TextKnowledge:
    """Return the knowledge that the files make.

    Args:
        files: Content of each YAML file by name.
        digest: SHA-256 of the files, for the version.
        law: The catalogue whose categories the rows name.

    Raises:
        WrongTextFilesError: With every problem found.

    """
    read = [_file(name, files[name]) for name in sorted(files)]
    rows = [row for file in read for row in file.items]
    if problems := [*_problems(rows, law)]:
        raise WrongTextFilesError(problems)
    kinds = tuple(
        TextKind(
            kind=Kind[row.kind.upper()],
            title=text_of(row.title),
            category=CategoryId(row.category),
            words=tuple(row.words),
        )
        for row in rows
        if row.category is not None
    )
    others = tuple(word for row in rows if row.kind == _OTHER for word in row.words)
    version = max((file.meta.version for file in read), default="0000-00")
    return TextKnowledge(version=KnowledgeVersion(version, digest), kinds=kinds, others=others)


def _file(name: str, data: bytes) -> _WrittenFile:
    try:
        return msgspec.convert(parse_yaml(data), _WrittenFile)
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise WrongTextFilesError([f"{name}: {' '.join(str(error).split())}"]) from error


def _problems(rows: Iterable[_WrittenKind], law: Catalogue) -> Iterator[str]:
    names = {kind.name.lower() for kind in Kind}
    seen: set[str] = set()
    claimed: dict[str, str] = {}
    for row in rows:
        if row.kind not in names | {_OTHER}:
            yield f"`{row.kind}`: no such kind"
        if row.kind in seen:
            yield f"`{row.kind}`: stands twice"
        seen.add(row.kind)
        if (row.category is None) != (row.kind == _OTHER):
            yield f"`{row.kind}`: every kind but `{_OTHER}` has a category"
        elif row.category is not None and row.category not in law.categories:
            yield f"`{row.kind}`: no category `{row.category}`"
        for word in row.words:
            plain = "".join(sign for sign in word.lower() if sign not in " _-")
            if claimed.setdefault(plain, row.kind) != row.kind:
                yield f"`{row.kind}`: the word `{word}` is of `{claimed[plain]}` too"
    for name in sorted(names - seen):
        yield f"`{name}`: is missing"
