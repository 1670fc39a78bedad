"""What a manifest says is carried, changed, lost or asked about, and never unmentioned."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.registers import law

from chengnuo.adapters.formats.fideslang import Fideslang
from chengnuo.adapters.formats.fideslang_categories import CategoryTable
from chengnuo.adapters.formats.fideslang_words import NO_LEGITIMATE_INTERESTS, read_retention
from chengnuo.adapters.formats.ledger import Spot, leaf_spots
from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.domain.register.draft import is_to_complete, left_to_complete
from chengnuo.domain.register.problems import Problem, ProblemCode, RegisterRefusedError
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.domain.register.store import WhenDeleted
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.ports.register_format import Fate, FormatRefusedError, ImportResult

SYSTEM = """\
organization:
  - fides_key: acme
    name: Acme Ltd.
    controller: {name: A Person, address: 1 Road, email: privacy@acme.example}
system:
  - fides_key: web_shop
    name: Web shop
    system_type: Application
    data_security_practices: encrypted
    egress:
      - {fides_key: courier, type: system, data_categories: [user.contact.address]}
      - {fides_key: warehouse, type: system}
      - {fides_key: outside_partner, type: system}
    privacy_declarations:
      - name: Ship orders
        data_categories: [user.name, user.contact.address.city, system.operations]
        data_use: essential.service
        data_subjects: [customer]
        legal_basis_for_processing: Contract
        retention_period: 2 years after the account is closed
        egress: [courier]
        dataset_references: [orders_db]
      - name: Fraud checks
        data_categories: [user.location]
        data_use: essential.fraud_detection
        legal_basis_for_processing: Legitimate interests
        third_parties: Credit agencies
        data_shared_with_third_parties: True
  - fides_key: warehouse
    system_type: Database
    privacy_declarations: []
  - fides_key: courier
    name: 某快递
    legal_name: 某快递有限公司
    system_type: Third Party
    responsibility: [Processor]
    privacy_policy: https://courier.example/privacy
    dpo: privacy@courier.example
    privacy_declarations: []
dataset:
  - fides_key: orders_db
    name: Orders
    collections:
      - name: orders
        description: 订单
        fidesops_meta: {skip_processing: False}
        fields:
          - name: id
            data_categories: [system.operations]
            fides_meta: {primary_key: True}
          - name: buyer
            data_categories: [user.unique_id]
            fides_meta:
              identity: email
              references: [{dataset: orders_db, field: people.id, direction: from}]
              masking_strategy_override: {strategy: string_rewrite}
          - name: address
            fields:
              - name: city
                data_categories: [user.contact.address.city]
              - name: note
      - name: people
        fields:
          - name: id
            data_categories: [user.unique_id]
            fides_meta: {read_only: true}
"""


@pytest.fixture
def manifest(tmp_path: Path) -> ImportResult:
    return imported(tmp_path, SYSTEM)


def imported(folder: Path, text: str) -> ImportResult:
    (folder / "manifest.yml").write_text(text, encoding="utf-8")
    return Fideslang(law()).read(folder)


def said(result: ImportResult, source: str) -> list[Fate]:
    return [note.fate for note in result.notes if note.source == source]


def test_every_word_of_a_manifest_is_spoken_of(manifest: ImportResult) -> None:
    tree = parse_yaml(SYSTEM, "manifest.yml")
    assert not isinstance(tree, Problem)
    settled = {note.source for note in manifest.notes if note.fate is not Fate.OPEN}
    assert {spot.path for spot in leaf_spots(Spot("", tree))} <= settled


def test_the_organization_is_the_handler_and_persons_stay_out(manifest: ImportResult) -> None:
    handler = manifest.register.handler
    assert handler.handler == "acme"
    assert handler.name.en == "Acme Ltd."
    assert is_to_complete(handler.name)
    assert handler.contacts.email == "privacy@acme.example"
    assert said(manifest, "organization[0].controller.name") == [Fate.LOST]
    assert "A Person" not in str(manifest.register)


def test_a_declaration_is_an_activity(manifest: ImportResult) -> None:
    activity = manifest.register.activity_by_id["web-shop-ship-orders"]  # type: ignore[index]
    assert activity.service == "web-shop"
    assert activity.purpose.en == "Ship orders"
    assert activity.purpose_kind is PurposeKind.SERVICE
    assert activity.basis is LegalBasis.CONTRACT
    assert activity.categories == ("PI-BASIC-NAME", "PI-BASIC-ADDR")
    assert str(activity.retention.keep) == "P2Y"
    assert activity.retention.from_ is RetentionStart.ACCOUNT_CANCELLED
    assert activity.stores == ("orders-db.orders", "orders-db.people")
    assert activity.recipients == ("courier",)


def test_legitimate_interests_become_consent_and_a_question(manifest: ImportResult) -> None:
    activity = manifest.register.activity_by_id["web-shop-fraud-checks"]  # type: ignore[index]
    assert activity.basis is LegalBasis.CONSENT
    (source,) = {note.source for note in manifest.notes if note.said == NO_LEGITIMATE_INTERESTS}
    assert source == "system[0].privacy_declarations[1].legal_basis_for_processing"
    assert said(manifest, source) == [Fate.CHANGED, Fate.OPEN]


def test_vendors_outside_systems_and_free_texts_are_recipients(manifest: ImportResult) -> None:
    found = manifest.register.recipient_by_id
    assert set(found) == {"courier", "outside-partner", "credit-agencies"}
    courier = found["courier"]  # type: ignore[index]
    assert courier.role is RecipientRole.ENTRUSTED
    assert courier.company.zh == "某快递有限公司"
    assert courier.rules_url == "https://courier.example/privacy"
    assert courier.categories == ("PI-BASIC-ADDR",)
    assert said(manifest, "system[0].egress[1].fides_key") == [Fate.LOST]


def test_a_dataset_is_a_store(manifest: ImportResult) -> None:
    (store,) = manifest.register.stores
    orders, people = store.tables
    assert store.connection == "DB_ORDERS_DB"
    assert orders.identity == ("buyer",)
    assert orders.not_personal == ("id",)
    assert {column.column: column.category for column in orders.columns} == {
        "buyer": "PI-NETID-ACCOUNT",
        "address.city": "PI-BASIC-ADDR",
    }
    assert orders.columns[0].when_deleted is WhenDeleted.MASK
    assert people.columns[0].when_deleted is WhenDeleted.KEEP
    (reference,) = orders.references
    assert (reference.columns, reference.to, reference.to_columns) == (
        ("buyer",),
        "orders-db.people",
        ("id",),
    )


def test_what_fideslang_does_not_know_is_marked_and_asked(manifest: ImportResult) -> None:
    marked = {(str(ref), field) for ref, field, _ in left_to_complete(manifest.register)}
    assert ("handler acme", "complaints.path") in marked
    assert ("activity web-shop-ship-orders", "scene") in marked
    asked = {str(row) for row, _ in manifest.questions()}
    assert {"handler acme", "app acme", "activity web-shop-ship-orders", "store orders-db"} <= asked


@pytest.mark.parametrize(
    ("text", "period", "start", "whole"),
    [
        ("P30D", "P30D", RetentionStart.COLLECTED, True),
        ("30 days", "P30D", RetentionStart.COLLECTED, True),
        ("1 year and 6 months", "P1Y6M", RetentionStart.COLLECTED, True),
        ("3 年", "P3Y", RetentionStart.COLLECTED, True),
        ("730", "P730D", RetentionStart.COLLECTED, False),
        ("6个月，自账户注销起", "P6M", RetentionStart.ACCOUNT_CANCELLED, False),
        ("2 weeks after last login", "P2W", RetentionStart.LAST_USED, False),
    ],
)
def test_a_retention_text_is_read(
    text: str, period: str, start: RetentionStart, whole: bool
) -> None:
    reading = read_retention(text)
    assert reading is not None
    assert (str(reading.period), reading.start, reading.whole) == (period, start, whole)


@pytest.mark.parametrize("text", ["until no longer needed", "0 days", "30 days or 60 days", "0"])
def test_a_retention_text_without_one_period_is_asked_about(text: str) -> None:
    assert read_retention(text) is None


@given(st.text(max_size=60))
def test_reading_a_retention_text_never_fails(text: str) -> None:
    read_retention(text)


def test_every_key_of_the_default_taxonomy_is_known() -> None:
    fideslang = pytest.importorskip("fideslang.default_taxonomy")
    table = CategoryTable(law(), {})
    keys = [each.fides_key for each in fideslang.DEFAULT_TAXONOMY.data_category]
    readings = {key: table.read(key) for key in keys if key != "data_category"}
    assert len(readings) >= 84
    unknown = [key for key, found in readings.items() if found.personal and not found.categories]
    assert unknown == []
    assert {key for key, found in readings.items() if not found.personal} == {
        key for key in keys if key.split(".")[0] == "system"
    }


@pytest.mark.parametrize(
    ("key", "category"),
    [
        ("user.contact.address.city", "PI-BASIC-ADDR"),
        ("user.political_opinion", "PI-OTHER-POLITICS"),
        ("user.provided.identifiable.contact.email", "PI-BASIC-EMAIL"),
        ("user.name.nickname", "PI-BASIC-NAME"),
    ],
)
def test_keys_below_known_ones_and_of_older_taxonomies_are_known(key: str, category: str) -> None:
    assert CategoryTable(law(), {}).read(key).categories[0] == category


def test_custom_keys_are_known_by_their_parents(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """\
data_category: [{fides_key: shoe_size, parent_key: user.health_and_medical}]
data_use: [{fides_key: shoe_ads, parent_key: marketing.advertising}]
system:
  - fides_key: shoes
    system_type: Service
    privacy_declarations: [{data_categories: [shoe_size], data_use: shoe_ads}]
""",
    )
    (activity,) = result.register.activities
    assert activity.categories == ("PI-HEALTH-HISTORY",)
    assert activity.purpose_kind is PurposeKind.ADVERTISING


def test_parents_that_go_in_a_circle_end(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """\
data_category: [{fides_key: a, parent_key: b}, {fides_key: b, parent_key: a}]
system:
  - fides_key: s
    system_type: Service
    privacy_declarations: [{data_categories: [a], data_use: a}]
""",
    )
    assert result.register.activities == ()


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        pytest.param("a: 1\n", ProblemCode.UNKNOWN_KIND, 1, id="no key of the format"),
        pytest.param("- a\n", ProblemCode.WRONG_TYPE, 1, id="no mapping"),
        pytest.param("system: 7\n", ProblemCode.WRONG_TYPE, 1, id="no list"),
        pytest.param("system:\n  - 7\n", ProblemCode.WRONG_TYPE, 2, id="no resource"),
        pytest.param("system:\n  - name: x\n", ProblemCode.MISSING_KEY, 2, id="no fides_key"),
        pytest.param("system: [\n", ProblemCode.BROKEN_YAML, 2, id="broken"),
        pytest.param("system: &a [*a]\n", ProblemCode.ALIAS, 1, id="an anchor"),
        pytest.param("system: []\nsystem: []\n", ProblemCode.DUPLICATE_KEY, 2, id="a key twice"),
        pytest.param(
            "dataset:\n  - {fides_key: a, collections: [{fields: [{}]}]}\n",
            ProblemCode.MISSING_KEY,
            2,
            id="a collection without a name",
        ),
        pytest.param(
            "dataset:\n  - {fides_key: a, collections: []}\n  - {fides_key: a, collections: []}\n",
            ProblemCode.DUPLICATE_ID,
            3,
            id="one key twice",
        ),
        pytest.param(
            "system:\n  - fides_key: s\n    privacy_declarations:\n      - data_use: x\n",
            ProblemCode.MISSING_KEY,
            4,
            id="a declaration without categories",
        ),
    ],
)
def test_what_is_no_manifest_is_refused_at_its_line(
    tmp_path: Path, text: str, code: ProblemCode, line: int
) -> None:
    with pytest.raises(FormatRefusedError) as refused:
        imported(tmp_path, text)
    assert (refused.value.problems[0].code, refused.value.problems[0].place.line) == (code, line)


WORDS = st.sampled_from(
    [
        *(
            "fides_key",
            "name",
            "system",
            "dataset",
            "collections",
            "fields",
            "meta",
            "pipl",
            "user",
        ),
        *(
            "privacy_declarations",
            "data_categories",
            "data_use",
            "egress",
            "type",
            "fides_meta",
            "a.b",
        ),
    ]
)
TREES = st.recursive(
    st.one_of(WORDS, st.none(), st.booleans(), st.integers(0, 99), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=20,
)


@given(st.fixed_dictionaries({"system": TREES, "dataset": TREES}))
def test_any_tree_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, tree: object
) -> None:
    path = tmp_path_factory.mktemp("any") / "manifest.yml"
    path.write_text(json.dumps(tree), encoding="utf-8")
    with suppress(RegisterRefusedError):
        assert Fideslang(law()).read(path).register.apps
