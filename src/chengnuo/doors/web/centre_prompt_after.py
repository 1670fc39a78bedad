"""After an answer, and before several: what was said and what it means; what an activity asks."""

from dataclasses import dataclass

from chengnuo.domain.consent.asking import AskWhy
from chengnuo.domain.consent.event import Act
from chengnuo.domain.disclosure.prompt import Prompt, Says
from chengnuo.domain.disclosure.prompts import FIRST_RUN
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.doors.web.centre_asking import Asker
from chengnuo.doors.web.centre_prompt_view import SettledPage
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.wording import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the address of the page says: which prompt, what was said, which record says so."""

    prompt: str
    says: Says
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterView:
    """One matter of an activity.

    Attributes:
        name: What is asked.
        form: In which form.
        href: The way to its prompt.
        status: How it stands with whoever has come in; None if nobody has.

    """

    name: str
    form: str
    href: str
    status: Status | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPage:
    """What one activity asks for.

    Attributes:
        name: The purpose.
        lead: When it is asked.
        matters: Each by itself.
        none: What to say where nothing is asked.

    """

    name: str
    lead: str
    matters: tuple[MatterView, ...]
    none: str


def answered_page(
    asker: Asker, activity: ProcessingActivity | None, answered: Answered
) -> SettledPage:
    """Return the page after an answer; after a no it leads nowhere that asks again."""
    t = wording(asker.lang)
    is_yes = answered.says is Says.YES
    links = []
    if is_yes and activity is not None and answered.record:
        links += [
            Link(href=f"/centre/prompts/{one.id}", name=one.title.in_lang(asker.lang))
            for one in asker.undecided(activity)
        ]
    lines = [t(f"prompt.after.{_after(answered)}-{answered.says}")]
    if links:
        lines.append(t("prompt.after.more", n=len(links)))
    if answered.record and asker.visitor is not None:
        links += [
            Link(href="/centre/consents", name=t("centre.consents.name")),
            Link(href=f"/centre/receipts/{answered.record}", name=t("centre.consents.receipt")),
        ]
    return SettledPage(
        title=t(f"prompt.after.title-{answered.says}"),
        status=Status(
            kind=StatusKind.FINE if is_yes else StatusKind.NONE,
            word=t("prompt.after.recorded" if answered.record else "prompt.after.passed-on"),
        ),
        lines=tuple(lines),
        links=tuple(links) or (Link(href="/centre", name=t("prompt.to-centre")),),
    )


def activity_page(asker: Asker, activity: ProcessingActivity) -> ActivityPage:
    """Return what an activity asks of whoever has come in, or of anybody."""
    t = wording(asker.lang)
    return ActivityPage(
        name=activity.purpose.in_lang(asker.lang),
        lead=t("prompt.of-activity"),
        matters=tuple(_matter(asker, one) for one in asker.asked_of(activity)),
        none=t("prompt.asks-nothing"),
    )


def _after(answered: Answered) -> str:
    if answered.prompt == FIRST_RUN:
        return "first-run"
    return "moment" if "/moment-" in answered.prompt else "consent"


def _matter(asker: Asker, prompt: Prompt) -> MatterView:
    t = wording(asker.lang)
    form = "" if prompt.binding is None else t(f"consent.{prompt.binding.form}")
    return MatterView(
        name=prompt.title.in_lang(asker.lang),
        form=form,
        href=f"/centre/prompts/{prompt.id}",
        status=_status(asker, prompt),
    )


def _status(asker: Asker, prompt: Prompt) -> Status | None:
    if asker.visitor is None or prompt.binding is None:
        return None
    t = wording(asker.lang)
    person, item = asker.visitor.person, prompt.binding.item
    if asker.consents.may_ask(person, item, started=True).why is AskWhy.IN_FORCE:
        return Status(kind=StatusKind.FINE, word=t("act.give"))
    entry = asker.consents.standing_of(person).get(item)
    if entry is not None and entry.event.act is Act.GIVE:
        return Status(kind=StatusKind.WARN, word=t("act.changed"))
    if entry is None:
        return Status(kind=StatusKind.NOTE, word=t("prompt.undecided"))
    return Status(kind=StatusKind.NONE, word=t(f"act.{entry.event.act}"))
