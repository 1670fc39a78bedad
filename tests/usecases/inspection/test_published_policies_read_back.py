"""A policy published by us reads back into the rows of the register it was derived from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.house.sources import ROOT
from tests.strategies.clean_register import clean_register
from tests.strategies.told_register import told_register

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.documents.html import HtmlPageWriter
from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.adapters.documents.pdf import PdfWriter
from chengnuo.adapters.policies.policy_file import PolicyFile
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.finding.declared_sdks import DeclaredSdks
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.finding.policy_drift import policy_drift
from chengnuo.domain.finding.policy_held import PolicyHeld
from chengnuo.domain.inspection.policies.lexicon import Lexicon, lexicon_of
from chengnuo.domain.inspection.policies.periods import end_of, periods_in, start_of
from chengnuo.domain.inspection.policies.reading import read_policy
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.policy import (
    ContactRole,
    Necessity,
    PolicyFieldKind,
    PolicyReading,
    ReadFrom,
    Said,
)
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.retention import Retention
from chengnuo.engines.policy.enumerating import without_brackets
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.registers import Registers

WRITERS = {"html": HtmlPageWriter(), "md": MarkdownWriter()}
REGISTERS = ("clean", "shop", "told")
Rows = frozenset[tuple[object, ...]]


@pytest.fixture(scope="module")
def lexicon(knowledge: Knowledge, catalogue: Catalogue) -> Lexicon:
    return lexicon_of(knowledge, catalogue)


@pytest.fixture(scope="module")
def registers(catalogue: Catalogue) -> dict[str, Register]:
    source = Registers(source=RegisterFolder(), catalogue=catalogue, clock=SystemClock())
    return {
        "clean": clean_register(),
        "shop": source.load(ROOT / "examples/shop/register", on=date(2026, 11, 1)).register,
        "told": told_register(catalogue),
    }


def declared(found: Register, catalogue: Catalogue) -> Declared:
    return Declared(register=found, catalogue=catalogue, app_id=found.apps[0].app)


@dataclass(frozen=True)
class Published:
    """The documents of one app in one format and language, and what reads them."""

    told: Declared
    form: str
    lang: Lang
    lexicon: Lexicon
    folder: Path

    def read_back(self, kind: DocumentKind) -> PolicyReading:
        path = self.folder / f"{kind}.{self.form}"
        path.write_bytes(WRITERS[self.form].write(derive(self.told, kind), self.lang))
        policy = PolicyFile().read(path)
        return read_policy(
            policy.document, file=path.name, sha256=policy.sha256, lexicon=self.lexicon
        )


@pytest.fixture(
    params=[
        pytest.param((name, form, lang), id=f"{name}-{form}-{lang}")
        for name in REGISTERS
        for form in sorted(WRITERS)
        for lang in Lang
    ]
)
def published(
    request: pytest.FixtureRequest,
    registers: dict[str, Register],
    catalogue: Catalogue,
    lexicon: Lexicon,
    tmp_path: Path,
) -> Published:
    name, form, lang = request.param
    return Published(declared(registers[name], catalogue), form, lang, lexicon, tmp_path)


def words(said: Said | None) -> str:
    return "" if said is None else " ".join(said.words.split()).strip("。.")


def plain(text: Text, lang: Lang) -> str:
    """Return words as a document shows them, without the stop that some end with."""
    return " ".join(text.in_lang(lang).split()).strip("。.")


def kept(retention: Retention) -> tuple[str, str, str]:
    return (str(retention.keep), retention.from_.value, retention.then.value)


def kept_as_said(said: Said | None) -> tuple[str, str, str]:
    phrase = "" if said is None else said.words.partition("（")[0].partition(" (")[0]
    found = "P" + "".join(period[1:] for *_, period in periods_in(phrase))
    start = start_of(phrase)
    return (found, "" if start is None else start.value, end_of(phrase).value)


def activities_of(told: Declared, lang: Lang) -> Rows:
    return frozenset(
        (
            plain(one.purpose, lang).lower(),
            plain(one.scene, lang).lower(),
            frozenset(one.categories),
            frozenset(item.category for item in one.items if not item.necessary),
            kept(one.retention),
        )
        for one in told.activities
    )


def activities_said(reading: PolicyReading) -> Rows:
    groups: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(reading.collected):
        if one.read_from is ReadFrom.LINES:
            key = (words(one.purpose).lower(), words(one.scene).lower())
            groups.setdefault(key, []).append(at)
    return frozenset(
        (
            *key,
            frozenset(reading.collected[at].category for at in places),
            frozenset(
                reading.collected[at].category
                for at in places
                if reading.collected[at].necessity is Necessity.OPTIONAL
            ),
            kept_as_said(reading.collected[places[0]].retention),
        )
        for key, places in groups.items()
    )


def recipients_of(told: Declared, lang: Lang) -> Rows:
    return frozenset(
        (plain(one.name, lang).lower(), plain(one.purpose, lang).lower(), category)
        for one in told.recipients
        for activity in told.activities_with(one)
        for category in {item.category for item in told.provided(activity, one)}
    )


def recipients_said(reading: PolicyReading) -> Rows:
    return frozenset(
        (name_of(party.name).lower(), words(party.purpose).lower(), category)
        for party in reading.parties
        if party.read_from is ReadFrom.TABLE
        for category in party.categories
    )


def name_of(said: Said) -> str:
    """Return the name without the company behind it, if one stands there."""
    return words(said) if said.words.count("（") + said.words.count("(") < 1 else shortened(said)


def shortened(said: Said) -> str:
    return without_brackets(words(said))


def contacts_of(told: Declared) -> Iterator[tuple[object, ...]]:
    handler = told.handler
    officer = handler.protection_officer
    by_role = [
        (ContactRole.GENERAL, handler.contacts),
        (ContactRole.COMPLAINTS, handler.complaints.contacts),
    ]
    if officer is not None:
        by_role.append((ContactRole.OFFICER, officer.contacts))
    for role, contacts in by_role:
        if contacts.email:
            yield PolicyFieldKind.EMAIL, contacts.email.lower(), role
        if contacts.phone:
            yield PolicyFieldKind.PHONE, contacts.phone, role


def test_the_rules_read_back_into_the_rows_of_the_register(
    published: Published, knowledge: Knowledge, catalogue: Catalogue
) -> None:
    told, lang = published.told, published.lang
    reading = published.read_back(DocumentKind.PROCESSING_RULES)
    assert activities_said(reading) == activities_of(told, lang)
    assert recipients_said(reading) >= recipients_of(told, lang)
    assert lang in reading.langs
    assert reading.day(PolicyFieldKind.UPDATED) == told.app.rules_updated
    assert reading.day(PolicyFieldKind.EFFECTIVE) == told.app.rules_effective
    said = {(one.kind, one.value, one.role) for one in reading.fields}
    assert said >= set(contacts_of(told))
    days = str(told.handler.complaints.working_days)
    assert days in {one.value for one in reading.fields_of(PolicyFieldKind.RESPONSE)}
    abroad = {one.country for one in told.recipients if one.is_overseas}
    assert {one.value for one in reading.fields_of(PolicyFieldKind.ABROAD)} >= abroad
    held = PolicyHeld(
        reading=reading,
        register=told.register,
        app=told.app,
        catalogue=catalogue,
        sdks=knowledge.sdks,
    )
    assert [one for one in policy_drift(held).rows if one.side is Side.DECLARED_NOT_USED] == []


def test_list_2_reads_back_into_the_recipients_and_their_sdks(
    published: Published, knowledge: Knowledge
) -> None:
    told = published.told
    reading = published.read_back(DocumentKind.SHARING_LIST)
    assert recipients_said(reading) >= recipients_of(told, published.lang)
    known = DeclaredSdks(recipients=tuple(told.recipients), catalogue=knowledge.sdks)
    said = {one.sdk for one in reading.parties}
    assert all(not said.isdisjoint(known.ids(one)) for one in told.recipients if known.ids(one))


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("clean", marks=pytest.mark.slow),
        pytest.param("shop", marks=pytest.mark.slow),
        "told",
    ],
)
def test_the_documents_as_pdf_read_back_into_the_register(  # noqa: PLR0913, PLR0917  fixtures
    name: str,
    lang: Lang,
    registers: dict[str, Register],
    catalogue: Catalogue,
    lexicon: Lexicon,
    tmp_path: Path,
) -> None:
    told = declared(registers[name], catalogue)
    path = tmp_path / "policy.pdf"
    for kind in (DocumentKind.PROCESSING_RULES, DocumentKind.SHARING_LIST):
        path.write_bytes(PdfWriter().write(derive(told, kind), lang))
        held_as_pdf(path, told, kind, lang, lexicon)


@pytest.mark.real
@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", REGISTERS)
def test_the_documents_as_chromium_prints_them_read_back(  # noqa: PLR0913, PLR0917  fixtures
    name: str,
    lang: Lang,
    registers: dict[str, Register],
    catalogue: Catalogue,
    lexicon: Lexicon,
    browser: Browser,
    tmp_path: Path,
) -> None:
    told = declared(registers[name], catalogue)
    path = tmp_path / "policy.pdf"
    for kind in (DocumentKind.PROCESSING_RULES, DocumentKind.SHARING_LIST):
        page = browser.new_page()
        page.set_content(HtmlPageWriter().write(derive(told, kind), lang).decode())
        page.pdf(path=path)
        page.close()
        held_as_pdf(path, told, kind, lang, lexicon)


def held_as_pdf(
    path: Path, told: Declared, kind: DocumentKind, lang: Lang, lexicon: Lexicon
) -> None:
    """Hold what is read of a PDF to the register; a line's end eats the blank that stood there."""
    policy = PolicyFile().read(path)
    reading = read_policy(policy.document, file=path.name, sha256=policy.sha256, lexicon=lexicon)
    assert unspaced(recipients_said(reading)) >= unspaced(recipients_of(told, lang))
    if kind is DocumentKind.SHARING_LIST:
        return
    assert unspaced(activities_said(reading)) == unspaced(activities_of(told, lang))
    assert reading.day(PolicyFieldKind.UPDATED) == told.app.rules_updated
    assert reading.day(PolicyFieldKind.EFFECTIVE) == told.app.rules_effective
    said = {(one.kind, one.value, one.role) for one in reading.fields}
    assert said >= set(contacts_of(told))


def unspaced(rows: Rows) -> Rows:
    return frozenset(
        tuple(each.replace(" ", "") if isinstance(each, str) else each for each in row)
        for row in rows
    )


@pytest.mark.parametrize(
    ("changed", "into"),
    [
        ("{keep: P30D, from: collected,", "{keep: P60D, from: collected,"),
        ("rules_updated: 2026-10-01", "rules_updated: 2026-10-02"),
        ("email: officer@tea.example", "email: other@tea.example"),
        ("category: PI-BASIC-PHONE", "category: PI-BASIC-EMAIL"),
    ],
)
def test_another_register_is_not_read_out_of_the_same_policy(
    changed: str, into: str, catalogue: Catalogue, lexicon: Lexicon, tmp_path: Path
) -> None:
    other = declared(told_register(catalogue, instead=((changed, into),)), catalogue)
    told = declared(told_register(catalogue), catalogue)
    published = Published(told, "md", Lang.ZH, lexicon, tmp_path)
    reading = published.read_back(DocumentKind.PROCESSING_RULES)
    said = {(one.kind, one.value, one.role) for one in reading.fields}
    same = (
        activities_said(reading) == activities_of(other, Lang.ZH)
        and reading.day(PolicyFieldKind.UPDATED) == other.app.rules_updated
        and said >= set(contacts_of(other))
    )
    assert not same
