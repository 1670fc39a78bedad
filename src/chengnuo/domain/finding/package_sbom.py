"""The SDKs and hosts of a package as CycloneDX 1.6: the app, its libraries, whom it names.

The serial number follows from the package alone, so that the same package gives the same bytes.
Which information reaches a host is not known from here: the direction of its data is `unknown`,
and the classes are what the code of its owner can read. Whether a part is declared in the register,
and what became of it since the earlier release, stand as properties of it.
"""

import uuid
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeAlias

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.inspection import Inspection, SdkSeen
from chengnuo.domain.observation.observation import ObservationId, Owner, Subject
from chengnuo.law.ids import CategoryId

_APP = "app"

Marks: TypeAlias = Mapping[tuple[Subject, str], list[Tree]]


def package_sbom(report: PackageReport, words: ReportWords, lang: Lang) -> bytes:
    """Return the parts of a package as a CycloneDX 1.6 file, in canonical JSON.

    Args:
        report: What was found.
        words: Names of SDKs and operators.
        lang: Language of the names.

    """
    inspection = report.inspection
    facts = inspection.package
    component: Tree = {
        "type": "application",
        "bom-ref": _APP,
        "name": facts.app_id or facts.sha256,
        "version": facts.version_name,
        "hashes": [{"alg": "SHA-256", "content": facts.sha256}],
    }
    categories = {one.id: one.categories for one in inspection.observations}
    reads = {one.owner: _categories(one, categories) for one in inspection.sdks}
    marks = _marks(report)
    tree: Tree = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:sha256:{facts.sha256}')}",
        "version": 1,
        "metadata": {
            "component": component,
            "properties": [
                _property("knowledge", inspection.knowledge),
                _property("law", str(report.law_version)),
            ],
        },
        "components": [_sdk(one, reads[one.owner], marks, words, lang) for one in inspection.sdks],
        "services": list(_services(inspection, reads, marks, words)),
    }
    return canonical_json(tree)


def _marks(report: PackageReport) -> Marks:
    """Return what drift and delta say of each part."""
    marks: dict[tuple[Subject, str], list[Tree]] = {}
    for row in () if report.drift is None else report.drift.rows:
        marks.setdefault((row.subject, row.what), []).append(_property("drift", row.side.value))
    for change in () if report.delta is None else report.delta.rows:
        found = marks.setdefault((change.subject, change.what), [])
        found.append(_property("change", change.change.value))
    return marks


def _sdk(
    one: SdkSeen, reads: tuple[str, ...], marks: Marks, words: ReportWords, lang: Lang
) -> Tree:
    row = words.sdk(one.owner)
    tree: dict[str, Tree] = {
        "type": "library",
        "bom-ref": f"sdk:{one.owner.id}",
        "name": words.owner(one.owner).in_lang(lang),
        "properties": [
            _property("sdk", one.owner.id),
            _property("presence", one.presence.value),
            _property("moment", one.moment.value),
            *(_property("may-be", each) for each in one.owner.also),
            *(_property("sign", each) for each in one.signs),
            *(_property("reads", each) for each in reads),
            *marks.get((Subject.SDK, one.owner.id), ()),
        ],
    }
    if row is not None:
        tree["supplier"] = {"name": row.company.in_lang(lang)}
    if one.version:
        tree["version"] = one.version
    return tree


def _services(
    inspection: Inspection, reads: dict[Owner, tuple[str, ...]], marks: Marks, words: ReportWords
) -> Iterator[Tree]:
    owners: dict[str, set[Owner]] = {}
    for one in inspection.observations:
        if one.subject is Subject.HOST:
            owners.setdefault(one.what, set()).add(one.owner)
    for host in sorted(owners):
        classes = sorted({each for owner in owners[host] for each in reads.get(owner, ())})
        row = words.host(host)
        tree: dict[str, Tree] = {
            "bom-ref": f"host:{host}",
            "name": host,
            "x-trust-boundary": True,
        }
        if classes:
            tree["data"] = [{"flow": "unknown", "classification": each} for each in classes]
        properties = list(marks.get((Subject.HOST, host), ()))
        if row is not None:
            tree["provider"] = {"name": row.operator}
            properties.append(_property("country", row.country))
        if properties:
            tree["properties"] = properties
        yield tree


def _categories(
    one: SdkSeen, categories: Mapping[ObservationId, tuple[CategoryId, ...]]
) -> tuple[str, ...]:
    found = (categories.get(ObservationId(each), ()) for each in one.reads)
    return tuple(sorted(set(chain.from_iterable(found))))


def _property(name: str, value: str) -> Tree:
    return {"name": f"chengnuo:{name}", "value": value}
