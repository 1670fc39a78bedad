"""What things in a report of a package are called, by the law and by the inspection knowledge.

Names that no catalogue holds are shown as the package writes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_names import seen_text
from chengnuo.domain.observation.api_catalogue import ApiId
from chengnuo.domain.observation.host_catalogue import KnownHost
from chengnuo.domain.observation.inspection import PackageFacts
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Observation, Owner, OwnerKind, Step, Subject
from chengnuo.domain.observation.permission_catalogue import Permission
from chengnuo.domain.observation.sdk_catalogue import Sdk, SdkId
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId, DutyId

_OWN = Text("应用自身代码", "the app's own code")
_UNKNOWN = Text("无法识别的代码", "code of unknown origin")
_OR = Text(" 或 ", " or ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """Where the words of a report are looked up.

    Attributes:
        law: Names of categories, and citations of duties.
        knowledge: Names of SDKs, permissions and hosts.

    """

    law: Catalogue
    knowledge: Knowledge

    def sdk(self, owner: Owner) -> Sdk | None:
        """Return the row of an SDK; None where it is none, or not in this catalogue."""
        return self.knowledge.sdks.sdks.get(SdkId(owner.id))

    def owner(self, owner: Owner) -> Text:
        """Return whose code it is, with the others that it may be of."""
        if owner.kind is OwnerKind.OWN:
            return _OWN
        if not owner.id:
            return _UNKNOWN
        rows = [self.knowledge.sdks.sdks.get(SdkId(one)) for one in (owner.id, *owner.also)]
        names = [
            row.name if row is not None else Text(one)
            for one, row in zip((owner.id, *owner.also), rows, strict=True)
        ]
        return joined(names, _OR)

    def category(self, category: CategoryId) -> Text:
        """Return the name of a category."""
        row = self.law.categories.get(category)
        return Text(category) if row is None else row.text

    def act(self, one: Observation) -> Text:
        """Return what an observation is about, in words."""
        match one.subject:
            case Subject.INFORMATION if one.categories:
                return self.category(one.categories[0])
            case Subject.BEHAVIOUR:
                return self._behaviour(one.what)
            case Subject.PERMISSION:
                row = self.permission(one.what)
                return Text(short_name(one.what)) if row is None else row.purpose
            case Subject.SDK:
                return self.sdk_name(one.what)
            case _:
                return seen_text(one.subject, one.what)

    def thing(self, subject: Subject, what: str) -> Text:
        """Return what a thing of a drift or delta is called: information by its category."""
        match subject:
            case Subject.INFORMATION:
                return self.category(CategoryId(what))
            case Subject.BEHAVIOUR:
                return self._behaviour(what)
            case Subject.PERMISSION:
                return Text(short_name(what))
            case Subject.SDK:
                return self.sdk_name(what)
            case _:
                return seen_text(subject, what)

    def sdk_name(self, sdk: str) -> Text:
        """Return the name of an SDK by its id."""
        return self.owner(Owner(kind=OwnerKind.SDK, id=sdk))

    def permission(self, name: str) -> Permission | None:
        """Return the row of a permission by its full name."""
        return self.knowledge.permissions.find(name)

    def host(self, host: str) -> KnownHost | None:
        """Return the row of a host."""
        return self.knowledge.hosts.find(host)

    def articles(self, duties: Iterable[DutyId], lang: Lang) -> str:
        """Return the short citations of some duties."""
        return comma(lang).join(self.law.citation(one, lang) for one in duties)

    def _behaviour(self, what: str) -> Text:
        api = self.knowledge.apis.apis.get(ApiId(what))
        if api is None or api.behaviour is None:
            return seen_text(Subject.BEHAVIOUR, what)
        return api.behaviour.text


def joined(texts: Iterable[Text], between: Text) -> Text:
    """Return texts one after another."""
    found = tuple(texts)
    return Text(
        between.zh.join(one.zh for one in found),
        between.in_lang(Lang.EN).join(one.in_lang(Lang.EN) for one in found),
    )


def comma(lang: Lang) -> str:
    """Return what stands between the members of a list."""
    return "、" if lang is Lang.ZH else ", "


def short_name(dotted: str) -> str:
    """Return the last part of a name with dots.

    >>> short_name("android.permission.CAMERA")
    'CAMERA'

    """
    return dotted.rsplit(".", 1)[-1] or dotted


def method_name(step: Step) -> str:
    """Return a method of a path in short: simple class and name, without its prototype.

    >>> from chengnuo.domain.observation.observation import Why
    >>> method_name(Step(class_name="a.b.App", method="onCreate()V", pc=0, why=Why.START))
    'App.onCreate'

    """
    return f"{short_name(step.class_name)}.{step.method.partition('(')[0]}"


def app_title(facts: PackageFacts) -> str:
    """Return the app and its version, as far as the package says."""
    name = facts.app_id or facts.kind.value.upper()
    return f"{name} {facts.version_name}".strip()
