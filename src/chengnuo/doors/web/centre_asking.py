"""Which prompt somebody is shown now, and what stands in its place where nothing may be asked.

A child is asked nothing: a guardian decides, on their own device (PIPL Art. 31). What is agreed to
is not asked again; a no is remembered and not asked again unasked (191号文 3.2, 4.2); a browser
that says no for its user is heeded; and of a text that has changed only that matter is asked.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chengnuo.base.instant import from_us, to_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.consent.asking import AskWhy
from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.disclosure.prompt import Changed, Prompt, PromptKind
from chengnuo.domain.disclosure.prompts import (
    WAITING,
    for_guardian,
    prompt_by_id,
    prompts_of,
    renewed,
)
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.model import Register
from chengnuo.doors.texts import moment
from chengnuo.doors.web.centre_prompt_view import SettledPage, waiting_page
from chengnuo.doors.web.gpc import signal_refuses
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.wording import wording
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.consent.checking import asked_for
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.consent.guardians import guardian_tag

BY_OPERATOR = "operator-sign-in"
"""How a relation is made sure of where the operator's token names the guardian."""
UNSAID = "other-guardian"
"""How related a guardian is taken to be who says no, or withdraws, before saying it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks one individual, or shows to anybody what would be asked.

    Attributes:
        consents: What they agreed to and refused.
        register: The register in force.
        catalogue: The law catalogue.
        now: The instant, aware.
        visitor: Who has come in; None for anybody.
        lang: Language of the page.
        gpc: Whether their browser says no for them.

    """

    consents: ConsentDesk
    register: Register
    catalogue: Catalogue
    now: datetime
    visitor: Visitor | None
    lang: Lang
    gpc: bool

    def shown(self, wanted: str, *, unasked: bool) -> Prompt | SettledPage:
        """Return the prompt, or why it is not shown.

        Args:
            wanted: Id of a prompt of an activity.
            unasked: Whether the app asks of its own accord, and not because the individual has
                started the function.

        Raises:
            NoSuchConsentItemError: There is no such prompt.

        """
        prompt = prompt_by_id(self.register, self.catalogue, wanted)
        visitor, binding = self.visitor, prompt.binding
        if binding is None or visitor is None:
            return prompt
        self.learn_age(visitor)
        is_child = self._is_child(visitor, binding.item)
        if is_child:
            prompt = for_guardian(prompt) if prompt.kind is not PromptKind.GUARDIAN else prompt
        why = self._why_not(visitor, prompt, unasked=unasked)
        if why is not None:
            return why
        if is_child and visitor.guardian is None:
            return waiting_page(prompt.waiting or WAITING, self.lang, prompt.id)
        if not is_child and prompt.kind is PromptKind.GUARDIAN:
            return self._for_children_only()
        if is_child and visitor.guardian is not None:
            if self._guardians.refused_by_another(visitor.person, visitor.guardian, binding.item):
                return self._refused_by_another(prompt)
            if self._guardians.stated(visitor.person, visitor.guardian) is not None:
                prompt = replace(prompt, relations=())
        return self._with_changes(visitor, prompt)

    def asked_of(self, activity: ProcessingActivity) -> tuple[Prompt, ...]:
        """Return the consent prompts of an activity that concern whoever has come in.

        Somebody who decides alone is not shown what guardians are asked, and the other way round
        a guardian's consent to the activity covers its general and sensitive matters.
        """
        prompts = prompts_of(self.register, self.catalogue, activity.activity)
        if self.visitor is None:
            return prompts
        self.learn_age(self.visitor)
        return tuple(
            one
            for one in prompts
            if one.binding is not None
            and self._concerns(self.visitor, one, ConsentItemId(one.binding.item))
        )

    def undecided(self, activity: ProcessingActivity) -> tuple[Prompt, ...]:
        """Return those of an activity's prompts that may be asked now, as it was started."""
        person = None if self.visitor is None else self.visitor.person
        return tuple(
            one
            for one in self.asked_of(activity)
            if one.binding is not None
            and person is not None
            and self.consents.may_ask(person, one.binding.item, started=False).may
            and not self._refused_by_signal(one)
        )

    def learn_age(self, visitor: Visitor) -> None:
        """Keep the birth date that the operator's token gave, where none is known yet."""
        if visitor.birth_date is None:
            return
        now = self._now()
        known = self.consents.state_of(visitor.person, now).individual.age
        if known is AgeBand.UNKNOWN:
            self.consents.know(visitor.person, birth_date=visitor.birth_date)

    def guardian(self, visitor: Visitor, relation: str) -> Guardian | None:
        """Return the guardian who acts, related as they stated; None if nobody acts for another.

        Whom the operator's token has brought states it with the first answer.
        """
        if visitor.guardian is None:
            return None
        stated = self._guardians.stated(visitor.person, visitor.guardian)
        return stated or Guardian(
            relation=relation, method=BY_OPERATOR, who=guardian_tag(visitor.guardian)
        )

    @property
    def _guardians(self) -> GuardianDesk:
        return GuardianDesk(self.consents)

    def _now(self) -> int:
        return max(to_us(self.now), self.consents.seen().at)

    def _concerns(self, visitor: Visitor, prompt: Prompt, item: ConsentItemId) -> bool:
        matter = item.partition("/")[2].partition(":")[0]
        if self._is_child(visitor, item):
            return matter not in {"general", "sensitive"}
        return prompt.kind is not PromptKind.GUARDIAN

    def _is_child(self, visitor: Visitor, item: ConsentItemId) -> bool:
        now = self._now()
        age = self.consents.state_of(visitor.person, now).individual.age
        return asked_for(self.consents.book(), item).needs_guardian(age)

    def _refused_by_signal(self, prompt: Prompt) -> bool:
        if not self.gpc or prompt.binding is None or prompt.activity is None:
            return False
        matter = prompt.binding.item.partition("/")[2]
        return signal_refuses(self.register.activity_by_id[prompt.activity], matter)

    def _why_not(self, visitor: Visitor, prompt: Prompt, *, unasked: bool) -> SettledPage | None:
        t = wording(self.lang)
        links = (
            Link(href="/centre/consents", name=t("centre.consents.name")),
            Link(href="/centre/switches", name=t("centre.switches.name")),
        )
        if prompt.binding is None:
            return None
        asking = self.consents.may_ask(visitor.person, prompt.binding.item, started=not unasked)
        if asking.why is AskWhy.IN_FORCE:
            return SettledPage(
                title=prompt.title.in_lang(self.lang),
                status=Status(kind=StatusKind.FINE, word=t("act.give")),
                lines=(t("prompt.in-force"),),
                links=links[:1],
            )
        if self._refused_by_signal(prompt):
            return SettledPage(
                title=prompt.title.in_lang(self.lang),
                status=Status(kind=StatusKind.NOTE, word=t("gpc.word")),
                lines=(t("gpc.refused"), t("gpc.how")),
                links=links[1:],
            )
        if not asking.may:
            until = "" if asking.not_before is None else moment(from_us(asking.not_before))
            return SettledPage(
                title=prompt.title.in_lang(self.lang),
                status=Status(kind=StatusKind.NONE, word=t("act.refuse")),
                lines=(t("prompt.not-again", until=until),),
                links=links[:1],
            )
        return None

    def _refused_by_another(self, prompt: Prompt) -> SettledPage:
        t = wording(self.lang)
        return SettledPage(
            title=prompt.title.in_lang(self.lang),
            status=Status(kind=StatusKind.NONE, word=t("guardians.other-refused")),
            lines=(
                t("guardians.other-refused-text"),
                t("guardians.disagree-2"),
                t("guardians.disagree-3"),
            ),
            links=(Link(href="/centre/guardians", name=t("centre.guardians.name")),),
        )

    def _for_children_only(self) -> SettledPage:
        t = wording(self.lang)
        return SettledPage(
            title=t("prompt.children-only"),
            lines=(t("prompt.children-only-text"),),
            links=(Link(href="/centre/minors", name=t("centre.minors.name")),),
        )

    def _with_changes(self, visitor: Visitor, prompt: Prompt) -> Prompt:
        for one in self.consents.renewals(visitor.person):
            if prompt.binding is not None and one.item.id == prompt.binding.item:
                changes = tuple(
                    Changed(what=each.what, before=each.before, after=each.after)
                    for each in one.differences
                )
                return renewed(prompt, changes)
        return prompt


def asks(prompt: Prompt, register: Register) -> Text:
    """Return who asks: the app and the handler."""
    app = register.app_by_id[prompt.app]
    return fill(
        "{app} · {handler}",
        "{app} · {handler}",
        app=both(app.name),
        handler=both(register.handler.name),
    )
