"""The law files as a catalogue: read strictly, all problems at once.

Refused are: what is not YAML, an unknown or missing key, a word outside its vocabulary, an id
that stands twice, and a reference to an id that does not exist. Every problem names its file
and the id it is in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

import msgspec
import yaml

from chengnuo.adapters.law_values import (
    app_type_of,
    category_of,
    duties_of,
    figure_of,
    group_of,
    instrument_of,
    skipped_of,
    term_of,
)
from chengnuo.adapters.law_wire import (
    WrittenAppType,
    WrittenCategory,
    WrittenDuty,
    WrittenFigure,
    WrittenGroup,
    WrittenInstrument,
    WrittenMeta,
    WrittenSkippedArticle,
    WrittenTerm,
)
from chengnuo.adapters.law_yaml import parse_yaml
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.law.catalogue import Catalogue, LawVersion
from chengnuo.law.ids import DutyId

if TYPE_CHECKING:
    from chengnuo.law.app_type import AppType
    from chengnuo.law.category import PICategory, PIGroup
    from chengnuo.law.duty import Duty, SkippedArticle
    from chengnuo.law.figure import Figure
    from chengnuo.law.instrument import Instrument
    from chengnuo.law.term import Term

T = TypeVar("T")

WORKING_DAYS = "working-days"
"""What the working-day file holds; another adapter reads it."""

_SHAPES: Mapping[str, type[msgspec.Struct]] = {
    "instruments": WrittenInstrument,
    "duties": WrittenDuty,
    "skipped-articles": WrittenSkippedArticle,
    "groups": WrittenGroup,
    "categories": WrittenCategory,
    "app-types": WrittenAppType,
    "figures": WrittenFigure,
    "terms": WrittenTerm,
}

_SPACES: Mapping[str, str] = {"skipped-articles": "duties"}
"""Where ids of one kind may not be ids of another."""


@dataclass(frozen=True, slots=True)
class LawFileProblem:
    """One thing wrong with a law file; `reason` is a fixed word, `said` says it for people."""

    file: str
    id: str
    reason: str
    said: str

    def __str__(self) -> str:
        return f"{self.file}: `{self.id}`: {self.said}"


class WrongLawFilesError(InvalidInputError):
    """The law files do not make a catalogue."""

    code: ClassVar[str] = "wrong-law-files"

    def __init__(self, problems: Iterable[LawFileProblem]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"law file {self.problems[0]}{more}")


def read_catalogue(files: Mapping[str, bytes], digest: str) -> Catalogue:
    """Return the catalogue that the files make.

    Args:
        files: Content of each YAML file by name; read in the order of the names.
        digest: SHA-256 of the files, for the version.

    Raises:
        WrongLawFilesError: With every problem found.

    """
    return _Reading().catalogue(files, digest)


class _Reading:
    """One reading: what was found so far, and what was wrong with it."""

    def __init__(self) -> None:
        self.problems: list[LawFileProblem] = []
        self.versions: set[str] = set()
        self.place: dict[tuple[str, str], str] = {}
        self.instruments: list[Instrument] = []
        self.duties: list[Duty] = []
        self.sets: dict[str, tuple[DutyId, ...]] = {}
        self.skipped: list[SkippedArticle] = []
        self.groups: list[PIGroup] = []
        self.categories: list[PICategory] = []
        self.app_types: list[AppType] = []
        self.figures: list[Figure] = []
        self.terms: list[Term] = []
        self.written_groups: list[WrittenGroup] = []
        self.written_duties: list[tuple[str | None, WrittenDuty]] = []

    def catalogue(self, files: Mapping[str, bytes], digest: str) -> Catalogue:
        for name in sorted(files):
            self._file(name, files[name])
        self._finish_duties()
        self._finish_groups()
        self._references()
        if self.problems:
            raise WrongLawFilesError(self.problems)
        return Catalogue(
            version=LawVersion(date=max(self.versions, default="0000-00"), digest=digest),
            instruments={each.id: each for each in self.instruments},
            duties={each.id: each for each in self.duties},
            sets=self.sets,
            skipped={each.id: each for each in self.skipped},
            groups={each.id: each for each in self.groups},
            categories={each.id: each for each in self.categories},
            app_types={each.id: each for each in self.app_types},
            figures={each.id: each for each in self.figures},
            terms={each.id: each for each in self.terms},
        )

    def _wrong(self, file: str, where: str, reason: str, said: str) -> None:
        self.problems.append(LawFileProblem(file, where, reason, said))

    def _file(self, name: str, data: bytes) -> None:
        try:
            tree = parse_yaml(data)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self._wrong(name, "-", "unreadable", " ".join(str(error).split()))
            return
        if not isinstance(tree, dict) or set(tree) != {"meta", "items"}:
            self._wrong(name, "-", "wrong-shape", "expected exactly `meta` and `items`")
            return
        meta = self._convert(name, "meta", tree["meta"], WrittenMeta)
        if meta is None:
            return
        self.versions.add(meta.version)
        if meta.holds == WORKING_DAYS:
            return
        if meta.holds not in _SHAPES:
            known = ", ".join(sorted(_SHAPES))
            self._wrong(name, "meta", "unknown-word", f"`holds: {meta.holds}`; expected {known}")
            return
        if meta.set is not None:
            if meta.set in self.sets:
                self._wrong(name, "meta", "duplicate-id", f"set `{meta.set}` stands twice")
            self.sets[meta.set] = ()
        self._items(name, tree["items"], meta)

    def _items(self, name: str, items: object, meta: WrittenMeta) -> None:
        if not isinstance(items, list):
            self._wrong(name, "-", "wrong-shape", "`items` is not a list")
            return
        for number, item in enumerate(items, 1):
            where = str(item["id"]) if isinstance(item, dict) and "id" in item else f"#{number}"
            written = self._convert(name, where, item, _SHAPES[meta.holds])
            if written is not None and self._is_new(name, meta.holds, where):
                self._take(name, written, meta)

    def _convert(self, name: str, where: str, tree: object, shape: type[T]) -> T | None:
        try:
            return msgspec.convert(tree, ready(shape))
        except msgspec.ValidationError as error:
            self._wrong(name, where, _reason_of(str(error)), str(error).replace("Object", "it", 1))
            return None

    def _is_new(self, name: str, holds: str, where: str) -> bool:
        space = (_SPACES.get(holds, holds), where)
        if space in self.place:
            self._wrong(name, where, "duplicate-id", f"stands in {self.place[space]} already")
            return False
        self.place[space] = name
        return True

    def _take(self, name: str, written: msgspec.Struct, meta: WrittenMeta) -> None:
        match written:
            case WrittenInstrument():
                self.instruments.append(instrument_of(written))
            case WrittenDuty():
                for part in written.parts:
                    self._is_new(name, meta.holds, part.id)
                self.written_duties.append((meta.set, written))
            case WrittenSkippedArticle():
                self.skipped.append(skipped_of(written))
            case WrittenGroup():
                self.written_groups.append(written)
            case WrittenCategory():
                self.categories.append(category_of(written))
            case WrittenAppType():
                self.app_types.append(app_type_of(written))
            case WrittenFigure():
                self.figures.append(figure_of(written))
            case WrittenTerm():
                self.terms.append(term_of(written))

    def _finish_duties(self) -> None:
        """Make duties of what was written, now that every instrument is known."""
        instruments = {str(each.id): each for each in self.instruments}
        for set_name, written in self.written_duties:
            if set_name is not None:
                self.sets[set_name] = (*self.sets[set_name], DutyId(written.id))
            instrument = instruments.get(written.instrument)
            if instrument is None:
                self._dangling("duties", written.id, "instrument", written.instrument)
            else:
                self.duties.extend(duties_of(written, instrument))

    def _finish_groups(self) -> None:
        self.groups.extend(group_of(each, self.categories) for each in self.written_groups)

    def _dangling(self, holds: str, where: str, key: str, wanted: str) -> None:
        said = f"`{key}` names `{wanted}`, which does not exist"
        file = self.place[_SPACES.get(holds, holds), where]
        self._wrong(file, where, "dangling-id", said)

    def _references(self) -> None:
        duties = {str(each.id) for each in self.duties}
        duties |= {part.id for _, each in self.written_duties for part in each.parts}
        duties |= {each.id for _, each in self.written_duties}
        figures = {str(each.id) for each in self.figures}
        categories = {str(each.id) for each in self.categories}
        instruments = {str(each.id) for each in self.instruments}
        groups = {str(each.id) for each in self.groups}
        for duty in self.duties:
            self._all_in("duties", duty.id, "related", duty.related, duties)
            self._all_in("duties", duty.id, "figures", duty.figures, figures)
        for figure in self.figures:
            self._all_in("figures", figure.id, "instrument", [figure.instrument], instruments)
        for skipped in self.skipped:
            self._all_in("duties", skipped.id, "instrument", [skipped.instrument], instruments)
        for category in self.categories:
            self._all_in("categories", category.id, "group", [category.group], groups)
        for app_type in self.app_types:
            for row in app_type.necessary:
                self._all_in("app-types", app_type.id, "categories", row.categories, categories)

    def _all_in(
        self, holds: str, where: str, key: str, wanted: Iterable[str], known: set[str]
    ) -> None:
        for each in wanted:
            if each not in known:
                self._dangling(holds, where, key, each)


def _reason_of(said: str) -> str:
    if "unknown field" in said:
        return "unknown-key"
    if "missing required field" in said:
        return "missing-key"
    if "Invalid enum value" in said:
        return "unknown-word"
    return "wrong-shape"
