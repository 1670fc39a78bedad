"""fideslang, the manifest language of Fides: read into a register, and written from one.

Reading takes our own rows from `meta.pipl` where they are, and makes drafts of everything else.
What was read is then read once more by the register's own strict reader, so a draft is always a
register. Every word of the files is accounted for in the notes.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from chengnuo.adapters.formats.fideslang_activities import ActivityDrafts
from chengnuo.adapters.formats.fideslang_categories import CategoryTable
from chengnuo.adapters.formats.fideslang_datasets_out import dataset
from chengnuo.adapters.formats.fideslang_flows import Flows
from chengnuo.adapters.formats.fideslang_handler import draft_app, draft_handler
from chengnuo.adapters.formats.fideslang_lacks import lacks
from chengnuo.adapters.formats.fideslang_losses import WHY_LOST
from chengnuo.adapters.formats.fideslang_manifest import Manifest, read_manifest
from chengnuo.adapters.formats.fideslang_names import Names
from chengnuo.adapters.formats.fideslang_recipients import RecipientDrafts
from chengnuo.adapters.formats.fideslang_restore import (
    OwnRows,
    ids_of,
    note_differences,
    note_restored,
    own_rows,
)
from chengnuo.adapters.formats.fideslang_services import ServiceDrafts
from chengnuo.adapters.formats.fideslang_stores import StoreDrafts
from chengnuo.adapters.formats.fideslang_systems_out import (
    app_system,
    organization,
    recipient_system,
    system_keys,
)
from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.adapters.register_yaml import yaml_of_manifest
from chengnuo.base.canonical import Tree
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register
from chengnuo.domain.register.tree import Mapping, Node, Scalar, tree_of
from chengnuo.domain.register.tree import Sequence as ListNode
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.register_format import FormatRefusedError, ImportResult, Lack

_CHILD_WORDS = ("child", "minor", "pupil", "student", "儿童", "未成年")


class Fideslang:
    """Reads and writes fideslang manifests."""

    name = "fideslang"
    suffix = ".yml"

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue whose categories the manifests are translated to."""
        self._catalogue = catalogue

    def read(self, path: Path) -> ImportResult:
        """Read a file, or every YAML file of a folder, into one register; see the port."""
        ledger = Ledger()
        manifest = read_manifest(path, ledger)
        _refuse(ledger)
        resources = [*manifest.systems, *manifest.datasets]
        ours = [found for each in resources if (found := own_rows(each)) is not None]
        _refuse(ledger)
        drafts = list(self._drafts(manifest, ours, ledger))
        _refuse(ledger)
        trees = [*(own.rows.node for own in ours), *drafts]
        register = read_register(trees, catalogue=self._catalogue).register
        if ours:
            self._note_ours(register, manifest, ours, ledger)
        return ImportResult(register=register, notes=ledger.notes(manifest.roots, WHY_LOST))

    def write(self, register: Register) -> bytes:
        """Return a register as one manifest with an organization, systems and datasets."""
        return yaml_of_manifest(self._manifest(register)).encode()

    def lacks(self, register: Register) -> Sequence[Lack]:
        """List what Fides will not show of a register; it is kept under `meta.pipl`."""
        return list(lacks(register))

    def _manifest(self, register: Register) -> dict[str, list[Tree]]:
        table = CategoryTable(self._catalogue, {})
        keys = system_keys(register)
        handler = register.handler
        return {
            "organization": [organization(handler)],
            "system": [
                *(app_system(app, register, table) for app in register.apps),
                *(
                    recipient_system(each, keys[each.recipient], handler)
                    for each in register.recipients
                ),
            ],
            "dataset": [dataset(store, handler, table) for store in register.stores],
        }

    def _drafts(
        self, manifest: Manifest, ours: Sequence[OwnRows], ledger: Ledger
    ) -> Iterator[Node]:
        """Yield a file of rows for each resource that is not ours."""
        taken = ids_of(ours)
        known = {_at(own.resource) for own in ours}
        systems = [each for each in manifest.systems if _at(each) not in known]
        datasets = [each for each in manifest.datasets if _at(each) not in known]
        table = CategoryTable(self._catalogue, manifest.category_parents)
        stores = StoreDrafts(table, ledger, taken["store"])
        stores.add(datasets)
        recipients = RecipientDrafts(ledger, taken["recipient"])
        if not taken["handler"]:
            handler = draft_handler(manifest.organizations, ledger, manifest.roots)
            yield _file("handler", manifest.roots[0], write(handler))
            app = draft_app(handler, manifest.roots[0], ledger, children=_children(manifest))
            yield from _rows("apps", [(manifest.roots[0], app)])
            app_id = str(app.app)
        else:
            app_id = min(taken["app"], default="")
        flows = Flows(
            categories=table,
            stores=stores,
            drafts=recipients,
            manifest=manifest,
            ledger=ledger,
        )
        activities = ActivityDrafts(
            categories=table,
            flows=flows,
            manifest=manifest,
            ledger=ledger,
            names=Names(taken["activity"]),
        )
        services = ServiceDrafts(app_id, activities, recipients, ledger, Names(taken["service"]))
        services.add(systems)
        yield from _rows("services", services.services)
        yield from _rows("activities", services.activities)
        yield from _rows("recipients", recipients.rows())
        yield from _rows("stores", stores.stores)

    def _note_ours(
        self, register: Register, manifest: Manifest, ours: Sequence[OwnRows], ledger: Ledger
    ) -> None:
        """Note our rows as carried, and what somebody changed around them."""
        note_restored(ours, ledger)
        written = self._manifest(register)
        derived = {
            (kind, str(each["fides_key"])): each
            for kind, resources in written.items()
            for each in resources
            if isinstance(each, dict)
        }
        known = {_at(own.resource) for own in ours}
        for kind, entries in (
            ("organization", manifest.organizations[:1]),
            ("system", manifest.systems),
            ("dataset", manifest.datasets),
        ):
            for entry in entries:
                if kind == "organization" or _at(entry) in known:
                    key = entry.word("fides_key")
                    said = text_of(key) if key else ""
                    row = RowRef("handler", register.handler.handler)
                    note_differences(entry, derived.get((kind, said)), row, ledger)


def _at(entry: Entry) -> str:
    return entry.spot.path + entry.spot.place.file


def _refuse(ledger: Ledger) -> None:
    if ledger.problems:
        found = sorted(
            dict.fromkeys(ledger.problems), key=lambda each: (each.place.file, each.place.line)
        )
        raise FormatRefusedError(Fideslang.name, tuple(found))


def _children(manifest: Manifest) -> bool:
    """Tell whether a manifest speaks of children, as a category or a kind of people."""
    words = {
        text_of(spot).lower()
        for system in manifest.systems
        for declaration in system.entries("privacy_declarations")
        for key in ("data_categories", "data_subjects")
        for spot in declaration.words(key)
    }
    return any(child in word for word in words for child in _CHILD_WORDS)


def _rows(plural: str, rows: Sequence[tuple[Spot, object]]) -> Iterator[Node]:
    """Yield rows as a register file; each stands at the line that it comes from."""
    members = tuple(tree_of(write(row), spot.place) for spot, row in rows)
    for place in [spot.place for spot, _ in rows[:1]]:
        name = Scalar(plural, plain=True, place=place)
        yield Mapping(((name, ListNode(members, place)),), place)


def _file(key: str, spot: Spot, tree: Tree) -> Node:
    name = Scalar(key, plain=True, place=spot.place)
    return Mapping(((name, tree_of(tree, spot.place)),), spot.place)
