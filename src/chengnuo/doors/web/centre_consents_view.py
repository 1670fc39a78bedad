"""What somebody has chosen, item by item: when, on which text, where; and how to take it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang
from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.what_follows import UNDO_FOR_US
from chengnuo.domain.disclosure.consent_asking import asked
from chengnuo.domain.disclosure.consent_facts import if_withdrawn
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError, matter_of, notice_of
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.model import Register
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_waiting import WaitingView
from chengnuo.doors.web.page_parts import Empty, Fact, Status, StatusKind, Words
from chengnuo.doors.web.wording import texts, wording
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.individuals import Visitor
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.consent.guardians import guardian_tag
from chengnuo.usecases.consent.renewing import Renewal
from chengnuo.usecases.register_desk import Desk

KeptRegister = Callable[[str], Register | None]
"""Returns the register of a kept version; None if it is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """One item with the choice that stands.

    Attributes:
        position: Position of the record, which a withdrawal or an undo names.
        item: Consent item.
        name: What it is about, in one line.
        status: What was chosen.
        facts: Form, time, text, place, receipt.
        if_withdrawn: What a withdrawal means, in one sentence; empty if there is nothing to
            withdraw.
        undo_until: Until when a withdrawal can be undone; empty if it cannot.
        decide: The way to its prompt, or empty.

    """

    position: int
    item: str
    name: str
    status: Status
    facts: tuple[Fact, ...]
    if_withdrawn: str = ""
    undo_until: str = ""
    decide: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsPage:
    """The page 我的同意.

    Attributes:
        done: What was just done, or empty.
        follow: What follows from it, or empty.
        grown: What a guardian had agreed to, for whoever is fourteen now to decide.
        again: What has to be decided anew.
        given: What is agreed to.
        other: What is not, or not any more.
        empty: What to say where nothing is agreed to.
        waiting: What waits for a guardian.

    """

    done: str
    follow: str
    grown: tuple[ConsentView, ...]
    again: tuple[ConsentView, ...]
    given: tuple[ConsentView, ...]
    other: tuple[ConsentView, ...]
    empty: Empty
    waiting: tuple[WaitingView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """A notice as it was shown.

    Attributes:
        title: What it was about.
        facts: Of the record.
        text: The words; empty if they cannot be shown.
        why_not: Why not, or empty.

    """

    title: str
    facts: tuple[Fact, ...]
    text: str
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceWords:
    """Says choices in one language, by the register in force and those before it.

    Attributes:
        lang: The language.
        register: The register in force.
        catalogue: The law catalogue.
        kept: Finds earlier registers.
        guardian: Which guardian looks; empty where the individual does. Of another guardian they
            are told that there is one, not how related.

    """

    lang: Lang
    register: Register
    catalogue: Catalogue
    kept: KeptRegister
    guardian: str = ""

    def t(self, key: str, /, **places: object) -> str:
        """Return a text of the pages."""
        return wording(self.lang)(key, **places)

    def matter(self, entry: Entry) -> Matter | None:
        """Return the matter of a choice: as it is now, else as it was; None if neither is known."""
        for register in (self.register, self.kept(entry.register)):
            if register is not None:
                try:
                    return matter_of(register, self.catalogue, entry.event.item)
                except NoSuchConsentItemError:
                    continue
        return None

    def name(self, entry: Entry) -> str:
        """Return what a choice is about, in one line."""
        matter = self.matter(entry)
        return entry.event.item if matter is None else asked(matter)[0].in_lang(self.lang)

    def is_asked(self, item: ConsentItemId) -> bool:
        """Tell whether the register in force still asks for an item."""
        try:
            matter_of(self.register, self.catalogue, item)
        except NoSuchConsentItemError:
            return False
        return True

    def known(self, table: str, word: str) -> str:
        """Return what a word of a record is called, the word itself if it has no name."""
        key = f"centre.consents.{table}.{word}"
        return texts(self.lang).get(key, word)

    def facts(self, entry: Entry) -> tuple[Fact, ...]:
        """Return form, time, text, place, guardian and receipt of a choice."""
        event = entry.event
        found = [
            self._fact("form", self.t(f"consent.{event.form}")),
            self._fact("when", moment(from_us(event.at))),
        ]
        if event.until is not None:
            found.append(self._fact("until", moment(from_us(event.until))))
        if entry.notice:
            href = f"/centre/consents/{event.position}"
            found.append(self._fact("text", self.t("centre.consents.text-link"), href))
        if entry.surface:
            steps = self.t("centre.consents.steps", n=entry.steps)
            found.append(self._fact("where", f"{self.known('surface', entry.surface)} · {steps}"))
        if entry.guardian is not None:
            is_another = bool(self.guardian) and entry.guardian.who != self.guardian
            relation = (
                self.t("guardians.another")
                if is_another
                else self.known("relation", entry.guardian.relation)
            )
            found.append(self._fact("guardian", relation))
        receipt = f"/centre/receipts/{event.position}"
        found.append(self._fact("receipt", self.t("centre.consents.receipt-link"), receipt))
        return tuple(found)

    def _fact(self, name: str, text: str, href: str = "") -> Fact:
        return Fact(name=self.t(f"centre.consents.{name}"), value=(Words(text=text, href=href),))


def choice_words(lang: Lang, desk: Desk, visitor: Visitor | None = None) -> ChoiceWords:
    """Return the words of choices, by the register in force and the kept ones, for who looks."""

    def kept(version: str) -> Register | None:
        try:
            return desk.register_of(version).register if version else None
        except UnknownVersionError:
            return None

    return ChoiceWords(
        lang=lang,
        register=desk.served.register,
        catalogue=desk.catalogue,
        kept=kept,
        guardian=""
        if visitor is None or visitor.guardian is None
        else guardian_tag(visitor.guardian),
    )


def consents_page(
    say: ChoiceWords,
    standing: Mapping[ConsentItemId, Entry],
    renewals: tuple[Renewal, ...],
    *,
    now: int,
    done: Entry | None,
) -> ConsentsPage:
    """Return the page.

    Args:
        say: Says choices.
        standing: The choice that stands for each item.
        renewals: What has to be decided anew.
        now: Microseconds since 1970.
        done: The choice that was just made, if one was.

    """
    again = {renewal.item.id for renewal in renewals}
    entries = sorted(standing.values(), key=lambda one: -one.event.position)
    views = {
        one.event.item: _view(say, one, now, changed=one.event.item in again) for one in entries
    }
    given = [one for one in entries if _is_in_force(one, now) and one.event.item not in again]
    grown = [one for one in entries if one.event.act is Act.HAND_OVER]
    shown = {*again, *(one.event.item for one in (*given, *grown))}
    other = [one for one in entries if one.event.item not in shown]
    undone = done is not None and done.event.act is Act.GIVE
    return ConsentsPage(
        done=""
        if done is None
        else say.t(
            "centre.consents.said-undo" if undone else "centre.consents.said-withdraw",
            what=say.name(done),
        ),
        follow="" if done is None or undone else say.t("centre.consents.follow"),
        grown=tuple(_asked_anew(say, views[one.event.item]) for one in grown),
        again=tuple(views[one.event.item] for one in entries if one.event.item in again),
        given=tuple(views[one.event.item] for one in given),
        other=tuple(views[one.event.item] for one in other),
        empty=Empty(
            name=say.t("centre.consents.given-none"),
            text=say.t("centre.consents.given-none-text"),
            href="/centre/prompts",
            act=say.t("centre.consents.to-prompts"),
        ),
    )


def notice_page(say: ChoiceWords, entry: Entry) -> NoticePage:
    """Return the text of a choice as it was shown, made again from the register of that day."""
    text, why_not = "", "not-kept"
    register = say.kept(entry.register)
    if register is not None and entry.lang in set(Lang):
        try:
            notice = notice_of(register, say.catalogue, entry.event.item, Lang(entry.lang))
        except NoSuchConsentItemError:
            why_not = "differs"
        else:
            is_same = notice.digest == entry.notice
            text, why_not = (notice.text, "") if is_same else ("", "differs")
    hashed = Words(
        text=entry.notice, hash=True, notes=(say.t("centre.notice.same"),) if text else ()
    )
    facts = tuple(one for one in say.facts(entry) if one.name != say.t("centre.consents.text"))
    return NoticePage(
        title=say.name(entry),
        facts=(*facts, Fact(name=say.t("centre.notice.hash"), value=(hashed,))),
        text=text,
        why_not=say.t(f"centre.notice.{why_not}") if why_not else "",
    )


def _is_in_force(entry: Entry, now: int) -> bool:
    event = entry.event
    return event.act is Act.GIVE and (event.until is None or now < event.until)


def _asked_anew(say: ChoiceWords, view: ConsentView) -> ConsentView:
    """Return a choice with the way to decide it oneself.

    What only guardians are asked is asked of nobody else, so the way leads to what its activity
    asks of whoever decides alone.
    """
    activity = view.item.partition("/")[0]
    if activity not in say.register.activity_by_id:
        return view
    if not view.decide or view.item.endswith("/minors"):
        return replace(view, decide=f"/centre/prompts/{activity}")
    return view


def _view(say: ChoiceWords, entry: Entry, now: int, *, changed: bool) -> ConsentView:
    event = entry.event
    in_force = _is_in_force(entry, now) and not changed
    word = f"act.{Act.EXPIRE if event.act is Act.GIVE and not in_force else event.act}"
    kind = StatusKind.FINE if in_force else StatusKind.NONE
    kind = StatusKind.WARN if changed else kind
    matter = say.matter(entry)
    ends = event.at + UNDO_FOR_US
    can_undo = event.act is Act.WITHDRAW and now < ends
    asks = say.is_asked(event.item)
    return ConsentView(
        position=event.position,
        item=event.item,
        name=say.name(entry),
        status=Status(kind=kind, word=say.t("act.changed" if changed else word)),
        facts=say.facts(entry),
        if_withdrawn=""
        if event.act is not Act.GIVE or matter is None
        else if_withdrawn(matter).in_lang(say.lang),
        undo_until=moment(from_us(ends)) if can_undo and asks else "",
        decide=f"/centre/prompts/{event.item}" if asks and not in_force else "",
    )
