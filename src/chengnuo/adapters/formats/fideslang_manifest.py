"""The files of a fideslang manifest, read into lists of resources of each kind.

One file, or every `*.yml` and `*.yaml` of a folder and the folders in it. A file is a mapping
whose keys name kinds of resource; hostile YAML is refused by the same reader as a register's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.text import Text
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.shapes import one_of
from chengnuo.domain.register.tree import Mapping

KINDS = (
    "organization",
    "system",
    "dataset",
    "policy",
    "data_category",
    "data_use",
    "data_subject",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The resources of a manifest by kind, in the order of files and lines.

    Attributes:
        roots: The files themselves.
        organizations: Who answers for the systems.
        systems: Applications, services, databases and vendors.
        system_keys: Keys of the systems.
        datasets: Where information is kept.
        category_parents: Parent of each custom data category.
        use_parents: Parent of each custom data use.
        subjects: Custom data subjects.

    """

    roots: Sequence[Spot]
    organizations: Sequence[Entry] = field(default=())
    systems: Sequence[Entry] = field(default=())
    system_keys: frozenset[str] = frozenset()
    datasets: Sequence[Entry] = field(default=())
    category_parents: dict[str, str | None]
    use_parents: dict[str, str | None]
    subjects: Sequence[Entry] = field(default=())


def read_manifest(path: Path, ledger: Ledger) -> Manifest:
    """Read the files; what is wrong with them is noted in the ledger as problems."""
    files = RegisterFolder().read(path)
    ledger.problems.extend(files.problems)
    roots = [Spot("", tree) for tree in files.trees]
    found: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for root in roots:
        _read_root(root, ledger, found)
    categories = dict(_parents(found["data_category"]))
    uses = dict(_parents(found["data_use"]))
    return Manifest(
        roots=roots,
        organizations=found["organization"],
        systems=found["system"],
        system_keys=frozenset(
            text_of(key) for each in found["system"] if (key := each.word("fides_key"))
        ),
        datasets=found["dataset"],
        category_parents=categories,
        use_parents=uses,
        subjects=found["data_subject"],
    )


def _read_root(root: Spot, ledger: Ledger, found: dict[str, list[Entry]]) -> None:
    if not isinstance(root.node, Mapping):
        ledger.refuse(ProblemCode.WRONG_TYPE, root, _expected())
        return
    file = Entry(root, ledger)
    if not any(key.text in KINDS for key, _ in root.node):
        first = root.node.entries[0][0] if root.node.entries else None
        place = first.place if first else root.place
        ledger.problems.append(
            Problem(
                code=ProblemCode.UNKNOWN_KIND,
                place=place,
                where="",
                given=first.text[:48] if first else "",
                expected=_expected(),
            )
        )
        return
    for kind in KINDS:
        for entry in file.entries(kind):
            if isinstance(entry.spot.node, Mapping) and entry.needed("fides_key") is not None:
                found[kind].append(entry)


def _parents(entries: Sequence[Entry]) -> Iterator[tuple[str, str | None]]:
    """Yield each custom key with its parent; they serve to translate and become no rows."""
    for entry in entries:
        key, parent = entry.word("fides_key"), entry.word("parent_key")
        if key is not None:
            yield text_of(key), None if parent is None else text_of(parent)


def _expected() -> Text:
    listed = one_of(list(KINDS))
    return Text(
        f"一份 fideslang 清单，顶层键为{listed.zh}",
        f"a fideslang manifest with a top-level key that is {listed.en}",
    )
