"""The places of a row where a draft knew nothing, and what filling them in gives."""

from chengnuo.base.canonical import Tree
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.blanks import Blank, BlankKind, blanks_of, filled, missing_of
from chengnuo.domain.register.handler import Handler

ROW: Tree = {
    "activity": "a",
    "purpose": {"zh": "待补：目的", "en": "to be completed: purpose"},
    "items": [{"category": "PI-BASIC-PHONE", "if_refused": {"zh": "待补：会怎样"}}],
    "retention": {"keep": "forever", "from": "collected"},
    "access": {"rules_taps": 999, "saveable": True},
    "rules_updated": "1970-01-01",
    "country": "ZZ",
}


def test_every_place_that_cannot_be_true_is_a_blank() -> None:
    assert [(one.path, one.kind, one.asked) for one in blanks_of(ROW)] == [
        ("purpose", BlankKind.TEXT, "目的"),
        ("items[0].if_refused", BlankKind.TEXT, "会怎样"),
        ("retention.keep", BlankKind.PERIOD, ""),
        ("access.rules_taps", BlankKind.COUNT, ""),
        ("rules_updated", BlankKind.DAY, ""),
        ("country", BlankKind.COUNTRY, ""),
    ]


def test_filling_in_writes_each_and_takes_out_what_was_left_empty() -> None:
    blanks = tuple(blanks_of(ROW))
    given = {
        "purpose": " 核实是您本人 ",
        "retention.keep": "P1Y",
        "access.rules_taps": "3",
        "rules_updated": "2026-11-01",
        "country": "US",
    }
    made = filled(ROW, blanks, given)
    assert made == {
        "activity": "a",
        "purpose": "核实是您本人",
        "items": [{"category": "PI-BASIC-PHONE"}],
        "retention": {"keep": "P1Y", "from": "collected"},
        "access": {"rules_taps": 3, "saveable": True},
        "rules_updated": "2026-11-01",
        "country": "US",
    }
    assert tuple(blanks_of(ROW)) == blanks
    assert not list(blanks_of(made))


def test_a_field_that_is_not_written_is_a_blank_where_one_word_fits() -> None:
    row: Tree = {"handler": "h", "contacts": {}, "name": "示例"}
    paths = ("security", "individuals", "audits", "contacts.phone", "name", "nothing", "audits")
    found = {one.path: one.kind for one in missing_of(Handler, row, paths)}
    assert found == {
        "security": BlankKind.TEXT,
        "individuals": BlankKind.COUNT,
        "audits.next": BlankKind.DAY,
        "contacts.phone": BlankKind.TEXT,
    }
    lists = ("items", "stores", "items[0].detail", "if_withdrawn")
    asked = {one.path for one in missing_of(ProcessingActivity, {"activity": "a"}, lists)}
    assert asked == {"items[0].detail", "if_withdrawn"}


def test_a_missing_field_is_written_into_the_row() -> None:
    blank = Blank(path="contacts.phone", kind=BlankKind.TEXT)
    audit = Blank(path="audits.next", kind=BlankKind.DAY)
    assert filled({}, [audit], {"audits.next": "2027-01-31"}) == {"audits": {"next": "2027-01-31"}}
    assert filled({}, [audit], {}) == {}
    assert filled({"contacts": {}}, [blank], {"contacts.phone": "010"}) == {
        "contacts": {"phone": "010"}
    }
