"""A receipt is linked data, has every field of ISO/IEC TS 27560, and says what it cannot show."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NoReturn

import pytest
import segno
from pyld import jsonld
from tests.domain.evidence.receipts_kit import (
    AT,
    ITEM,
    TAG,
    consent_receipt,
    consent_values,
    plain_receipt,
)
from tests.strategies.told_register import told_register

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError, notice_of
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.evidence.duty_proofs import DUTY_PROOFS, kinds_of
from chengnuo.domain.evidence.kinds import RULES, Kind
from chengnuo.domain.evidence.receipt import (
    CONTEXT,
    PROFILE,
    STATES,
    receipt_bytes,
    receipt_tree,
)
from chengnuo.domain.evidence.receipt_view import receipt_view
from chengnuo.domain.evidence.receipt_words import KIND_WORDS, instant_text
from chengnuo.domain.register.consent_items import consent_items
from chengnuo.domain.register.dpv_terms import CONTEXT as REGISTER_CONTEXT
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue

DPV = "https://w3id.org/dpv#"
DCT = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
OURS = "urn:chengnuo:vocabulary:receipt:1#"
PIPL = "urn:chengnuo:vocabulary:pipl:1#"
MANY = 10**6
DELETION = {"ground": "PIPL-47", "stores": ["main"], "found": 3, "changed": 3, "residue": 0}
Node = dict[str, Any]


def no_fetch(url: str, _: dict[str, Any]) -> NoReturn:
    message = f"the receipt asks for {url}"
    raise AssertionError(message)


def expanded(tree: object) -> Node:
    (node,) = jsonld.expand(tree, {"documentLoader": no_fetch})
    found: Node = node
    return found


@pytest.fixture(name="register", scope="module")
def _register(catalogue: Catalogue) -> Register:
    return told_register(catalogue)


@pytest.fixture(name="items", scope="module")
def _items(register: Register, catalogue: Catalogue) -> list[str]:
    return [item.id for item in consent_items(register, catalogue)]


# The table of the guide: where, property, least, most. `A/B` goes through every A.
CARDINALITIES = [
    ("", f"{DCT}conformsTo", 1, 1),
    ("", f"{DCT}identifier", 1, 1),
    ("", f"{DPV}hasIdentifier", 1, MANY),
    ("", f"{DCT}created", 1, 1),
    ("", f"{DPV}hasDataSubject", 1, 1),
    ("", f"{DPV}hasNotice", 1, 1),
    ("", f"{DCT}language", 1, 1),
    ("hasNotice", f"{DCT}language", 1, 1),
    ("hasNotice", f"{DCT}date", 1, 1),
    ("hasNotice", f"{DCT}coverage", 1, 1),
    ("hasNotice", f"{OURS}sha256", 1, 1),
    ("hasNotice", f"{OURS}text", 1, 1),
    ("", f"{DPV}hasProcess", 1, MANY),
    ("hasProcess", f"{DPV}hasPurpose", 1, MANY),
    ("hasProcess", f"{DPV}hasLegalBasis", 1, MANY),
    ("hasProcess", f"{DPV}hasPersonalData", 1, MANY),
    ("hasProcess/hasPersonalData", f"{DCT}identifier", 1, 1),
    ("hasProcess/hasPersonalData", f"{DPV}hasNecessity", 1, 1),
    ("hasProcess", f"{DPV}hasDataSource", 1, MANY),
    ("hasProcess", f"{DPV}hasProcessing", 1, MANY),
    ("hasProcess", f"{DPV}hasStorageCondition", 2, MANY),
    ("hasProcess", f"{DPV}hasRecipient", 1, MANY),
    ("hasProcess/hasRecipient", f"{DPV}hasName", 1, MANY),
    ("", f"{DPV}hasDataController", 1, MANY),
    ("hasDataController", f"{DPV}hasName", 1, MANY),
    ("hasDataController", f"{DPV}hasIdentifier", 1, MANY),
    ("hasDataController", f"{SCHEMA}contactPoint", 1, MANY),
    ("", f"{DPV}hasConsentControl", 1, MANY),
    ("hasConsentControl", f"{DPV}isExercisedAt", 1, MANY),
    ("", f"{DPV}hasJurisdiction", 1, MANY),
    ("", f"{DPV}hasApplicableLaw", 1, MANY),
    ("", f"{DPV}hasRight", 1, MANY),
    ("hasRight", f"{DPV}isExercisedAt", 1, MANY),
    ("", f"{DPV}hasService", 1, MANY),
    ("", f"{DPV}hasConsentStatus", 1, MANY),
    ("hasConsentStatus", f"{DPV}hasLegalBasis", 1, MANY),
    ("hasConsentStatus", f"{DPV}isIndicatedAtTime", 1, MANY),
    ("hasConsentStatus", f"{DPV}hasDuration", 1, MANY),
    ("hasConsentStatus", f"{DPV}isIndicatedBy", 1, MANY),
    ("hasConsentStatus", f"{DPV}hasIndicationMethod", 1, MANY),
    ("", f"{OURS}evidence", 1, 1),
    ("", f"{OURS}record", 1, 1),
    ("", f"{OURS}doesNotShow", 5, MANY),
]


def nodes(node: Node, way: str) -> list[Node]:
    found = [node]
    for name in filter(None, way.split("/")):
        found = [each for one in found for each in one[f"{DPV}{name}"]]
    return found


@pytest.mark.parametrize("field", CARDINALITIES, ids=lambda field: f"{field[0]} {field[1]}".strip())
def test_every_mandatory_field_of_27560_is_there_for_every_consent_item(
    items: list[str], trees: Callable[[str], Node], field: tuple[str, str, int, int]
) -> None:
    way, name, least, most = field
    for item in items:
        for node in nodes(trees(item), way):
            values = [one for one in node.get(name, []) if one.get("@language") != "en"]
            assert least <= len(values) <= most, (item, way, name)


def test_every_other_party_has_name_id_and_contact(
    items: list[str], trees: Callable[[str], Node]
) -> None:
    others = [
        party
        for item in items
        for party in nodes(trees(item), "hasProcess/hasRecipient")
        if ":recipient:" in party.get("@id", "")
    ]
    assert others
    for party in others:
        assert party[f"{DPV}hasName"]
        assert party[f"{DPV}hasIdentifier"]
        (contact,) = party[f"{SCHEMA}contactPoint"]
        assert contact[f"{SCHEMA}description"]
        assert contact[f"{SCHEMA}address"]


@pytest.fixture(name="trees", scope="module")
def _trees(register: Register, catalogue: Catalogue, items: list[str]) -> Callable[[str], Node]:
    """Every consent item's receipt, expanded once."""
    made = {
        item: expanded(receipt_tree(consent_receipt(register, catalogue, item))) for item in items
    }
    return made.__getitem__


def test_a_storage_condition_says_how_long(trees: Callable[[str], Node]) -> None:
    (process,) = trees(ITEM)[f"{DPV}hasProcess"]
    (length,) = [
        condition[f"{DPV}hasDuration"][0]
        for condition in process[f"{DPV}hasStorageCondition"]
        if f"{DPV}hasDuration" in condition
    ]
    assert length["@type"] == [f"{DPV}TemporalDuration"]
    assert json.dumps(length).count("P30D") == 1


def test_sensitive_information_is_marked_and_nothing_else_is(trees: Callable[[str], Node]) -> None:
    def marks(item: str) -> set[bool]:
        (process,) = trees(item)[f"{DPV}hasProcess"]
        return {
            f"{DPV}SensitivePersonalData" in data["@type"]
            for data in process[f"{DPV}hasPersonalData"]
        }

    assert marks(ITEM) == {True}
    assert marks("nearby/general") == {False}


def test_jurisdiction_law_and_profile_are_those_of_the_mainland(
    trees: Callable[[str], Node],
) -> None:
    node = trees(ITEM)
    assert node[f"{DCT}conformsTo"] == [{"@id": PROFILE}]
    assert node[f"{DPV}hasJurisdiction"] == [{"@id": "https://w3id.org/dpv/loc#CN"}]
    assert node[f"{DPV}hasApplicableLaw"] == [{"@id": f"{PIPL}PIPL"}]


def test_every_term_of_ours_that_is_used_is_defined_in_the_receipt(
    trees: Callable[[str], Node], items: list[str]
) -> None:
    for item in items:
        node = trees(item)
        defined = {term["@id"] for term in node["@included"]}
        rest = {name: value for name, value in node.items() if name != "@included"}
        written = json.dumps(rest)
        used = {part.split('"')[0] for part in written.split(PIPL)[1:]}
        assert {f"{PIPL}{name}" for name in used} <= defined


def test_the_context_knows_every_prefix_of_a_register_export() -> None:
    assert REGISTER_CONTEXT.items() <= CONTEXT.items()


def test_the_recipients_are_those_that_the_matter_is_about(trees: Callable[[str], Node]) -> None:
    def names(item: str) -> list[str]:
        (process,) = trees(item)[f"{DPV}hasProcess"]
        return [one[f"{DPV}hasName"][0]["@value"] for one in process[f"{DPV}hasRecipient"]]

    assert names("nearby/overseas:maps") == ["示例地图公司"]
    assert names(ITEM) == ["杭州示例茶舍有限公司"]
    assert names("wall/general") == ["示例茶节组委会"]
    assert names("wall/publication") == ["任何人（公开）"]


@pytest.mark.parametrize(("kind", "state"), STATES.items())
def test_the_state_is_that_of_the_kind(
    register: Register, catalogue: Catalogue, kind: Kind, state: str
) -> None:
    tree: Any = receipt_tree(consent_receipt(register, catalogue, kind=kind))
    assert tree["dpv:hasConsentStatus"]["@type"] == state


@pytest.mark.parametrize(
    ("more", "who"),
    [
        pytest.param({}, "dpv:DataSubject", id="the individual"),
        pytest.param({"guardian": {"relation": "parent"}}, "dpv:ParentOfDataSubject", id="parent"),
        pytest.param({"guardian": {}}, "dpv:GuardianOfDataSubject", id="guardian, Art. 31"),
        pytest.param({"form": "guardian"}, "dpv:GuardianOfDataSubject", id="form alone, Art. 31"),
    ],
)
def test_who_acted_is_said(
    register: Register, catalogue: Catalogue, more: dict[str, Any], who: str
) -> None:
    tree: Any = receipt_tree(consent_receipt(register, catalogue, more=more))
    assert tree["dpv:hasConsentStatus"]["dpv:isIndicatedBy"] == {"@type": who}


@pytest.mark.parametrize(
    ("kind", "more", "length"),
    [
        pytest.param(Kind.CONSENT_GIVEN, {}, "dpv:UntilEventDuration", id="until withdrawn"),
        pytest.param(
            Kind.CONSENT_GIVEN, {"form": "one-time"}, "dpv:FixedOccurrencesDuration", id="once"
        ),
        pytest.param(
            Kind.CONSENT_GIVEN,
            {"expires": "2027-01-01T00:00:00Z"},
            "dpv:UntilTimeDuration",
            id="until a day",
        ),
        pytest.param(
            Kind.CONSENT_WITHDRAWN,
            {"expires": "2027-01-01T00:00:00Z"},
            "dpv:UntilEventDuration",
            id="a withdrawal does not expire",
        ),
    ],
)
def test_how_long_the_state_holds_is_said(
    register: Register, catalogue: Catalogue, kind: Kind, more: dict[str, Any], length: str
) -> None:
    tree: Any = receipt_tree(consent_receipt(register, catalogue, kind=kind, more=more))
    assert tree["dpv:hasConsentStatus"]["dpv:hasDuration"]["@type"] == length


def test_a_receipt_says_what_its_leaf_and_payload_say(
    register: Register, catalogue: Catalogue
) -> None:
    receipt = consent_receipt(register, catalogue)
    tree: Any = json.loads(receipt_bytes(receipt))
    assert tree["chengnuo:record"] == json.loads(receipt.proof.disclosed[0].payload)
    assert tree["dct:identifier"] == f"urn:chengnuo:{receipt.origin}:0"
    assert tree["chengnuo:at"] == instant_text(AT) == "2025-11-28T06:56:40.000001Z"
    assert tree["chengnuo:tag"] == tree["dpv:hasDataSubject"]["dct:identifier"] == TAG
    assert tree["chengnuo:evidence"] == json.loads(json.dumps(receipt.proof.as_tree()))


def test_the_notice_in_a_receipt_hashes_to_what_the_record_names(
    register: Register, catalogue: Catalogue
) -> None:
    tree: Any = receipt_tree(consent_receipt(register, catalogue))
    notice = tree["dpv:hasNotice"]
    assert sha256(notice["chengnuo:text"].encode()).hexdigest() == tree["chengnuo:record"]["notice"]


def test_proof_and_payload_stay_json_in_linked_data(trees: Callable[[str], Node]) -> None:
    node = trees(ITEM)
    for name in ("evidence", "record"):
        (value,) = node[f"{OURS}{name}"]
        assert value["@type"] == "@json"


def test_a_record_that_rests_on_no_consent_has_the_members_without_those_of_consent() -> None:
    plain = plain_receipt(Kind.DELETION, DELETION)
    tree = receipt_tree(plain)
    node = expanded(tree)
    assert node["@type"] == [f"{OURS}RecordReceipt"]
    assert not {name for name in tree if name.startswith("dpv:has")} - {
        "dpv:hasIdentifier",
        "dpv:hasDataSubject",
    }
    shared = {"chengnuo:record", "chengnuo:evidence", "dct:identifier", "chengnuo:at"}
    assert shared | {"chengnuo:tag", "chengnuo:doesNotShow", "chengnuo:said"} <= set(tree)
    said: Any = tree["chengnuo:said"]
    words = [
        one["skos:prefLabel"][0]["@value"] + "：" + one["rdf:value"][0]["@value"] for one in said
    ]
    assert words == [
        "依据：PIPL-47",
        "数据库：main",
        "找到的行数：3",
        "处理的行数：3",
        "残留行数：0",
    ]


def test_a_record_about_nobody_names_no_individual() -> None:
    values = {"key": "log-signing", "old": "a", "new": "b", "by": "cli"}
    receipt = plain_receipt(Kind.KEY_ROTATED, values, personal=False)
    assert not receipt.is_personal
    assert "dpv:hasDataSubject" not in receipt_tree(receipt)


def test_every_kind_has_words_in_both_languages() -> None:
    assert list(KIND_WORDS) == list(Kind)
    assert all(words.zh and words.en for words in KIND_WORDS.values())


def test_a_consent_receipt_is_as_kept(
    register: Register, catalogue: Catalogue, golden: Callable[[str, str | bytes], None]
) -> None:
    receipt = consent_receipt(register, catalogue)
    golden("evidence/receipt-consent.json", receipt_bytes(receipt))


def test_a_record_receipt_is_as_kept(golden: Callable[[str, str | bytes], None]) -> None:
    golden("evidence/receipt-deletion.json", receipt_bytes(plain_receipt(Kind.DELETION, DELETION)))


@pytest.mark.parametrize("lang", list(Lang))
def test_a_receipt_reads_as_kept(
    register: Register,
    catalogue: Catalogue,
    lang: Lang,
    golden: Callable[[str, str | bytes], None],
) -> None:
    view = receipt_view(consent_receipt(register, catalogue))
    lines = [view.title.in_lang(lang), view.short_id, view.code, ""]
    for label, value in (*view.facts, *view.terms):
        lines.append(f"{label.in_lang(lang)}: {value.in_lang(lang)}")
    lines += ["", *(text.in_lang(lang) for text in view.shows)]
    lines += ["", *(text.in_lang(lang) for text in view.not_shown), "", view.how.in_lang(lang), ""]
    golden(f"evidence/receipt-consent.{lang.value}.txt", "\n".join(lines))


def test_the_code_names_the_record_and_its_leaf_and_fits_a_small_qr_code(
    register: Register, catalogue: Catalogue
) -> None:
    receipt = consent_receipt(register, catalogue)
    view = receipt_view(receipt)
    assert view.code == f"urn:chengnuo:{receipt.origin}:0#{receipt.leaf_hash.hex()}"
    longest = view.code.replace(receipt.origin, "evidence.example-company.com/log-of-2026")
    assert segno.make(longest.replace(":0#", ":9007199254740991#"), error="m").version <= 10


def test_a_notice_is_the_same_from_the_public_part_of_the_register(
    register: Register, catalogue: Catalogue, items: list[str]
) -> None:
    for item in items:
        for lang in Lang:
            whole = notice_of(register, catalogue, item, lang)
            assert whole == notice_of(public_part(register), catalogue, item, lang)
            assert whole.digest == sha256(whole.data).hexdigest()


def test_a_notice_changes_with_its_words_and_its_language_only(catalogue: Catalogue) -> None:
    before = notice_of(told_register(catalogue), catalogue, ITEM, Lang.ZH).digest
    other = told_register(catalogue, instead=(("zh: 按距离排序", "zh: 按远近排序"),))
    elsewhere = told_register(catalogue, instead=(("individuals: 4000", "individuals: 4001"),))
    assert notice_of(other, catalogue, ITEM, Lang.ZH).digest != before
    assert notice_of(told_register(catalogue), catalogue, ITEM, Lang.EN).digest != before
    assert notice_of(elsewhere, catalogue, ITEM, Lang.ZH).digest == before


@pytest.mark.parametrize("item", ["nobody/general", "nearby/provision:courier", "", "nearby"])
def test_a_notice_of_what_is_not_asked_is_refused(
    register: Register, catalogue: Catalogue, item: str
) -> None:
    with pytest.raises(NoSuchConsentItemError, match="asks for no consent item") as refused:
        notice_of(register, catalogue, item, Lang.ZH)
    assert refused.value.code == "no-such-consent-item"


def test_the_notice_text_holds_every_word_of_its_bytes(
    register: Register, catalogue: Catalogue
) -> None:
    notice = notice_of(register, catalogue, ITEM, Lang.ZH)
    said: Any = json.loads(notice.data)
    words = [said["title"], said["app"], said["handler"], said["box"], *said["buttons"]]
    for label, lines in said["facts"]:
        words += [label, *lines]
    assert all(word in notice.text for word in words)


def test_a_payload_given_by_the_kit_is_one_of_the_schema(
    register: Register, catalogue: Catalogue
) -> None:
    assert consent_values(register, catalogue, ITEM)["form"] == "separate"


def test_every_duty_of_the_product_has_a_row_with_articles_that_there_are(
    catalogue: Catalogue,
) -> None:
    assert [row.duty for row in DUTY_PROOFS] == [str(duty.id) for duty in catalogue.in_set("duty")]
    for row in DUTY_PROOFS:
        related = {str(one) for one in catalogue.duty(row.duty).related}
        for article in row.articles:
            assert str(catalogue.duty(article).id) in related, (row.duty, article)
        assert all(RULES[kind].open for kind in row.open)
        assert all(RULES[kind].personal is not None for kind in row.personal)


def test_an_article_leads_to_the_kinds_of_every_duty_it_stands_behind() -> None:
    open_kinds, personal = kinds_of("PIPL-15")
    assert open_kinds == (Kind.DELETION,)
    assert Kind.CONSENT_WITHDRAWN in personal
    assert kinds_of("PIPL-1") == ((), ())
