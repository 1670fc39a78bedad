"""Fields that templates, payloads, interfaces and tables give out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.domain.inspection.published.fields import published_fields
from chengnuo.domain.observation.published import PublishedFile, Written


def _names(text: str) -> list[str]:
    return [one.name for one in published_fields(PublishedFile(file="f", text=text)).fields]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("{{ w.phone }}", ["w.phone"], id="Jinja2"),
        pytest.param("{% for w in winners %}{{ w.phone }}", ["winners.phone"], id="each"),
        pytest.param('<li v-for="(w, n) in winners">{{ w?.phone }}', ["winners.phone"], id="Vue"),
        pytest.param('<p v-text="row.idCard">', ["row.idCard"], id="bound"),
        pytest.param(
            '<tr th:each="w : ${winners}"><td th:text="${w.phone}">',
            ["winners", "winners.phone"],
            id="Thymeleaf",
        ),
        pytest.param("{{{ person.name }}}", ["person.name"], id="Handlebars"),
        pytest.param("{{ 'phone' }} {{ 12 }}", [], id="nothing is named"),
        pytest.param("phone: 13800138000", [], id="words"),
    ],
)
def test_a_template_names_what_it_shows(text: str, names: list[str]) -> None:
    assert _names(text) == names


def test_a_filter_that_masks_is_told_and_lines_are_counted() -> None:
    told = published_fields(
        PublishedFile(file="f", text="a\n{{ phone | mask }}\n{{ phone | upper }}")
    )
    assert [(one.line, one.is_masked) for one in told.fields] == [(2, True), (3, False)]
    assert told.words.splitlines()[0] == "a"
    assert told.words.count("\n") == 2
    assert "phone" not in told.words


def test_a_payload_keeps_the_values_of_a_path_together() -> None:
    tree: Written = {"list": [{"phone": "1", "n": 2}, {"phone": "3", "n": None}], "ok": True}
    told = published_fields(PublishedFile(file="f", tree=tree)).fields
    assert [(one.name, one.values) for one in told] == [
        ("list.phone", ("1", "3")),
        ("list.n", ("2",)),
    ]


def test_of_an_interface_only_what_is_answered_counts() -> None:
    person: Written = {
        "properties": {"phone": {"type": "string"}, "friend": {"$ref": "#/definitions/P"}}
    }
    tree: Written = {
        "swagger": "2.0",
        "definitions": {"P": person},
        "paths": {
            "/p": {
                "post": {
                    "parameters": [{"schema": {"properties": {"idCard": {"type": "string"}}}}],
                    "responses": {"200": {"schema": {"$ref": "#/definitions/P"}}},
                }
            }
        },
    }
    names = [one.name for one in published_fields(PublishedFile(file="f", tree=tree)).fields]
    assert names == ["POST /p phone", "POST /p friend"]


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["openapi", "paths", "responses", "$ref", "properties", "content", "a"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(TREES, st.text(alphabet="{}$|.ab \n'\"", max_size=60))
def test_any_file_is_looked_through(tree: Written, text: str) -> None:
    told = published_fields(PublishedFile(file="f", tree=tree, text=text))
    assert all(one.name for one in told.fields)
    assert told.words.count("\n") == text.count("\n")
