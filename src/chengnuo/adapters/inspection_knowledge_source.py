"""The inspection knowledge, read strictly, all problems at once.

Refused are: what is not YAML, an unknown or missing key, a word outside its vocabulary, an id
that stands twice, a reference to what does not exist (category, app type, permission, SDK,
purpose), a name of two SDKs that is not marked shared, and one marked shared that is not. Every
problem names its file and line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, ClassVar, TypeVar

import msgspec
import yaml

from chengnuo.adapters.inspection_knowledge_values import (
    api_of,
    framework_of,
    gate_of,
    host_of,
    packer_of,
    permission_of,
    policy_words_of,
    script_call_of,
    sdk_of,
    signs_of,
    string_of,
    wake_of,
    words_of,
)
from chengnuo.adapters.inspection_knowledge_wire import (
    AnySigns,
    Written,
    WrittenApi,
    WrittenCallback,
    WrittenComponent,
    WrittenFramework,
    WrittenGate,
    WrittenGeneral,
    WrittenHost,
    WrittenPacker,
    WrittenPermission,
    WrittenPolicyWords,
    WrittenPurpose,
    WrittenScriptCall,
    WrittenSdk,
    WrittenStarter,
    WrittenString,
    WrittenWake,
    WrittenWords,
)
from chengnuo.adapters.inspection_knowledge_words import WrittenAdWords, ad_words_of
from chengnuo.adapters.law_wire import WrittenMeta, text_of
from chengnuo.adapters.law_yaml import DuplicateKeyError, parse_yaml
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.observation.api_catalogue import api_catalogue
from chengnuo.domain.observation.consent_gates import consent_gates
from chengnuo.domain.observation.host_catalogue import host_catalogue
from chengnuo.domain.observation.knowledge import Knowledge, KnowledgeVersion
from chengnuo.domain.observation.packer_catalogue import packer_catalogue
from chengnuo.domain.observation.permission_catalogue import permission_catalogue
from chengnuo.domain.observation.policy_words import NamedThing, PolicyColumn
from chengnuo.domain.observation.script_calls import script_calls
from chengnuo.domain.observation.sdk_catalogue import PurposeId, sdk_catalogue
from chengnuo.domain.observation.string_signs import string_signs
from chengnuo.domain.observation.wake_signs import wake_signs
from chengnuo.law.catalogue import Catalogue

T = TypeVar("T")

_SHAPES: Mapping[str, type[Written] | UnionType] = {
    "apis": WrittenApi,
    "strings": WrittenString,
    "permissions": WrittenPermission,
    "sdk-purposes": WrittenPurpose,
    "sdks": WrittenSdk,
    "packers": WrittenPacker,
    "hosts": WrittenHost,
    "self-start": WrittenWake,
    "callbacks": WrittenFramework,
    "pre-init": WrittenGate,
    "consent-words": WrittenWords,
    "policy-words": WrittenPolicyWords,
    "ad-words": WrittenAdWords,
    "script-calls": WrittenScriptCall,
}

_SIGNS: tuple[tuple[str, Callable[[WrittenSdk], AnySigns]], ...] = (
    ("packages", lambda each: each.packages),
    ("components", lambda each: each.components),
    ("meta-data", lambda each: each.meta_data),
    ("libraries", lambda each: each.libraries),
    ("hosts", lambda each: each.hosts),
)
_FRAMEWORK = (WrittenComponent, WrittenCallback, WrittenStarter, WrittenGeneral)


@dataclass(frozen=True, slots=True, order=True)
class KnowledgeProblem:
    """One thing wrong with a file of the knowledge."""

    file: str
    line: int
    id: str
    said: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: `{self.id}`: {self.said}"


class WrongKnowledgeFilesError(InvalidInputError):
    """The files of the inspection knowledge do not make a whole; holds every problem."""

    code: ClassVar[str] = "wrong-inspection-knowledge"

    def __init__(self, problems: Iterable[KnowledgeProblem]) -> None:
        self.problems = tuple(sorted(problems))
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"inspection knowledge {self.problems[0]}{more}")


def read_knowledge(files: Mapping[str, bytes], digest: str, law: Catalogue) -> Knowledge:
    """Return the knowledge that the files make.

    Args:
        files: Content of each YAML file by name; read in the order of the names.
        digest: SHA-256 of the files, for the version.
        law: The catalogue whose categories and app types the rows name.

    Raises:
        WrongKnowledgeFilesError: With every problem found.

    """
    return _Reading(law).knowledge(files, digest)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row and where it stands: the file, and its place among the items."""

    file: str
    index: int
    written: Written


class _Reading:
    """One reading: what was found so far, and what was wrong with it."""

    def __init__(self, law: Catalogue) -> None:
        self.law = law
        self.rows: list[_Row] = []
        self.versions: set[str] = set()
        self.seen: dict[tuple[str, str], str] = {}
        self.wrong: list[tuple[str, int, str, str]] = []
        self.unreadable: list[KnowledgeProblem] = []

    def knowledge(self, files: Mapping[str, bytes], digest: str) -> Knowledge:
        for name in sorted(files):
            self._file(name, files[name])
        self._references()
        self._claims()
        if self.wrong or self.unreadable:
            raise WrongKnowledgeFilesError(self._problems(files))
        names = {each.id: each.name for each in self._of(WrittenPermission)}
        purposes = {PurposeId(each.id): text_of(each.text) for each in self._of(WrittenPurpose)}
        framework = [row.written for row in self.rows if isinstance(row.written, _FRAMEWORK)]
        return Knowledge(
            version=KnowledgeVersion(max(self.versions, default="0000-00"), digest),
            apis=api_catalogue(api_of(each, names) for each in self._of(WrittenApi)),
            strings=string_signs(string_of(each, names) for each in self._of(WrittenString)),
            permissions=permission_catalogue(map(permission_of, self._of(WrittenPermission))),
            sdks=sdk_catalogue(map(sdk_of, self._of(WrittenSdk)), purposes),
            packers=packer_catalogue(map(packer_of, self._of(WrittenPacker))),
            hosts=host_catalogue(map(host_of, self._of(WrittenHost))),
            wakes=wake_signs(wake_of(each, names) for each in self._of(WrittenWake)),
            framework=framework_of(framework),
            gates=consent_gates(map(gate_of, self._of(WrittenGate))),
            words=words_of(self._of(WrittenWords)),
            ad_words=ad_words_of(self._of(WrittenAdWords)),
            policy_words=policy_words_of(self._of(WrittenPolicyWords), names),
            script_calls=script_calls(
                script_call_of(each, names) for each in self._of(WrittenScriptCall)
            ),
        )

    def _of(self, shape: type[T]) -> Iterator[T]:
        return (row.written for row in self.rows if isinstance(row.written, shape))

    def _problems(self, files: Mapping[str, bytes]) -> Iterator[KnowledgeProblem]:
        yield from self.unreadable
        for name in {file for file, *_ in self.wrong}:
            lines = _lines_of(files[name])
            for file, index, id_, said in self.wrong:
                if file == name:
                    line = lines[index] if 0 <= index < len(lines) else 1
                    yield KnowledgeProblem(file, line, id_, said)

    def _file(self, name: str, data: bytes) -> None:
        try:
            tree = parse_yaml(data)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            said = " ".join(str(error).split())
            self.unreadable.append(KnowledgeProblem(name, _line_of(error), "-", said))
            return
        if not isinstance(tree, dict) or set(tree) != {"meta", "items"}:
            self.wrong.append((name, -1, "-", "expected exactly `meta` and `items`"))
            return
        try:
            meta = msgspec.convert(tree["meta"], ready(WrittenMeta))
        except msgspec.ValidationError as error:
            self.wrong.append((name, -1, "meta", str(error)))
            return
        if meta.holds not in _SHAPES or not isinstance(tree["items"], list):
            known = ", ".join(sorted(_SHAPES))
            self.wrong.append(
                (name, -1, "meta", f"`holds: {meta.holds}` with a list; known: {known}")
            )
            return
        self.versions.add(meta.version)
        for index, item in enumerate(tree["items"]):
            self._item(name, index, item, meta.holds)

    def _item(self, name: str, index: int, item: object, holds: str) -> None:
        shape: Any = _SHAPES[holds]  # a type, or several
        try:
            written: Written = msgspec.convert(item, ready(shape))
        except msgspec.ValidationError as error:
            id_ = str(item["id"]) if isinstance(item, dict) and "id" in item else f"#{index + 1}"
            self.wrong.append((name, index, id_, str(error)))
            return
        row = _Row(name, index, written)
        keys = [(holds, written.id)]
        if isinstance(written, WrittenPermission):
            keys.append(("permission name", written.name))
        if isinstance(written, WrittenApi):
            keys.append(("member", written.at))
        for key in keys:
            if key in self.seen:
                self._say(row, f"`{key[1]}` stands in {self.seen[key]} already")
            self.seen[key] = name
        self.rows.append(row)

    def _say(self, row: _Row, said: str) -> None:
        self.wrong.append((row.file, row.index, row.written.id, said))

    def _references(self) -> None:
        categories = {str(each) for each in self.law.categories}
        app_types = {str(each) for each in self.law.app_types}
        permissions = {each.id for each in self._of(WrittenPermission)}
        sdks = {each.id for each in self._of(WrittenSdk)}
        purposes = {each.id for each in self._of(WrittenPurpose)}
        for row in self.rows:
            written = row.written
            match written:
                case WrittenApi() | WrittenString() | WrittenScriptCall():
                    self._known(row, "permission", written.permissions, permissions)
                case WrittenPermission():
                    self._known(row, "app type", written.app_types, app_types)
                case WrittenSdk():
                    self._known(row, "purpose", (written.purpose,), purposes)
                case WrittenHost(sdk=sdk):
                    self._known(row, "SDK", (sdk,) if sdk else (), sdks)
                case WrittenWake(sdk=sdk):
                    self._known(row, "permission", written.permissions, permissions)
                    self._known(row, "SDK", (sdk,) if sdk else (), sdks)
                case WrittenGate():
                    self._known(row, "SDK", (written.sdk,), sdks)
                case WrittenPolicyWords(names=noun):
                    known = {
                        NamedThing.CATEGORY: categories,
                        NamedThing.ITEM: categories,
                        NamedThing.PERMISSION: permissions,
                        NamedThing.SDK: sdks,
                        NamedThing.COLUMN: {column.value for column in PolicyColumn},
                    }
                    self._known(row, noun, (written.thing,), known[noun])
            self._known(row, "category", _categories_of(written), categories)

    def _known(self, row: _Row, noun: str, wanted: Iterable[str], known: set[str]) -> None:
        for each in wanted:
            if each not in known:
                self._say(row, f"{noun} `{each}` does not exist")

    def _claims(self) -> None:
        """Say which names of SDKs are of two and not marked shared, or the other way round."""
        sdks = [(row, row.written) for row in self.rows if isinstance(row.written, WrittenSdk)]
        for sort, names_of in _SIGNS:
            owners: dict[str, list[_Row]] = {}
            marked: set[tuple[str, str]] = set()
            for row, written in sdks:
                signs = signs_of(names_of(written))
                for name in dict.fromkeys((*signs.own, *signs.shared, *signs.weak)):
                    owners.setdefault(name, []).append(row)
                marked.update((written.id, name) for name in signs.shared)
            for name, rows in owners.items():
                for row in rows:
                    if (len(rows) > 1) != ((row.written.id, name) in marked):
                        whose = ", ".join(each.written.id for each in rows)
                        self._say(row, f"{sort}: `{name}` is of {whose}; `shared` must say so")


def _categories_of(written: Written) -> tuple[str, ...]:
    """Return the ids of the categories that a row names."""
    match written:
        case WrittenApi() | WrittenString() | WrittenPermission() | WrittenSdk():
            return (*written.categories, *written.maybe)
        case WrittenScriptCall():
            return written.categories
    return ()


def _line_of(error: yaml.YAMLError | UnicodeDecodeError) -> int:
    """Return the line that a file could not be read at; 1 where nothing tells."""
    if isinstance(error, DuplicateKeyError):
        return error.line
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return 1 if mark is None else mark.line + 1


def _lines_of(data: bytes) -> list[int]:
    """Return the line of each item of a file, from 1; empty where it cannot be read."""
    try:
        tree = yaml.compose(data.decode("utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return []
    if not isinstance(tree, yaml.MappingNode):
        return []
    found = [value for key, value in tree.value if key.value == "items"]
    return [
        item.start_mark.line + 1
        for value in found
        if isinstance(value, yaml.SequenceNode)
        for item in value.value
    ]
