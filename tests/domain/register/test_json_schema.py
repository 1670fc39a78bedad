"""The JSON Schema says of a file what the reader says of it, as far as one file shows."""

import copy
import dataclasses
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from tests.domain.register.written import FILES, changed, trees

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.canonical import tree_of_register
from chengnuo.domain.register.json_schema import json_schema
from chengnuo.domain.register.kinds import KINDS
from chengnuo.domain.register.problems import ProblemCode, RegisterRefusedError
from chengnuo.domain.register.reading import read_register, read_tree
from chengnuo.domain.register.tree import Mapping, Node, Scalar, is_null
from chengnuo.law.catalogue import Catalogue

INTEGER = re.compile(r"-?\d+")


@pytest.fixture(scope="session")
def schema(catalogue: Catalogue) -> Draft202012Validator:
    Draft202012Validator.check_schema(json_schema(catalogue))
    return Draft202012Validator(
        json_schema(catalogue), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


@pytest.fixture(scope="session")
def whole(catalogue: Catalogue) -> dict[str, Any]:
    """The sample as one file of lists."""
    tree = tree_of_register(read_register(trees(), catalogue=catalogue).register)
    assert isinstance(tree, dict)
    return tree


def as_editors_see(node: Node) -> Tree:
    """The JSON value that an editor makes of a YAML file (core schema, YAML 1.2)."""
    if is_null(node):
        return None
    match node:
        case Scalar(text="true" | "false", plain=True):
            return node.text == "true"
        case Scalar(text=text, plain=True) if INTEGER.fullmatch(text):
            return int(text)
        case Scalar(text=text):
            return text
        case Mapping():
            return {key.text: as_editors_see(child) for key, child in node}
        case _:
            return [as_editors_see(child) for child in node.members]


@pytest.mark.parametrize("name", FILES)
def test_a_sound_file_is_valid(schema: Draft202012Validator, name: str) -> None:
    (tree,) = trees({name: FILES[name]})
    assert list(schema.iter_errors(as_editors_see(tree))) == []


def test_one_file_with_lists_is_valid(schema: Draft202012Validator, whole: dict[str, Any]) -> None:
    assert list(schema.iter_errors(whole)) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        pytest.param("handler.yaml", "address:", "adress:", "address", id="a key misspelt"),
        pytest.param("handler.yaml", "working_days: 15", "working_days: 0", "0", id="below 1"),
        pytest.param("handler.yaml", "working_days: 15", "working_days: soon", "soon", id="no int"),
        pytest.param("apps/demo.yaml", "[NPI-06]", "[NPI-40]", "NPI-40", id="no such app type"),
        pytest.param("apps/demo.yaml", "2026-10-08", "2026-13-08", "2026-13-08", id="no such day"),
        pytest.param("apps/demo.yaml", "not-intended", "no", "no", id="not one of the words"),
        pytest.param(
            "activities/nearby-stores.yaml", "P30D", "30 days", "30 days", id="no ISO period"
        ),
        pytest.param("activities/nearby-stores.yaml", "P30D", "P0D", "P0D", id="a period of none"),
        pytest.param(
            "activities/nearby-stores.yaml", "1 per minute", "0 per minute", "0 per", id="never"
        ),
        pytest.param(
            "activities/nearby-stores.yaml",
            "stores: [main.location_log]",
            "stores: [main]",
            "main",
            id="a store is no table",
        ),
        pytest.param(
            "activities/nearby-stores.yaml", "zh: 推荐附近门店, ", "", "zh", id="no Chinese"
        ),
        pytest.param("recipients/map-co.yaml", "[PI-LOC-PRECISE]", "[]", "[]", id="an empty list"),
        pytest.param("stores/main.yaml", "MAIN_DB", "main-db", "main-db", id="no setting name"),
    ],
)
def test_a_broken_file_is_not_valid(
    schema: Draft202012Validator, name: str, old: str, new: str, said: str
) -> None:
    (tree,) = trees({name: changed(name, old, new)[name]})
    errors = list(schema.iter_errors(as_editors_see(tree)))
    assert errors
    assert any(said in message for error in errors for message in messages(error))


def messages(error: ValidationError) -> list[str]:
    return [error.message, *(said for each in error.context for said in messages(each))]


def test_an_error_is_shown_at_its_own_field(schema: Draft202012Validator) -> None:
    name = "activities/nearby-stores.yaml"
    (tree,) = trees({name: changed(name, "P30D", "30 days")[name]})
    (error,) = schema.iter_errors(as_editors_see(tree))
    assert list(error.absolute_path) == ["retention", "keep"]


def test_every_field_of_every_row_is_described(catalogue: Catalogue) -> None:
    shapes = json.loads(json.dumps(json_schema(catalogue)))["$defs"]
    for kind in KINDS:
        row = shapes[kind.model.__name__]
        keys = {field.name.rstrip("_") for field in dataclasses.fields(kind.model)}
        assert set(row["properties"]) == keys
        for key, field in row["properties"].items():
            assert field["title"].split(" · ")[0], key
            assert not field["description"].startswith("应为"), (kind.name, key)


def test_categories_can_be_chosen_by_their_names(catalogue: Catalogue) -> None:
    chosen = json.loads(json.dumps(json_schema(catalogue)))["$defs"]["CategoryId"]
    names = dict(zip(chosen["enum"], chosen["enumDescriptions"], strict=True))
    assert len(names) == len(catalogue.categories)
    assert names["PI-LOC-PRECISE"].startswith("精准定位")


VALUES: list[Any] = [
    *(None, True, False, 0, 1, -3, 10**15),
    *("", " ", "x", "x-y", "X Y", "字", "a" * 61, "a\x07b", "true", "null", "7"),
    *("P0D", "P1D", "PT", "P1Y6M", "forever", "3 per day", "0 per day", "2026-02-28", "2026-02-30"),
    *("PI-BASIC-NAME", "NPI-06", "main.location_log", "CN", "cn", "MAIN_DB", "consent"),
    *([], {}, [None], ["x"], [[]], {"zh": "字"}, {"zh": ""}, {"en": "x"}, {"zh": "字", "fr": "x"}),
]


def spots(tree: dict[str, Any] | list[Any], path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything inside the lists of a tree."""
    inner = list(tree.items() if isinstance(tree, dict) else enumerate(tree))
    found = [(*path, key) for key, _ in inner]
    for key, child in inner:
        if isinstance(child, dict | list):
            found += spots(child, (*path, key))
    return found


@given(st.data())
def test_the_schema_agrees_with_the_reader(
    schema: Draft202012Validator, whole: dict[str, Any], catalogue: Catalogue, data: st.DataObject
) -> None:
    tree = copy.deepcopy(whole)
    new: Any = None
    *around, last = data.draw(st.sampled_from([each for each in spots(tree) if len(each) > 2]))
    holder: Any = tree
    for key in around:
        holder = holder[key]
    act = data.draw(st.sampled_from(["replace", "replace", "remove", "add"]))
    if act == "remove":
        del holder[last]
    elif act == "add" and isinstance(holder, dict):
        holder["surprise"] = 1
    else:
        new = data.draw(st.sampled_from(VALUES))
        holder[last] = new
    valid = schema.is_valid(tree)
    read = is_read(tree, catalogue)
    if isinstance(new, bool | int):
        # A bare number or `true` is a word to the reader; an editor asks for quotes.
        assert read or not valid
    else:
        assert read is valid


def is_read(tree: Tree, catalogue: Catalogue) -> bool:
    """Tell whether the reader objects to anything but ids across rows."""
    try:
        read_tree(tree, catalogue=catalogue)
    except RegisterRefusedError as error:
        across = {ProblemCode.DANGLING_ID, ProblemCode.DUPLICATE_ID}
        return all(problem.code in across for problem in error.problems)
    return True
