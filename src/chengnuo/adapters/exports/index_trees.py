"""The index of a copy for programs: as JSON, and as JSON-LD in the terms of the DPV.

The JSON is format `chengnuo-export`, version 1 (`docs/formats/export.md`). The JSON-LD carries its
context with it, so nothing is fetched; terms of PIPL that the DPV lacks are defined within.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from chengnuo.adapters.exports.rows_text import json_list
from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.saying import both
from chengnuo.domain.register.dpv_terms import CONTEXT, LAW, basis_term, vocabulary, words
from chengnuo.domain.rights.explaining import Explanation, Use
from chengnuo.domain.rights.export_contents import ExportIndex, NotIncluded, TableIndexed
from chengnuo.ports.rights_pages import Row

FORMAT = "chengnuo-export"
VERSION = 1


def index_json(
    index: ExportIndex, number: int, names: Sequence[str], files: Mapping[int, Sequence[str]]
) -> dict[str, Tree]:
    """Return the index; its tables have no rows yet."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "request": index.export,
        "handler": _text(index.handler),
        "madeAt": index.at.isoformat(),
        "register": index.register,
        "law": index.law,
        "masked": index.masked,
        "part": number,
        "parts": list(names),
        "notIncluded": [_left_out(one) for one in index.not_included],
        "tables": [_table(one, files.get(at, ())) for at, one in enumerate(index.tables)],
    }


def _table(one: TableIndexed, files: Sequence[str]) -> dict[str, Tree]:
    said = one.explained
    return {
        "name": one.name,
        "store": said.store,
        "table": said.table,
        "holds": _text(said.holds),
        "place": _text(said.place),
        "rows": one.rows,
        "withheldBecauseOthers": one.withheld,
        "files": list(files),
        "columns": [_column(column) for column in said.columns],
    }


def _column(column: Explanation) -> dict[str, Tree]:
    return {
        "column": column.column,
        "category": column.category,
        "name": _text(column.name),
        "sensitive": column.sensitive,
        "keptByLaw": None if column.kept is None else _text(column.kept),
        "uses": [
            {
                "activity": use.activity,
                "purpose": _text(use.purpose),
                "basis": use.basis.value,
                "source": _text(use.source),
                "recipients": [_text(one) for one in use.recipients],
                "retention": _text(use.period),
            }
            for use in column.uses
        ],
    }


def _left_out(one: NotIncluded) -> dict[str, Tree]:
    return {"what": _text(one.what), "why": _text(one.why), "count": one.count}


def _text(text: Text) -> dict[str, Tree]:
    return {"zh": text.zh, "en": both(text).in_lang(Lang.EN)}


def export_json(
    index: ExportIndex,
    number: int,
    names: Sequence[str],
    files: Mapping[int, Sequence[str]],
    small: Mapping[int, Iterable[Row]],
) -> Iterator[bytes]:
    """Yield the index with the rows of small tables in it; `data` is null for the others."""
    tree = index_json(index, number, names, files)
    tables = tree.pop("tables")
    assert isinstance(tables, list)  # noqa: S101  made a few lines above
    yield json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")[:-1] + b',"tables":['
    for at, (table, one) in enumerate(zip(tables, index.tables, strict=True)):
        head = json.dumps(table, ensure_ascii=False).encode("utf-8", "replace")[:-1]
        yield (b",\n" if at else b"\n") + head + b',"data":'
        if at in small:
            columns = tuple(column.column for column in one.explained.columns)
            yield from json_list(columns, small[at])
        else:
            yield b"null"
        yield b"}"
    yield b"]}\n"


def json_ld(index: ExportIndex, files: Mapping[int, Sequence[str]]) -> Iterator[bytes]:
    """Yield the whole document."""
    graph: list[Tree] = [
        {
            "@id": _iri(index.export),
            "@type": "schema:Dataset",
            "dct:identifier": index.export,
            "dct:created": {"@value": index.at.isoformat(), "@type": "xsd:dateTime"},
            "dpv:hasApplicableLaw": {"@id": LAW},
            "dpv:hasDataController": {
                "@type": "dpv:DataController",
                "dpv:hasName": words(index.handler),
            },
            "schema:hasPart": [{"@id": _iri(index.export, one.name)} for one in index.tables],
        }
    ]
    for at, one in enumerate(index.tables):
        graph.extend(_nodes(index.export, one, files.get(at, ())))
    graph.extend(vocabulary())
    document = {"@context": CONTEXT, "@graph": graph}
    yield (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _nodes(export: str, one: TableIndexed, files: Sequence[str]) -> Iterator[Tree]:
    said = one.explained
    yield {
        "@id": _iri(export, one.name),
        "@type": "schema:Dataset",
        "schema:name": words(said.holds),
        "schema:size": f"{one.rows} rows",
        "schema:distribution": [
            {"@type": "schema:DataDownload", "schema:name": file} for file in files
        ],
        "schema:variableMeasured": [
            {"@id": _iri(export, one.name, column.column)} for column in said.columns
        ],
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageLocation",
            "skos:prefLabel": words(said.place),
        },
    }
    for column in said.columns:
        node: dict[str, Tree] = {
            "@id": _iri(export, one.name, column.column),
            "@type": _type(column),
            "skos:prefLabel": words(column.name),
            "dct:identifier": column.category or column.column,
        }
        if column.uses:
            node["dpv:hasContext"] = [_process(use) for use in column.uses]
        if column.kept is not None:
            node["skos:note"] = words(column.kept)
        yield node


def _type(column: Explanation) -> Tree:
    if column.category is None:
        return "schema:PropertyValue"
    return (
        ["dpv:PersonalData", "dpv:SensitivePersonalData"]
        if column.sensitive
        else "dpv:PersonalData"
    )


def _process(use: Use) -> Tree:
    return {
        "@type": "dpv:Process",
        "dct:identifier": use.activity,
        "dpv:hasPurpose": {"@type": "dpv:Purpose", "skos:prefLabel": words(use.purpose)},
        "dpv:hasLegalBasis": {"@id": basis_term(use.basis)},
        "dpv:hasDataSource": {"@type": "dpv:DataSource", "skos:prefLabel": words(use.source)},
        "dpv:hasRecipient": [
            {"@type": "dpv:Recipient", "skos:prefLabel": words(one)} for one in use.recipients
        ],
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageDuration",
            "skos:prefLabel": words(use.period),
        },
    }


def _iri(export: str, *names: str) -> str:
    return ":".join(("urn:chengnuo:export", export, *(quote(name, safe="") for name in names)))


def rows_json_ld(
    export: str, name: str, columns: tuple[str, ...], rows: Iterable[Row]
) -> Iterator[bytes]:
    """Yield rows as JSON-LD: each is a node whose properties are the columns of the index."""
    context = {column: {"@id": _iri(export, name, column)} for column in columns}
    yield b'{"@context":' + json.dumps(context, ensure_ascii=False).encode() + b',"@graph":'
    yield from json_list(columns, rows)
    yield b"}\n"
