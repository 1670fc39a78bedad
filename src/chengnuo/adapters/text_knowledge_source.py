"""The knowledge that text is searched with, read strictly, all problems at once.

Refused are: a file that is missing or not known, what is not YAML, an unknown or missing key, a
kind that is not known, stands twice or is missing, a category that the law files do not have, a
word that two kinds claim. What names, addresses and words of health are made of is read by
`text_words_source`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar, TypeVar

import msgspec
import yaml

from chengnuo.adapters.law_wire import WrittenMeta, WrittenText, text_of
from chengnuo.adapters.law_yaml import parse_yaml
from chengnuo.adapters.text_words_source import read_divisions, read_health_words, read_name_words
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.domain.observation.text_knowledge import TextKind, TextKnowledge
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

T = TypeVar("T")

_OTHER = "other"
_CUES, _NAMES, _DIVISIONS, _HEALTH = "cues.yaml", "names.yaml", "divisions.yaml", "health.yaml"


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
    if problems := [*_unmatched(files)]:
        raise WrongTextFilesError(problems)
    cues = _parsed(_CUES, files[_CUES], _cues)
    if problems := [*_problems(cues.items, law)]:
        raise WrongTextFilesError(problems)
    kinds = tuple(
        TextKind(
            kind=Kind[row.kind.upper()],
            title=text_of(row.title),
            category=CategoryId(row.category),
            words=tuple(row.words),
        )
        for row in cues.items
        if row.category is not None
    )
    return TextKnowledge(
        version=KnowledgeVersion(cues.meta.version, digest),
        kinds=kinds,
        others=tuple(word for row in cues.items if row.kind == _OTHER for word in row.words),
        names=_parsed(_NAMES, files[_NAMES], read_name_words),
        divisions=_parsed(_DIVISIONS, files[_DIVISIONS], read_divisions),
        health=_parsed(_HEALTH, files[_HEALTH], read_health_words),
    )


def _parsed(name: str, data: bytes, read: Callable[[bytes], T]) -> T:
    try:
        return read(data)
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise WrongTextFilesError([f"{name}: {' '.join(str(error).split())}"]) from error


def _cues(data: bytes) -> _WrittenFile:
    return msgspec.convert(parse_yaml(data), ready(_WrittenFile))


def _unmatched(files: Mapping[str, bytes]) -> Iterator[str]:
    known = {_CUES, _NAMES, _DIVISIONS, _HEALTH}
    for name in sorted(known ^ files.keys()):
        yield f"{name}: {'is missing' if name in known else 'no such file'}"


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
