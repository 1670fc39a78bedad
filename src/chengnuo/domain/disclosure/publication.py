"""What a publication is: its documents, its index, and the manifest that names every file.

A publication is made from a register and the law catalogue alone. It is kept for good under its
own name; publishing the same again makes the same files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengnuo.base.digest import Digest, short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.all_documents import DERIVED, KIND_WORDS, derive
from chengnuo.domain.disclosure.changes_note import changes_note
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Part,
    Span,
    Table,
    cell,
    joined,
    line,
    link,
    paragraph,
)
from chengnuo.domain.disclosure.head import day_in_words
from chengnuo.domain.disclosure.saying import joined_texts, same
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

INDEX = {Lang.ZH: "index.html", Lang.EN: "index.en.html"}
"""The first page in each language."""

_TITLE = Text("个人信息处理规则与清单", "Processing rules and lists")
_BETWEEN = Text(" · ", " · ")


@dataclass(frozen=True, slots=True)
class PublishedName:
    """A publication as it stands in a list of versions.

    Attributes:
        id: Its folder in the archive.
        register: Version of the register.
        updated: Day on which the rules were last changed.
        effective: Day from which they apply.

    """

    id: str
    register: Digest
    updated: date
    effective: date


def documents_of(
    register: Register,
    catalogue: Catalogue,
    *,
    before: Register | None,
    before_version: Digest | None,
) -> dict[AppId, tuple[Document, ...]]:
    """Return every document of every app; with what changed where the app was there before.

    Args:
        register: The register.
        catalogue: The law catalogue.
        before: The register published before, or its public part.
        before_version: Version of the register published before.

    """
    found: dict[AppId, tuple[Document, ...]] = {}
    for app in register.apps:
        declared = Declared(register=register, catalogue=catalogue, app_id=app.app)
        documents = [derive(declared, kind) for kind in DERIVED]
        if before is not None and app.app in before.app_by_id:
            old = Declared(
                register=before, catalogue=catalogue, app_id=app.app, version=before_version
            )
            documents.append(changes_note(old, declared))
        found[app.app] = tuple(documents)
    return found


def index_document(
    documents: Mapping[AppId, tuple[Document, ...]],
    *,
    suffixes: Mapping[str, str],
    base: str = "",
    earlier: tuple[PublishedName, ...] = (),
) -> Document:
    """Return the page that leads to every document in every language and format.

    Args:
        documents: Documents by app; at least one app with one document.
        suffixes: Name of each format as people see it, to the end of its file names.
        base: What stands before the addresses, as `current/`.
        earlier: Publications to be listed as earlier versions, newest first.

    """
    heads = [each[0].facts for each in documents.values()]
    several = len(documents) > 1
    blocks: list[Block] = []
    for app, each in documents.items():
        if several:
            blocks.append(Heading(1, f"app-{app}", each[0].facts.app))
        rows = tuple(_row(app, document, suffixes, base) for document in each)
        blocks.append(Table(each[0].facts.app, _COLUMNS, rows))
    if earlier:
        blocks.append(Heading(1, "archive", Text("历史版本", "Earlier versions")))
        blocks.append(
            Table(_ARCHIVE, _ARCHIVE_COLUMNS, tuple(_earlier_row(one) for one in earlier))
        )
    blocks.append(
        paragraph(
            Text("每个文件的校验值见 ", "The digest of each file is in "),
            link(same("manifest.json"), "manifest.json"),
            Text("。", "."),
        )
    )
    return Document(
        id=DocumentKind.INDEX.value,
        kind=DocumentKind.INDEX,
        title=_TITLE,
        facts=Facts(
            handler=heads[0].handler,
            app=joined_texts((head.app for head in heads), "；", "; "),
            register=heads[0].register,
            law=heads[0].law,
            updated=max(head.updated for head in heads),
            effective=max(head.effective for head in heads),
        ),
        blocks=tuple(blocks),
    )


_COLUMNS = (
    Column(Text("文件", "Document"), 4),
    Column(Text("中文", "Chinese"), 4),
    Column(Text("英文", "English"), 4),
)
_ARCHIVE = Text("每次发布的规则与清单", "What was published before")
_ARCHIVE_COLUMNS = (
    Column(Text("登记簿版本", "Register version"), 3),
    Column(Text("更新日期", "Updated on"), 3),
    Column(Text("生效日期", "In effect from"), 3),
)


def _row(
    app: AppId, document: Document, suffixes: Mapping[str, str], base: str
) -> tuple[Cell, ...]:
    cells: list[Cell] = [cell(KIND_WORDS[document.kind])]
    for lang in Lang:
        links: list[Part] = [
            Span(same(name), link=f"{base}{path_of(app, lang, document, suffix)}")
            for name, suffix in suffixes.items()
        ]
        cells.append((joined(links, _BETWEEN),))
    return tuple(cells)


def _earlier_row(one: PublishedName) -> tuple[Cell, ...]:
    name = same(short(one.register))
    return (
        (line(link(name, f"archive/{one.id}/{INDEX[Lang.ZH]}")),),
        cell(day_in_words(one.updated)),
        cell(day_in_words(one.effective)),
    )


def path_of(app: AppId, lang: Lang, document: Document, suffix: str) -> str:
    """Return the path of a file within a publication, as `shop/zh/processing-rules.pdf`."""
    return f"{app}/{lang.value}/{document.id}{suffix}"
