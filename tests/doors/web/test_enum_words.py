"""Every value of the register that a page shows has its words in both languages."""

from enum import StrEnum

import pytest

from chengnuo.base.text import Lang
from chengnuo.domain.register.activity import MinorsRule
from chengnuo.domain.register.app import MinorsAudience, UnknownAge
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.governance import Risk
from chengnuo.domain.register.method import Operation, Provider, Trigger
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.recipient import (
    Channel,
    DutyBearer,
    RecipientRole,
    SdkStart,
    VettingResult,
)
from chengnuo.domain.register.store import StoreKind, WhenDeleted
from chengnuo.doors.web.console_agenda import DueKind
from chengnuo.doors.web.register_choices import CHOICE_WORDS
from chengnuo.doors.web.wording import texts
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.law.rights import Right
from chengnuo.law.transfer_route import TransferRoute

SHOWN: tuple[tuple[str, type[StrEnum]], ...] = (
    ("provider", Provider),
    ("trigger", Trigger),
    ("operation", Operation),
    ("purpose-kind", PurposeKind),
    ("basis", LegalBasis),
    ("consent", ConsentForm),
    ("role", RecipientRole),
    ("channel", Channel),
    ("sdk-start", SdkStart),
    ("vetting", VettingResult),
    ("route", TransferRoute),
    ("store-kind", StoreKind),
    ("when-deleted", WhenDeleted),
    ("automated-kind", AutomatedKind),
    ("minors-rule", MinorsRule),
    ("minors-audience", MinorsAudience),
    ("unknown-age", UnknownAge),
    ("risk", Risk),
    ("borne-by", DutyBearer),
    ("right", Right),
    ("due", DueKind),
)


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(("values", "section"), CHOICE_WORDS.items(), ids=CHOICE_WORDS.values())
def test_every_choice_of_the_registers_forms_has_its_words(
    lang: Lang, values: type[StrEnum], section: str
) -> None:
    missing = [value for value in values if f"{section}.{value}" not in texts(lang)]
    assert missing == []


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize(("section", "values"), SHOWN, ids=[name for name, _ in SHOWN])
def test_every_value_has_its_words(lang: Lang, section: str, values: type[StrEnum]) -> None:
    missing = [value for value in values if f"{section}.{value}" not in texts(lang)]
    assert missing == []
