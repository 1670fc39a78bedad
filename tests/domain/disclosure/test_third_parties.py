"""Joint handlers at the point of consent, and the chain of who answers for what."""

from dataclasses import replace

from tests.strategies.told_register import told_register

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Line, texts_of
from chengnuo.domain.disclosure.joint_words import EITHER, TOGETHER
from chengnuo.domain.disclosure.prompts import all_prompts
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.disclosure.responsibility import (
    PART_ANSWERS,
    PART_DUTIES,
    ChainPart,
    responsibility_chain,
)
from chengnuo.domain.disclosure.sharing_list import sharing_document
from chengnuo.domain.register.app import Distributor
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.law.catalogue import Catalogue


def words(line: Line) -> str:
    return "".join(span.text.zh for span in line)


def told_together(declared: Declared) -> dict[str, list[str]]:
    """Return what is said of joint handlers, by prompt."""
    return {
        prompt.id: [
            words(one) for label, lines in prompt.facts if label == TOGETHER for one in lines
        ]
        for prompt in all_prompts(declared)
    }


def test_every_consent_to_joint_handling_names_the_other_party_and_its_part(
    told: Declared,
) -> None:
    joint = {
        one.activity
        for one in told.activities
        for party in told.register.recipients_of(one)
        if party.role is RecipientRole.JOINT
    }
    assert joint
    for prompt, said in told_together(told).items():
        activity, _, matter = prompt.partition("/")
        asked = bool(matter) and not matter.startswith("moment-")
        assert bool(said) is (asked and activity in joint), prompt
        if said:
            assert "示例茶节组委会" in said[0]
            assert said[1].startswith("联系方式：")
            assert "双方：受理请求" in said
            assert said[-1] == EITHER.zh


def test_its_own_rules_are_linked_where_the_register_has_them(catalogue: Catalogue) -> None:
    register = told_register(catalogue)
    url = "https://festival.example/privacy"
    rows = tuple(
        replace(one, rules_url=url) if one.role is RecipientRole.JOINT else one
        for one in register.recipients
    )
    declared = Declared(
        register=replace(register, recipients=rows),
        catalogue=catalogue,
        app_id=register.apps[0].app,
    )
    links = {
        span.link
        for prompt in all_prompts(declared)
        for label, lines in prompt.facts
        if label == TOGETHER
        for one in lines
        for span in one
    }
    assert url in links


def test_the_list_of_sharing_says_who_does_what_and_the_public_part_says_the_same(
    told: Declared,
) -> None:
    said = [one.zh for one in texts_of(sharing_document(told))]
    assert EITHER.zh in said
    assert "责任：连带责任" in said
    public = Declared(
        register=public_part(told.register), catalogue=told.catalogue, app_id=told.app_id
    )
    assert sharing_document(public).blocks == sharing_document(told).blocks
    assert told_together(public) == told_together(told)


def test_the_chain_has_every_party_once_and_an_article_for_each_part(
    told: Declared, catalogue: Catalogue
) -> None:
    links = responsibility_chain(told)
    parties = [one.recipient for one in links if one.recipient]
    assert sorted(parties) == sorted(one.recipient for one in told.recipients)
    assert [one.part for one in links] == sorted(
        (one.part for one in links), key=list(ChainPart).index
    )
    assert sum(one.part is ChainPart.OPERATOR for one in links) == 1
    for part in ChainPart:
        assert catalogue.duty(PART_DUTIES[part]).id == PART_DUTIES[part]
        assert PART_ANSWERS[part]
        assert all(text.zh and text.en for text in PART_ANSWERS[part])
    assert all((one.role is None) is (one.part is not ChainPart.SDK) for one in links)


def test_a_store_is_in_the_chain_once_the_register_names_it(told: Declared) -> None:
    assert not [one for one in responsibility_chain(told) if one.part is ChainPart.STORE]
    store = Distributor(
        name=Text("示例商店", "Example store"), company=Text("示例分发公司", "Example Ltd.")
    )
    apps = tuple(replace(one, distributors=(store,)) for one in told.register.apps)
    with_store = replace(told, register=replace(told.register, apps=apps))
    first = responsibility_chain(with_store)[0]
    assert (first.part, first.name.zh) == (ChainPart.STORE, "示例商店")
