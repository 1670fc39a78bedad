"""A register as DPV JSON-LD expands to the terms that linked data goes by, without a fetch."""

import json
from functools import cache
from typing import Any, NoReturn

import pytest
from hypothesis import Phase, given, settings
from pyld import jsonld
from tests.domain.register.written import trees
from tests.strategies.registers import law, registers

from chengnuo.adapters.formats.dpv import Dpv
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register

DPV = "https://w3id.org/dpv#"
PD = "https://w3id.org/dpv/pd#"
LOC = "https://w3id.org/dpv/loc#"
PIPL = "urn:chengnuo:vocabulary:pipl:1#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def no_fetch(url: str, _: dict[str, Any]) -> NoReturn:
    message = f"the document asks for {url}"
    raise AssertionError(message)


def expanded(register: Register) -> dict[str, Any]:
    """Return the nodes of the expanded document by their ids."""
    document = json.loads(Dpv(law()).write(register))
    nodes = jsonld.expand(document, {"documentLoader": no_fetch})
    return {node["@id"]: node for node in nodes}


@cache
def sample() -> Register:
    return read_register(trees(), catalogue=law()).register


@pytest.fixture(scope="module")
def nodes() -> dict[str, Any]:
    return expanded(sample())


def ids(node: dict[str, Any], name: str) -> list[str]:
    return [each["@id"] for each in node[name]]


def test_an_activity_is_a_process(nodes: dict[str, Any]) -> None:
    process = nodes["urn:chengnuo:demo-co:activity:nearby-stores"]
    assert process["@type"] == [f"{DPV}Process"]
    (purpose,) = process[f"{DPV}hasPurpose"]
    assert purpose[f"{SKOS}prefLabel"] == [
        {"@value": "推荐附近门店", "@language": "zh-cn"},
        {"@value": "Show stores near you", "@language": "en"},
    ]
    assert ids(process, f"{DPV}hasLegalBasis") == [
        f"{PIPL}Art13-1",
        f"{PIPL}Consent-general",
        f"{PIPL}Consent-separate",
    ]
    assert ids(process, f"{DPV}hasJurisdiction") == [f"{LOC}CN"]
    assert ids(process, f"{DPV}hasApplicableLaw") == [f"{PIPL}PIPL"]
    assert ids(process, f"{DPV}hasDataController") == ["urn:chengnuo:demo-co:handler"]


def test_personal_information_says_whether_it_is_sensitive_and_needed(
    nodes: dict[str, Any],
) -> None:
    process = nodes["urn:chengnuo:demo-co:activity:nearby-stores"]
    place, device = process[f"{DPV}hasPersonalData"]
    assert place["@type"] == [f"{DPV}PersonalData", f"{DPV}SensitivePersonalData"]
    assert device["@type"] == [f"{DPV}PersonalData"]
    assert ids(place, f"{DPV}hasNecessity") == [f"{DPV}Optional"]
    assert ids(place, f"{SKOS}broader")[0].startswith(PD)
    assert place[f"{PIPL}if_refused"][0]["@value"] == "可手动选择城市"


def test_storage_says_place_period_and_end(nodes: dict[str, Any]) -> None:
    process = nodes["urn:chengnuo:demo-co:activity:nearby-stores"]
    by_type = {each["@type"][0]: each for each in process[f"{DPV}hasStorageCondition"]}
    assert ids(by_type[f"{DPV}StorageLocation"], f"{DPV}hasLocation") == [f"{LOC}CN"]
    (length,) = by_type[f"{DPV}StorageDuration"][f"{DPV}hasDuration"]
    (value,) = length["http://www.w3.org/1999/02/22-rdf-syntax-ns#value"]
    assert value["@value"] == "P30D"
    assert ids(by_type[f"{DPV}StorageDeletion"], f"{DPV}hasProcessing") == [f"{DPV}Erase"]


def test_a_recipient_stands_with_what_it_gets(nodes: dict[str, Any]) -> None:
    process = nodes["urn:chengnuo:demo-co:activity:nearby-stores"]
    (recipient,) = process[f"{DPV}hasRecipient"]
    assert recipient["@id"] == "urn:chengnuo:demo-co:recipient:map-co"
    assert all(each.startswith(PD) for each in ids(recipient, f"{DPV}hasPersonalData"))
    party = nodes["urn:chengnuo:demo-co:recipient:map-co"]
    assert party["@type"] == [f"{DPV}Recipient", f"{DPV}DataController"]


def test_every_term_of_ours_that_is_used_is_defined(nodes: dict[str, Any]) -> None:
    used = {term for term in terms(list(nodes.values())) if term.startswith(PIPL)}
    assert used <= set(nodes)
    assert nodes[f"{PIPL}Art13-1"][f"{SKOS}broader"] == [{"@id": f"{DPV}Consent"}]


def terms(tree: Any) -> set[str]:  # noqa: ANN401 (any part of a document)
    """Return every IRI that stands in a part of a document, as key, type or value."""
    if isinstance(tree, dict):
        own = {key for key in tree if not key.startswith("@")}
        own |= {tree["@id"]} if "@id" in tree else set()
        own |= set(tree.get("@type", [])) if isinstance(tree.get("@type"), list) else set()
        return own.union(*(terms(value) for value in tree.values()))
    return set().union(*map(terms, tree)) if isinstance(tree, list) else set()


# Without shrinking: a wrong document is easy to read, and shrinking one takes minutes.
@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(registers())
def test_every_register_expands_and_is_written_the_same_again(register: Register) -> None:
    content = Dpv(law()).write(register)
    assert content == Dpv(law()).write(register)
    nodes = expanded(register)
    processes = [node for node in nodes.values() if node.get("@type") == [f"{DPV}Process"]]
    assert len(processes) == len(register.activities)
    known = (DPV, PD, LOC, PIPL, SKOS, "http://", "https://schema.org/", "urn:chengnuo:")
    assert [term for term in terms(list(nodes.values())) if not term.startswith(known)] == []


def test_what_the_document_does_not_say_is_listed() -> None:
    lacking = {(str(lack.row), lack.field) for lack in Dpv(law()).lacks(sample())}
    assert ("app demo", "first_run") in lacking
    assert ("activity nearby-stores", "permissions") in lacking
    assert ("activity nearby-stores", "purpose") not in lacking
