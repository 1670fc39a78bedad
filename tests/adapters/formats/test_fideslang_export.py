"""What is written for Fides loads there, and comes back whole."""

import warnings
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from tests.domain.register.written import trees
from tests.strategies.registers import law, registers

from chengnuo.adapters.formats.fideslang import Fideslang
from chengnuo.adapters.formats.fideslang_lacks import SAID
from chengnuo.domain.register.canonical import tree_of_register
from chengnuo.domain.register.kinds import KINDS
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import RegisterRefusedError
from chengnuo.domain.register.reading import read_register, read_tree
from chengnuo.domain.register.shapes import fields_of
from chengnuo.ports.register_format import Fate, FormatRefusedError

with warnings.catch_warnings():
    # The models are Fides's own; what they say of their library on import is not about us.
    warnings.simplefilter("ignore")
    from fideslang.models import Taxonomy


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(trees(), catalogue=law()).register


def written(register: Register, folder: Path) -> Path:
    path = folder / "fides.yml"
    path.write_bytes(Fideslang(law()).write(register))
    return path


@pytest.mark.parametrize("name", [".2", "a..b", "a."])
def test_a_name_that_is_no_path_is_one_field(register: Register, tmp_path: Path, name: str) -> None:
    store = next(one for one in register.stores if one.tables)
    table = store.tables[0]
    odd = replace(table, columns=(*table.columns, replace(table.columns[0], column=name)))
    changed = replace(store, tables=(odd, *store.tables[1:]))
    stores = tuple(changed if one is store else one for one in register.stores)
    path = written(replace(register, stores=stores), tmp_path)
    loaded = Taxonomy(**yaml.safe_load(path.read_bytes()))
    found = next(one for one in loaded.dataset if one.fides_key == store.store)
    assert name in [field.name for field in found.collections[0].fields]
    back = Fideslang(law()).read(path).register.store_by_id[store.store]
    assert [column.column for column in back.tables[0].columns][-1] == name


@given(registers())
def test_every_register_that_is_written_is_loaded_by_fides_and_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, register: Register
) -> None:
    path = written(register, tmp_path_factory.mktemp("fides"))
    content = path.read_bytes()
    assert content == Fideslang(law()).write(register)
    loaded = Taxonomy(**yaml.load(content, Loader=yaml.CSafeLoader))
    assert len(loaded.system) == len(register.apps) + len(register.recipients)
    assert {each.fides_key for each in loaded.dataset} == {each.store for each in register.stores}
    declared = [each for system in loaded.system for each in system.privacy_declarations]
    assert len(declared) == len(register.activities)
    result = Fideslang(law()).read(path)
    assert result.register == read_tree(tree_of_register(register), catalogue=law()).register
    assert {note.fate for note in result.notes} == {Fate.CARRIED}


def test_a_declaration_says_what_fides_can_say(register: Register, tmp_path: Path) -> None:
    manifest = yaml.safe_load(written(register, tmp_path).read_text(encoding="utf-8"))
    app, vendor = manifest["system"]
    (declaration,) = app["privacy_declarations"]
    assert declaration["data_categories"] == [
        "user.location.precise",
        "user.unique_id.pseudonymous",
    ]
    assert declaration["data_use"] == "essential.service"
    assert declaration["legal_basis_for_processing"] == "Consent"
    assert declaration["retention_period"] == "P30D"
    assert declaration["processes_special_category_data"] is True
    assert declaration["dataset_references"] == ["main"]
    assert declaration["egress"] == ["map-co"]
    assert app["egress"] == [
        {"fides_key": "map-co", "type": "system", "data_categories": ["user.location.precise"]}
    ]
    assert vendor["system_type"] == "Third Party"
    assert vendor["legal_name"] == "示例地图有限公司"
    (collection,) = manifest["dataset"][0]["collections"]
    assert [field["name"] for field in collection["fields"]] == ["place", "person_id"]
    assert collection["fides_meta"]["masking_strategy_override"] == {"strategy": "delete"}


def test_a_recipient_that_has_the_name_of_an_app_gets_another_key(tmp_path: Path) -> None:
    files = trees()
    text = Fideslang(law()).write(read_register(files, catalogue=law()).register).decode()
    register = read_register(files, catalogue=law()).register
    renamed = read_tree(
        yaml.safe_load(yaml.safe_dump(tree_of_register(register)).replace("map-co", "demo")),
        catalogue=law(),
    ).register
    manifest = yaml.safe_load(Fideslang(law()).write(renamed))
    assert [system["fides_key"] for system in manifest["system"]] == ["demo", "recipient.demo"]
    assert "recipient." not in text
    path = tmp_path / "fides.yml"
    path.write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    assert Fideslang(law()).read(path).register == renamed


def test_a_change_made_in_fides_is_told_and_not_followed(
    register: Register, tmp_path: Path
) -> None:
    path = written(register, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert text.count("retention_period: P30D") == 1
    path.write_text(text.replace("retention_period: P30D", "retention_period: P99D"), "utf-8")
    result = Fideslang(law()).read(path)
    assert result.register == register
    (lost,) = result.of(Fate.LOST)
    assert lost.source == "system[0].privacy_declarations[0].retention_period"
    (question,) = result.of(Fate.OPEN)
    assert question.said is not None
    assert "retention_period" in question.said.zh


def test_a_system_added_in_fides_becomes_a_draft_beside_ours(
    register: Register, tmp_path: Path
) -> None:
    path = written(register, tmp_path)
    manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    manifest["system"].append(
        {
            "fides_key": "demo_mailer",
            "name": "Mailer",
            "system_type": "Service",
            "privacy_declarations": [
                {"data_categories": ["user.contact.email"], "data_use": "marketing.communications"}
            ],
        }
    )
    path.write_text(yaml.safe_dump(manifest, allow_unicode=True), encoding="utf-8")
    result = Fideslang(law()).read(path)
    ours = {each.activity for each in register.activities}
    added = [each for each in result.register.activities if each.activity not in ours]
    assert [each.activity for each in added] == ["demo-mailer-marketing-communications"]
    assert result.register.handler == register.handler


def test_our_rows_that_do_not_hold_together_are_refused_with_their_lines(
    register: Register, tmp_path: Path
) -> None:
    path = written(register, tmp_path)
    text = path.read_text(encoding="utf-8")
    broken = text.replace("category: PI-DEVICE-OAID", "category: PI-NO-SUCH")
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(RegisterRefusedError) as refused:
        Fideslang(law()).read(path)
    (problem,) = refused.value.problems
    assert "PI-NO-SUCH" in broken.splitlines()[problem.place.line - 1]


def test_rows_that_are_no_rows_are_refused(register: Register, tmp_path: Path) -> None:
    path = written(register, tmp_path)
    manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    manifest["system"][0]["meta"]["pipl"] = "yes"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    with pytest.raises(FormatRefusedError):
        Fideslang(law()).read(path)


def test_every_field_is_said_by_fides_or_listed_as_lacking() -> None:
    for kind in KINDS:
        assert SAID[kind.name] <= {field.key for field in fields_of(kind.model)}


def test_what_fides_does_not_show_is_listed(register: Register) -> None:
    lacking = {(str(lack.row), lack.field) for lack in Fideslang(law()).lacks(register)}
    assert ("activity nearby-stores", "scene") in lacking
    assert ("activity nearby-stores", "items") in lacking
    assert ("activity nearby-stores", "purpose") not in lacking
    assert ("recipient map-co", "sdk") in lacking
