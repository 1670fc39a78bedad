"""Every single fault in a law file is refused, with its file, its id and its reason."""

from collections.abc import Callable

import pytest

from chengnuo.adapters.law_source import WrongLawFilesError, read_catalogue

SOUND = {
    "instruments.yaml": """
meta: {title: {zh: 规定, en: Rules}, version: 2026-11, holds: instruments, sources: [公开文本]}
items:
  - id: LAW
    title: {zh: 某法, en: Some law}
    abbreviation: {zh: 某法, en: Some law}
    cite: {zh: "某法第{article}条", en: "Some law Art. {article}"}
    force: law
    status: in-force
""",
    "duties.yaml": """
meta: {title: {zh: 义务, en: Duties}, version: 2026-11, holds: duties, set: some, sources: [某法]}
items:
  - id: LAW-1
    instrument: LAW
    article: '1'
    kind: obligation
    title: {zh: 一, en: One}
    summary: {zh: 第一项义务, en: The first duty}
    check: {kind: static, text: {zh: 查, en: look}}
    confidence: verified
    related: [LAW-2]
    figures: [TD-1]
    parts:
      - id: LAW-1.1
        title: {zh: 一之一, en: One of one}
        check: {kind: static, text: {zh: 查, en: look}}
  - id: LAW-2
    instrument: LAW
    article: '2'
    kind: obligation
    title: {zh: 二, en: Two}
    summary: {zh: 第二项义务, en: The second duty}
    check: {kind: process, text: {zh: 查, en: look}}
    confidence: memory
    related: [LAW-1.1]
""",
    "categories.yaml": """
meta: {title: {zh: 种类, en: Categories}, version: 2026-11, holds: categories, sources: [标准]}
items:
  - id: PI-A
    group: G
    text: {zh: 甲, en: A}
    sensitive: false
    sensitive-in-2020: false
    treat-as: ordinary
""",
    "groups.yaml": """
meta: {title: {zh: 分组, en: Groups}, version: 2026-11, holds: groups, sources: [标准]}
items:
  - {id: G, text: {zh: 组, en: Group}}
""",
    "figures.yaml": """
meta: {title: {zh: 期限, en: Figures}, version: 2026-11, holds: figures, sources: [某法]}
items:
  - id: TD-1
    topic: rights
    text: {zh: 期限, en: Deadline}
    value: 15
    unit: working-days
    comparator: <=
    applies-to: {zh: 处理者, en: handler}
    instrument: LAW
    force: law
    status: in-force
    confidence: verified
""",
    "app_types.yaml": """
meta: {title: {zh: 类型, en: Types}, version: 2026-11, holds: app-types, sources: [规定]}
items:
  - id: NPI-01
    number: 1
    text: {zh: 地图, en: Maps}
    basic-function: {zh: 导航, en: navigation}
    necessary: [{text: {zh: 位置, en: location}, categories: [PI-A]}]
    confidence: verified
""",
}

Change = Callable[[dict[str, str]], None]


def replaced(file: str, old: str, new: str) -> Change:
    """Return a change of one place in one file."""

    def change(files: dict[str, str]) -> None:
        assert files[file].count(old) >= 1
        files[file] = files[file].replace(old, new, 1)

    return change


def test_the_sound_files_are_read() -> None:
    catalogue = read_catalogue({name: text.encode() for name, text in SOUND.items()}, "0" * 64)
    assert [duty.id for duty in catalogue.in_set("some")] == ["LAW-1", "LAW-2"]
    part = catalogue.duty("LAW-1.1")
    assert (part.parent, part.summary, part.article) == ("LAW-1", part.title, "1")
    assert catalogue.duty("LAW-1").shown_as_law
    assert not catalogue.duty("LAW-2").shown_as_law


@pytest.mark.parametrize(
    ("change", "file", "where", "reason"),
    [
        pytest.param(
            replaced("duties.yaml", "    kind: obligation", "    kid: 1\n    kind: obligation"),
            "duties.yaml", "LAW-1", "unknown-key", id="unknown key",
        ),
        pytest.param(
            replaced("duties.yaml", "{zh: 一, en: One}", "{zh: 一, en: One, fr: Un}"),
            "duties.yaml", "LAW-1", "unknown-key", id="unknown language",
        ),
        pytest.param(
            replaced("duties.yaml", "summary: {zh: 第一项义务, en: The first duty}", "binds: []"),
            "duties.yaml", "LAW-1", "missing-key", id="missing summary",
        ),
        pytest.param(
            replaced("duties.yaml", "{zh: 一, en: One}", "{zh: 一}"),
            "duties.yaml", "LAW-1", "missing-key", id="missing English",
        ),
        pytest.param(
            replaced("duties.yaml", "kind: obligation", "kind: wish"),
            "duties.yaml", "LAW-1", "unknown-word", id="unknown kind of duty",
        ),
        pytest.param(
            replaced("duties.yaml", "confidence: verified", "confidence: sure"),
            "duties.yaml", "LAW-1", "unknown-word", id="unknown confidence",
        ),
        pytest.param(
            replaced("figures.yaml", "unit: working-days", "unit: fortnights"),
            "figures.yaml", "TD-1", "unknown-word", id="unknown unit",
        ),
        pytest.param(
            replaced("figures.yaml", "comparator: <=", "comparator: ~="),
            "figures.yaml", "TD-1", "unknown-word", id="unknown comparator",
        ),
        pytest.param(
            replaced("figures.yaml", "value: 15", "value: fifteen"),
            "figures.yaml", "TD-1", "wrong-shape", id="value is no number",
        ),
        pytest.param(
            replaced("duties.yaml", "holds: duties", "holds: wishes"),
            "duties.yaml", "meta", "unknown-word", id="file holds nothing known",
        ),
        pytest.param(
            replaced("duties.yaml", "sources: [某法]", "source: 某法"),
            "duties.yaml", "meta", "unknown-key", id="unknown key in the head",
        ),
        pytest.param(
            replaced("duties.yaml", "\nitems:", "\nmore: 1\nitems:"),
            "duties.yaml", "-", "wrong-shape", id="a third key beside meta and items",
        ),
        pytest.param(
            replaced("groups.yaml", "items:\n  - {id: G, text: {zh: 组, en: Group}}", "items: {}"),
            "groups.yaml", "-", "wrong-shape", id="items are no list",
        ),
        pytest.param(
            replaced("duties.yaml", "id: LAW-2", "id: LAW-1"),
            "duties.yaml", "LAW-1", "duplicate-id", id="an id twice",
        ),
        pytest.param(
            replaced("duties.yaml", "id: LAW-1.1", "id: LAW-2"),
            "duties.yaml", "LAW-2", "duplicate-id", id="a part with the id of a duty",
        ),
        pytest.param(
            replaced("duties.yaml", "related: [LAW-2]", "related: [LAW-9]"),
            "duties.yaml", "LAW-1", "dangling-id", id="related to nothing",
        ),
        pytest.param(
            replaced("duties.yaml", "figures: [TD-1]", "figures: [TD-9]"),
            "duties.yaml", "LAW-1", "dangling-id", id="a figure that is not there",
        ),
        pytest.param(
            replaced("duties.yaml", "instrument: LAW", "instrument: LORE"),
            "duties.yaml", "LAW-1", "dangling-id", id="an instrument that is not there",
        ),
        pytest.param(
            replaced("figures.yaml", "instrument: LAW", "instrument: LORE"),
            "figures.yaml", "TD-1", "dangling-id", id="a figure of no instrument",
        ),
        pytest.param(
            replaced("categories.yaml", "group: G", "group: H"),
            "categories.yaml", "PI-A", "dangling-id", id="a category of no group",
        ),
        pytest.param(
            replaced("app_types.yaml", "categories: [PI-A]", "categories: [PI-B]"),
            "app_types.yaml", "NPI-01", "dangling-id", id="a necessary category that is not there",
        ),
        pytest.param(
            replaced("duties.yaml", "    article: '2'", "    article: '2'\n    article: '3'"),
            "duties.yaml", "-", "unreadable", id="a key twice",
        ),
        pytest.param(
            replaced("duties.yaml", "related: [LAW-1.1]", "related: [LAW-1.1"),
            "duties.yaml", "-", "unreadable", id="broken YAML",
        ),
        pytest.param(
            replaced("duties.yaml", "items:", "items: !!python/object:os.system\n-"),
            "duties.yaml", "-", "unreadable", id="a tag that would make an object",
        ),
    ],
)  # fmt: skip
def test_one_fault_is_refused_with_its_place(
    change: Change, file: str, where: str, reason: str
) -> None:
    files = dict(SOUND)
    change(files)
    with pytest.raises(WrongLawFilesError) as refused:
        read_catalogue({name: text.encode() for name, text in files.items()}, "0" * 64)
    assert refused.value.code == "wrong-law-files"
    assert (file, where, reason) in [
        (each.file, each.id, each.reason) for each in refused.value.problems
    ]
    assert file in str(refused.value) or len(refused.value.problems) > 1
    assert "\n" not in str(refused.value)


def test_all_faults_come_at_once() -> None:
    files = dict(SOUND)
    replaced("duties.yaml", "related: [LAW-2]", "related: [LAW-9]")(files)
    replaced("categories.yaml", "group: G", "group: H")(files)
    with pytest.raises(WrongLawFilesError, match="and 1 more") as refused:
        read_catalogue({name: text.encode() for name, text in files.items()}, "0" * 64)
    assert {each.id for each in refused.value.problems} == {"LAW-1", "PI-A"}


def test_bytes_that_are_no_text_are_refused() -> None:
    files = {name: text.encode() for name, text in SOUND.items()}
    with pytest.raises(WrongLawFilesError) as refused:
        read_catalogue({**files, "duties.yaml": b"\xff\xfe\x00"}, "0" * 64)
    assert refused.value.problems[0].reason == "unreadable"


def test_a_set_named_twice_is_refused() -> None:
    files = {name: text.encode() for name, text in SOUND.items()}
    head = SOUND["duties.yaml"].split("items:", maxsplit=1)[0]
    with pytest.raises(WrongLawFilesError) as refused:
        read_catalogue({**files, "more.yaml": f"{head}items: []\n".encode()}, "0" * 64)
    assert [(e.file, e.reason) for e in refused.value.problems] == [("more.yaml", "duplicate-id")]
