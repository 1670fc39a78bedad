"""Below the switches: labels that can be cleared, and consents for one use with their end.

Labels are cleared by the operator's systems; what stands here is the request and what the systems
said of it, both read back from where they are kept (PIPL Arts. 24, 47; GB/T 35273 7.5).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.governance import Switch
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_consents_view import ChoiceWords
from chengnuo.doors.web.page_parts import Fact, Status, StatusKind, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.wording import wording
from chengnuo.law.consent_form import ConsentForm
from chengnuo.usecases.consent.labels import LabelRequest, uses_labels

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelView:
    """The labels of one activity.

    Attributes:
        activity: The activity.
        name: Its purpose.
        status: How the newest request stands.
        facts: What they are made from, since when it stands so, its receipt.
        act_what: Words on the button with the purpose; empty while a request waits.

    """

    activity: str
    name: str
    status: Status
    facts: tuple[Fact, ...]
    act_what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnceView:
    """One consent for one use.

    Attributes:
        name: What it was about.
        status: Whether it still counts, and if not, how it ended.
        facts: When it was given and when it ends or ended.
        item: Its item, where it can be withdrawn; else empty.

    """

    name: str
    status: Status
    facts: tuple[Fact, ...]
    item: str


def label_views(
    say: ChoiceWords, app: AppId, requests: Sequence[LabelRequest]
) -> tuple[LabelView, ...]:
    """Return the activities of an app that use labels, with how requests stand."""
    by_activity = {one.activity: one for one in requests}
    services = say.register.service_by_id
    return tuple(
        _label(say, one, by_activity.get(one.activity))
        for one in say.register.activities
        if uses_labels(one) and services[one.service].app == app
    )


def once_views(say: ChoiceWords, history: Sequence[Entry], *, now: int) -> tuple[OnceView, ...]:
    """Return the newest consents for one use, newest first.

    Args:
        say: Says choices.
        history: Every act of the individual, newest first.
        now: Microseconds since 1970.

    """
    found: list[OnceView] = []
    after: dict[str, Entry] = {}
    for entry in history:
        event = entry.event
        if event.act is Act.GIVE and event.form is ConsentForm.ONE_TIME:
            found.append(_once(say, entry, after.get(event.item), now))
        after[event.item] = entry
    return tuple(found[:MOST_SHOWN])


def seen_now(switch: Switch, register: Register, lang: Lang, *, on: bool) -> Iterator[Fact]:
    """Yield what one is shown now, with the way to check it: the records of what was given."""
    t = wording(lang)
    word = t(f"centre.switches.{'seen-personal' if on else 'seen-not-personal'}")
    checks = tuple(
        Words(
            text=t("centre.switches.check", what=one.purpose.in_lang(lang)),
            href=f"/centre/decisions?about={one.activity}",
        )
        for one in register.activities
        if one.automated is not None and one.automated.off_switch == switch.switch
    )
    if checks:
        yield Fact(name=t("centre.switches.seen"), value=(Words(text=word), *checks))


def _label(say: ChoiceWords, activity: ProcessingActivity, asked: LabelRequest | None) -> LabelView:
    speaker = Speaker(lang=say.lang, register=say.register, catalogue=say.catalogue)
    name = activity.purpose.in_lang(say.lang)
    automated = activity.automated
    factors = () if automated is None else automated.personal_factors
    words = tuple(Words(text=speaker.category(one)) for one in factors)
    facts = [Fact(name=say.t("centre.switches.labels-from"), value=words)]
    if asked is not None:
        link = Words(
            text=say.t("centre.consents.receipt-link"), href=f"/centre/receipts/{asked.position}"
        )
        at = "labels-done-at" if asked.done else "labels-asked-at"
        facts += [
            Fact(name=say.t(f"centre.switches.{at}"), value=said(moment(from_us(asked.at)))),
            Fact(name=say.t("centre.switches.receipt"), value=(link,)),
        ]
    waits = asked is not None and not asked.done
    return LabelView(
        activity=activity.activity,
        name=name,
        status=_label_status(say, asked),
        facts=tuple(facts),
        act_what="" if waits else say.t("centre.switches.labels-ask-what", what=name),
    )


def _label_status(say: ChoiceWords, asked: LabelRequest | None) -> Status:
    if asked is None:
        return Status(kind=StatusKind.NONE, word=say.t("centre.switches.labels-none"))
    if asked.done:
        return Status(kind=StatusKind.FINE, word=say.t("centre.switches.labels-done"))
    return Status(kind=StatusKind.NOTE, word=say.t("centre.switches.labels-open"))


def _once(say: ChoiceWords, entry: Entry, end: Entry | None, now: int) -> OnceView:
    event, until = entry.event, entry.event.until
    ended = until if until is not None and until <= now else None
    word = say.t(f"act.{Act.EXPIRE}")
    if end is not None and (ended is None or end.event.at < ended):
        ended, how = end.event.at, end.event.act
        words = {Act.EXPIRE: "centre.switches.once-used", Act.GIVE: "centre.switches.once-renewed"}
        word = say.t(words.get(how, f"act.{how}"))
    status = (
        Status(kind=StatusKind.FINE, word=say.t("centre.switches.once-open"))
        if ended is None
        else Status(kind=StatusKind.NONE, word=word)
    )
    facts = [_fact(say, "once-given", event.at)]
    if ended is not None:
        facts.append(_fact(say, "once-ended", ended))
    elif until is not None:
        facts.append(_fact(say, "once-until", until))
    receipt = Words(
        text=say.t("centre.consents.receipt-link"), href=f"/centre/receipts/{event.position}"
    )
    facts.append(Fact(name=say.t("centre.switches.receipt"), value=(receipt,)))
    return OnceView(
        name=say.name(entry),
        status=status,
        facts=tuple(facts),
        item=event.item if ended is None else "",
    )


def _fact(say: ChoiceWords, name: str, at: int) -> Fact:
    return Fact(name=say.t(f"centre.switches.{name}"), value=said(moment(from_us(at))))
