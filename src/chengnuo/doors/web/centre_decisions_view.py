"""What an individual sees of automated decisions about them: a list, and each one explained.

What counted most is shown as what the operator's system recorded; where it recorded none, the page
says so and does not guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang
from chengnuo.domain.decision.automated import InputValue, Variant
from chengnuo.domain.decision.automated_explaining import Explained, InputExplained
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.doors.texts import moment
from chengnuo.doors.web.page_parts import Empty, Fact, Row, Table, Words, linked, said
from chengnuo.doors.web.wording import Translate, wording
from chengnuo.usecases.decision.automated import AutomatedSeen

PATH = "/centre/decisions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a decision of one activity would rest on now: personal traits or not."""

    activity: ActivityId
    personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage:
    """The recorded decisions about an individual.

    Attributes:
        now: What a decision made now rests on, where one activity is asked about; else empty.
        table: The decisions.
        everything: The way to all of them; empty where all are shown.

    """

    table: Table
    now: str = ""
    everything: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """One decision, explained.

    Attributes:
        title: What was decided.
        erased: Why it cannot be explained; empty where it can.
        facts: For what, when, by which model and version, whether a person took part.
        mechanism: How it decides.
        inputs: What it looked at, first what counted most.
        ranked: What is said of that order.
        plain: What did not count.
        objection: How to object, and how a person looks at it.
        refuse: Where it can be refused; empty where it cannot.
        receipt: Where its receipt is.
        json: Where the explanation is as a file; empty where there is none.

    """

    title: str
    erased: str = ""
    facts: tuple[Fact, ...] = ()
    mechanism: str = ""
    inputs: Table | None = None
    ranked: str = ""
    plain: tuple[str, ...] = ()
    objection: tuple[str, ...] = ()
    refuse: str = ""
    receipt: str = ""
    json: str = ""


def decisions_page(
    lang: Lang, register: Register, decisions: Sequence[AutomatedSeen], probed: Probed | None
) -> DecisionsPage:
    """Return the list, newest first; or that of one activity, with what it does now."""
    t = wording(lang)
    if probed is not None:
        decisions = [one for one in decisions if one.activity == probed.activity]
    heads = ("outcome", "about", "variant", "when")
    return DecisionsPage(
        table=Table(
            caption=t("centre.decisions.name"),
            heads=tuple(t(f"centre.decisions.{head}") for head in heads),
            rows=tuple(_listed(t, lang, register, one) for one in decisions),
            empty=Empty(
                name=t("centre.decisions.none"),
                text=t("centre.decisions.none-text"),
                href="/centre/rights/explain",
                act=t("centre.decisions.ask"),
            ),
        ),
        now="" if probed is None else _now(t, lang, register, probed),
        everything="" if probed is None else PATH,
    )


def _now(t: Translate, lang: Lang, register: Register, probed: Probed) -> str:
    what = register.activity_by_id[probed.activity].purpose.in_lang(lang)
    return t(f"centre.decisions.now-{'personal' if probed.personal else 'not-personal'}", what=what)


def answer_table(lang: Lang, register: Register, decisions: Sequence[AutomatedSeen]) -> Table:
    """Return the decisions of an answer: by what, on what, when, and how each can be refused."""
    t = wording(lang)
    heads = ("outcome", "about", "model", "inputs", "when", "how-to-refuse")
    return Table(
        caption=t("centre.decisions.name"),
        heads=tuple(t(f"centre.decisions.{head}") for head in heads),
        rows=tuple(_answer(t, lang, register, one) for one in decisions),
        empty=Empty(name=t("centre.decisions.none"), text=t("centre.decisions.none-text")),
    )


def decision_page(
    lang: Lang, register: Register, seen: AutomatedSeen, *, refusable: bool = False
) -> DecisionPage:
    """Return one decision, explained.

    Args:
        lang: Language of the page.
        register: The register in force.
        seen: The decision.
        refusable: Whether whoever looks can have it reviewed, if it is of that sort.

    """
    t, found = wording(lang), seen.explained
    receipt = f"/centre/receipts/{seen.position}"
    if seen.record is None or found is None:
        key = "erased" if seen.record is None else "no-words"
        return DecisionPage(
            title=_activity(lang, register, seen),
            erased=t(f"centre.decisions.{key}"),
            receipt=receipt,
        )
    decision = seen.record.decision
    facts = [
        Fact(name=t("centre.decisions.about"), value=said(found.activity.in_lang(lang))),
        Fact(name=t("centre.decisions.when"), value=said(moment(from_us(seen.at)))),
        Fact(
            name=t("centre.decisions.model"),
            value=said(
                found.model.in_lang(lang), t("centre.decisions.version", version=decision.version)
            ),
        ),
        Fact(
            name=t("centre.decisions.person"),
            value=said(t(f"centre.decisions.{'alone' if found.alone else 'with-person'}")),
        ),
        Fact(name=t("centre.decisions.variant"), value=_variant(t, seen)),
        Fact(
            name=t("centre.decisions.major"),
            value=said(t("word.yes" if found.major else "word.no")),
        ),
    ]
    return DecisionPage(
        title=found.outcome.in_lang(lang),
        facts=tuple(facts),
        mechanism="" if found.mechanism is None else found.mechanism.in_lang(lang),
        inputs=_inputs(t, lang, found),
        ranked=t(f"centre.decisions.{'ranked' if found.ranked else 'not-ranked'}"),
        plain=tuple(_plain(t, lang, found)),
        objection=tuple(one.in_lang(lang) for one in (found.review, found.objection) if one),
        refuse=f"{PATH}/{seen.position}/review" if refusable and found.can_refuse else "",
        receipt=receipt,
        json=f"{PATH}/{seen.position}/explanation.json",
    )


def _row(t: Translate, lang: Lang, register: Register, seen: AutomatedSeen) -> Row:
    href = f"{PATH}/{seen.position}"
    name = (
        t("centre.decisions.unknown")
        if seen.explained is None
        else seen.explained.outcome.in_lang(lang)
    )
    return Row(
        cells=(
            linked(name, href),
            said(_activity(lang, register, seen)),
            said(moment(from_us(seen.at))),
        )
    )


def _listed(t: Translate, lang: Lang, register: Register, seen: AutomatedSeen) -> Row:
    name, about, when = _row(t, lang, register, seen).cells
    return Row(cells=(name, about, _variant(t, seen), when))


def _answer(t: Translate, lang: Lang, register: Register, seen: AutomatedSeen) -> Row:
    row, found, record = _row(t, lang, register, seen), seen.explained, seen.record
    if found is None or record is None:
        blank = said("—")
        return Row(cells=(row.cells[0], row.cells[1], blank, blank, row.cells[2], blank))
    version = t("centre.decisions.version", version=record.decision.version)
    ways = [one.in_lang(lang) for one in (found.review, found.objection) if one is not None]
    refuse = (
        linked(t("centre.decisions.refuse"), f"{PATH}/{seen.position}", *ways)
        if found.can_refuse
        else said(*(ways or ["—"]))
    )
    names = ("、" if lang is Lang.ZH else ", ").join(one.name.in_lang(lang) for one in found.inputs)
    return Row(
        cells=(
            row.cells[0],
            row.cells[1],
            said(found.model.in_lang(lang), version),
            said(names or t("centre.decisions.no-inputs")),
            row.cells[2],
            refuse,
        )
    )


def _activity(lang: Lang, register: Register, seen: AutomatedSeen) -> str:
    found = next((one for one in register.activities if one.activity == seen.activity), None)
    return seen.activity if found is None else found.purpose.in_lang(lang)


def _variant(t: Translate, seen: AutomatedSeen) -> tuple[Words, ...]:
    record = seen.record
    personal = record is not None and record.decision.variant is Variant.PERSONAL
    off = record is not None and record.is_off
    notes = [t(f"centre.decisions.switch-{'off' if off else 'on'}")]
    if personal and off:
        notes.append(t("centre.decisions.wrong"))
    return said(t(f"centre.decisions.{'personal' if personal else 'not-personal'}"), *notes)


def _inputs(t: Translate, lang: Lang, found: Explained) -> Table:
    heads = ("input", "value", "counts", "rank")
    return Table(
        caption=t("centre.decisions.inputs"),
        heads=tuple(t(f"centre.decisions.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    said(
                        one.name.in_lang(lang),
                        t("centre.decisions.is-personal") if one.is_personal else "",
                    ),
                    said(_value(t, one.value)),
                    said(one.counts.in_lang(lang)),
                    said(_rank(t, one)),
                )
            )
            for one in found.inputs
        ),
        empty=Empty(name=t("centre.decisions.no-inputs")),
    )


def _rank(t: Translate, one: InputExplained) -> str:
    if one.rank is None:
        return "—"
    if one.permille is None:
        return t("centre.decisions.place", n=one.rank)
    percent = f"{one.permille / 10:+.1f}%"
    return t("centre.decisions.place-part", n=one.rank, part=percent)


def _value(t: Translate, value: InputValue) -> str:
    if isinstance(value, bool):
        return t("word.yes" if value else "word.no")
    if isinstance(value, tuple):
        return "、".join(value) or "—"
    return str(value) or "—"


def _plain(t: Translate, lang: Lang, found: Explained) -> list[str]:
    """Return what was not looked at, and what was recorded as not counting."""
    lines = [t("centre.decisions.not-looked", what=one.in_lang(lang)) for one in found.unused]
    if found.ranked:
        lines += [
            t("centre.decisions.did-not-count", what=one.name.in_lang(lang))
            for one in found.inputs
            if one.rank is None or one.permille == 0
        ]
    return lines
