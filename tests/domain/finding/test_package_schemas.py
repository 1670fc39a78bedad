"""Reports of packages held to the official schemas: SARIF 2.1.0 (OASIS) and CycloneDX 1.6."""

import json
from collections.abc import Iterator

import pytest
from jsonschema import Draft4Validator, Draft7Validator
from jsonschema.protocols import Validator
from referencing import Registry
from tests.domain.finding.report_kit import BAD_FINDINGS, REPORTS
from tests.packages_cache import fetched

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.text import Lang
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_sarif import package_sarif
from chengnuo.domain.finding.package_sbom import package_sbom
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.law.catalogue import Catalogue

pytestmark = pytest.mark.real


def schema(name: str) -> dict[str, object]:
    tree: dict[str, object] = json.loads(fetched(name).read_bytes())
    return tree


def errors(validator: Validator, data: bytes) -> Iterator[str]:
    for error in validator.iter_errors(json.loads(data)):
        yield f"{error.json_path}: {error.message[:200]}"


@pytest.fixture(scope="module")
def sarif() -> Validator:
    return Draft4Validator(schema("sarif-schema"))


@pytest.fixture(scope="module")
def cyclonedx() -> Validator:
    beside = [
        (f"http://cyclonedx.org/schema/{file}.SNAPSHOT.schema.json", schema(name))
        for file, name in (("spdx", "spdx-schema"), ("jsf-0.82", "jsf-schema"))
    ]
    registry: Registry = Registry().with_contents(beside)
    return Draft7Validator(schema("cyclonedx-schema"), registry=registry)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("earlier", [None, (), BAD_FINDINGS])
@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_what_its_schema_says(
    name: str,
    earlier: tuple[Finding, ...] | None,
    lang: Lang,
    sarif: Validator,
    catalogue: Catalogue,
) -> None:
    tree = package_sarif(REPORTS[name], catalogue, lang, program_version="1.0.0", earlier=earlier)
    assert list(errors(sarif, canonical_json(tree))) == []


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", REPORTS)
def test_cyclonedx_is_what_its_schema_says(
    name: str, lang: Lang, cyclonedx: Validator, words: ReportWords
) -> None:
    assert list(errors(cyclonedx, package_sbom(REPORTS[name], words, lang))) == []


def test_the_schemas_refuse_what_is_wrong(sarif: Validator, cyclonedx: Validator) -> None:
    wrong: Tree = {"version": "2.1.0", "runs": [{"tool": {}}]}
    assert list(errors(sarif, canonical_json(wrong)))
    assert list(errors(cyclonedx, b'{"bomFormat": "CycloneDX", "specVersion": "1.6", "x": 1}'))
