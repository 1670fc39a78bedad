"""A prompt holds to the law whatever the register says: two answers, nothing ticked, one matter."""

from dataclasses import fields

import pytest
from hypothesis import given
from tests.strategies.registers import law, registers

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.consent_notice import (
    NoSuchConsentItemError,
    matter_of,
    notice_of,
    sheet_of,
)
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.disclosure.prompt import Changed, Prompt, PromptKind, Says
from chengnuo.domain.disclosure.prompts import (
    FIRST_RUN,
    all_prompts,
    consent_prompt,
    first_run_prompt,
    for_guardian,
    moment_prompts,
    prompt_by_id,
    renewed,
)
from chengnuo.domain.register.consent_items import consent_items
from chengnuo.domain.register.model import Register
from chengnuo.law.consent_form import ConsentForm

CONSENTS = set(PromptKind) - {PromptKind.FIRST_RUN, PromptKind.MOMENT}


def faults(prompt: Prompt) -> list[str]:
    """What no prompt may do."""
    found = []
    if sorted(one.says for one in prompt.buttons) != sorted(Says):
        found.append("not one no and one yes")
    if prompt.on_escape is not Says.NO:
        found.append("closing it is no no")
    if any("ticked" in one.name or "chosen" in one.name for one in fields(prompt)):
        found.append("something can be chosen beforehand")
    is_consent = prompt.kind in CONSENTS
    if (prompt.binding is not None) is not is_consent or (prompt.box is not None) is not is_consent:
        found.append("a consent without binding or box, or the other way round")
    if (prompt.kind is PromptKind.GUARDIAN) is not bool(prompt.relations and prompt.waiting):
        found.append("a guardian who does not say how they are related")
    if not all(text.zh and text.en for text in (prompt.title, *prompt.lines)):
        found.append("without words in both languages")
    return found


def test_no_prompt_of_an_app_has_a_fault(told: Declared) -> None:
    assert {one.id: faults(one) for one in all_prompts(told) if faults(one)} == {}


@given(registers())
def test_every_consent_item_of_any_register_has_one_prompt_of_its_own(register: Register) -> None:
    items = consent_items(register, law())
    asked = [consent_prompt(register, law(), item.id) for item in items]
    assert [faults(prompt) for prompt in asked] == [[] for _ in items]
    bound = [prompt.binding for prompt in asked if prompt.binding is not None]
    assert [one.item for one in bound] == [item.id for item in items]
    assert [one.fingerprint for one in bound] == [item.fingerprint for item in items]
    assert [one.form for one in bound] == [item.form for item in items]


def test_the_answer_is_bound_to_the_very_notice_that_is_shown(told: Declared) -> None:
    register, catalogue = told.register, told.catalogue
    for item in consent_items(register, catalogue):
        prompt = consent_prompt(register, catalogue, item.id)
        sheet = sheet_of(matter_of(register, catalogue, item.id))
        assert (prompt.title, prompt.facts, prompt.box) == (sheet.title, sheet.facts, sheet.box)
        assert tuple(one.words for one in prompt.buttons) == sheet.buttons
        assert prompt.binding is not None
        for lang in Lang:
            shown = notice_of(register, catalogue, item.id, lang).digest
            assert prompt.binding.notice(lang) == shown


def test_agreeing_at_the_first_run_consents_to_no_item(told: Declared) -> None:
    prompt = first_run_prompt(told)
    assert prompt.binding is None
    assert prompt.box is None
    assert prompt.steps == 1
    assert DocumentKind.PROCESSING_RULES in {kind for _, kind in prompt.links}
    assert prompt.id == FIRST_RUN


def test_a_moment_says_what_for_and_the_way_without(told: Declared) -> None:
    found = [one for row in told.register.activities for one in moment_prompts(told, row.activity)]
    assert found
    for prompt in found:
        assert prompt.otherwise is not None
        assert prompt_by_id(told.register, told.catalogue, prompt.id) == prompt


def test_a_guardian_says_how_they_are_related_reads_the_rules_and_then_decides(
    told: Declared,
) -> None:
    item = next(
        one
        for one in consent_items(told.register, told.catalogue)
        if one.form is ConsentForm.SEPARATE
    )
    own = consent_prompt(told.register, told.catalogue, item.id)
    theirs = for_guardian(own)
    assert theirs.kind is PromptKind.GUARDIAN
    assert [kind for _, kind in theirs.links] == [DocumentKind.MINORS_RULES]
    assert (own.steps, theirs.steps) == (2, 3)
    assert theirs.binding == own.binding
    assert faults(theirs) == []


def test_a_renewal_shows_old_beside_new_and_keeps_what_it_is_bound_to(told: Declared) -> None:
    item = consent_items(told.register, told.catalogue)[0]
    own = consent_prompt(told.register, told.catalogue, item.id)
    change = Changed(
        what=Text("保存期限", "kept"), before=Text("180 天", "180"), after=Text("30 天", "30")
    )
    again = renewed(own, (change,))
    assert again.changes == (change,)
    assert again.binding == own.binding
    assert again.facts == own.facts
    assert faults(again) == []


def test_what_nobody_asks_has_no_prompt(told: Declared) -> None:
    for wanted in ("", "no-such/general", "browsing/moment-99"):
        with pytest.raises(NoSuchConsentItemError):
            prompt_by_id(told.register, told.catalogue, wanted)
