"""Recipients drafted from what policies say: the third parties that they name, each once.

What the policies do not say of an SDK of the catalogue, the catalogue does, and the remark says so.
Agreement and vetting are in no policy.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.country_words import countries_in
from chengnuo.domain.inspection.draft_app import listed
from chengnuo.domain.inspection.draft_decisions import Drafted, Step, decide
from chengnuo.domain.inspection.draft_policy import on_one_line, quote
from chengnuo.domain.inspection.draft_said import PartySaid
from chengnuo.domain.inspection.draft_seen import source
from chengnuo.domain.observation.sdk_catalogue import Sdk, SdkCatalogue
from chengnuo.domain.register.draft import UNKNOWN_COUNTRY, to_complete
from chengnuo.domain.register.handler import MAINLAND
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.recipient import SDK, Channel, Recipient, RecipientRole, SdkStart
from chengnuo.engines.policy.enumerating import bracket_of, trimmed, without_brackets
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

_ROLES = (
    (RecipientRole.JOINT, re.compile(r"共同|joint", re.IGNORECASE)),
    (RecipientRole.ENTRUSTED, re.compile(r"委托|受托|entrust|on our behalf", re.IGNORECASE)),
)
_CHANNELS = (
    (
        Channel.SDK,
        re.compile(r"SDK|软件(?:开发)?工具(?:开发)?包|software development kit", re.IGNORECASE),
    ),
    (Channel.PAGE, re.compile(r"页面|跳转|H5|on its own page", re.IGNORECASE)),
    (Channel.FILE, re.compile(r"文件传输|加密文件|as a file", re.IGNORECASE)),
    (Channel.REMOTE_ACCESS, re.compile(r"远程访问|remote access", re.IGNORECASE)),
    (Channel.OFFLINE, re.compile(r"线下|offline", re.IGNORECASE)),
)
_ABROAD = re.compile(r"(?<!不)出境|境外|海外|abroad|overseas|outside", re.IGNORECASE)
_STAYS = re.compile(r"不出境|stays in", re.IGNORECASE)
_QUOTED_FIELDS = ("name", "company", "purpose", "method", "contact", "country", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsOfPolicies:
    """The parties as recipients.

    Attributes:
        parties: The third parties.
        sdks: The SDKs that are known.
        law: The law.

    """

    parties: Sequence[PartySaid]
    sdks: SdkCatalogue
    law: Catalogue

    @property
    def ids(self) -> tuple[RecipientId | None, ...]:
        """The id of each party; None where nothing tells what it gets, so that it has no row."""
        found: list[RecipientId | None] = []
        nameless = 0
        for party in self.parties:
            nameless += party.sdk is None
            name = RecipientId(party.sdk or f"party-{nameless:02d}")
            found.append(name if self._categories(party) else None)
        return tuple(found)

    @property
    def without_row(self) -> tuple[PartySaid, ...]:
        """The parties of which nothing tells what they get."""
        return tuple(
            party for party, name in zip(self.parties, self.ids, strict=True) if name is None
        )

    def draft(self, linked: frozenset[RecipientId]) -> tuple[Drafted[Recipient], ...]:
        """Return the recipients, by id.

        Args:
            linked: Those that an activity hands something to.

        """
        rows = (
            self._recipient(name, party, is_linked=name in linked)
            for party, name in zip(self.parties, self.ids, strict=True)
            if name is not None
        )
        return tuple(sorted(rows, key=lambda one: one.row.recipient))

    def _categories(self, party: PartySaid) -> tuple[CategoryId, ...]:
        known = self._known(party)
        return party.categories or (() if known is None else known.touched.categories)

    def _known(self, party: PartySaid) -> Sdk | None:
        return None if party.sdk is None else self.sdks.sdks[party.sdk]

    def _recipient(
        self, name: RecipientId, party: PartySaid, *, is_linked: bool
    ) -> Drafted[Recipient]:
        known = self._known(party)
        called, method = _name(party), _first(party, "method")
        contact = _contact(party)
        company = _first(party, "company")
        purpose = _first(party, "purpose")
        channel = Channel.SDK if known else _channel(party)
        row = Recipient(
            recipient=name,
            role=_role(party),
            name=Text(called),
            company=company or (known.company if known else to_complete(_COMPANY)),
            contact=contact,
            rules_url=_rules(party, known),
            country=_country(party, known),
            categories=self._categories(party),
            purpose=purpose or (self.sdks.purposes[known.purpose] if known else to_complete(_WHY)),
            method=method,
            channel=channel,
            sdk=_kit(called, known) if channel is Channel.SDK else None,
        )
        asked = _Asked(party=party, row=row, is_linked=is_linked)
        return Drafted(
            row=row,
            sources=tuple(self._sources(party, known)),
            decisions=decide(RowRef("recipient", name), *asked.questions),
        )

    def _sources(self, party: PartySaid, known: Sdk | None) -> Iterator[Text]:
        for field in _QUOTED_FIELDS:
            words = party.words(field)
            if words is not None:
                yield quote(words.file, field, words.said)
        distinct = {words.plain: words for words in reversed([*party.items])}
        for words in reversed(distinct.values()):
            yield quote(words.file, "categories", words.said)
        link = party.words("link")
        if link is not None:
            yield quote(link.file, "rules_url", link.said)
        if known is None:
            return
        unsaid = [field for field in ("company", "purpose") if party.words(field) is None]
        unsaid += ["rules_url"] if link is None and known.rules else []
        unsaid += [] if party.words("country") else ["country"]
        unsaid += [] if party.categories else ["categories"]
        fields = [Text(one) for one in (*unsaid, "sdk.packages")]
        yield source(
            Text(
                f"政策未写的取自 SDK 目录（{known.name.zh}）：{listed(fields).zh}",
                "what the policy does not say is the SDK catalogue's "
                f"({known.name.in_lang(Lang.EN)}): {listed(fields).en}",
            )
        )


def _first(party: PartySaid, field: str) -> Text | None:
    words = party.words(field)
    return None if words is None else Text(words.line)


def _contact(party: PartySaid) -> Text | None:
    """Return how it is reached; the address of its rules, which may stand there too, is another."""
    words = party.words("contact")
    if words is None:
        return None
    lines = [one for one in words.said.words.splitlines() if "://" not in one]
    return Text(on_one_line(" ".join(lines)) or words.line)


def _name(party: PartySaid) -> str:
    """Return what it is called, without the company that stands in brackets behind it."""
    line = next(one.line for one in party.all("name"))
    at = bracket_of(line)
    company = party.words("company")
    inside = next(trimmed(line, at + 1, len(line) - 1), None) if at > 0 else None
    if inside is None or company is None or line[slice(*inside)] != company.line:
        return line
    return without_brackets(line)


def _role(party: PartySaid) -> RecipientRole:
    said = " ".join(one.line for one in party.all("role"))
    return next((role for role, words in _ROLES if words.search(said)), RecipientRole.PROVISION)


def _channel(party: PartySaid) -> Channel:
    said = "\n".join(one.line for field in ("method", "name") for one in party.all(field))
    return next((channel for channel, words in _CHANNELS if words.search(said)), Channel.API)


def _country(party: PartySaid, known: Sdk | None) -> str:
    said = " ".join(one.line for one in party.all("country"))
    named = [code for *_, code in countries_in(said)]
    abroad = next((code for code in named if code != MAINLAND), None)
    if abroad is not None:
        return abroad
    if named or _STAYS.search(said):
        return MAINLAND
    if _ABROAD.search(said):
        return UNKNOWN_COUNTRY
    return MAINLAND if known is None else known.country


def _rules(party: PartySaid, known: Sdk | None) -> str | None:
    link = party.words("link")
    if link is not None:
        return link.line
    return (known.rules or None) if known else None


def _kit(called: str, known: Sdk | None) -> SDK:
    return SDK(
        name=called if known is None else known.name.zh,
        packages=() if known is None else known.packages.own,
        starts=SdkStart.AT_APP_START,
        catalogue=None if known is None else known.id,
    )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What is to be decided about one recipient."""

    party: PartySaid
    row: Recipient
    is_linked: bool

    @cached_property
    def questions(self) -> tuple[tuple[Step, str, Text], ...]:
        return tuple(self._questions())

    def _questions(self) -> Iterator[tuple[Step, str, Text]]:
        yield Step.RECIPIENTS, "role categories purpose channel", _CHECK
        if not self.is_linked:
            yield Step.RECIPIENTS, "", _UNLINKED
        if self.row.sdk is not None:
            yield Step.RECIPIENTS, "sdk.starts", _STARTS
        fields = (
            *(() if self.row.rules_url else ("rules_url",)),
            *(() if self.row.contact else ("contact",)),
            *(() if self.row.method else ("method",)),
        )
        yield Step.RECIPIENTS, " ".join((*fields, "agreement", "vetting")), _AGREED
        if self.row.is_overseas or self.party.words("country") is None:
            yield Step.RECIPIENTS, "country cross_border", _WHERE


_COMPANY = Text("公司的登记名称", "the registered name of the company")
_WHY = Text("政策未写明为什么提供给它", "what it gets the information for")
_CHECK = Text(
    "核对角色（政策未写明的暂按独立接收方）、它取得的信息、用途和提供方式（未写明的暂按接口）",
    "check its role (a handler of its own, where not said), what it gets, what for and how "
    "(through an interface, where not said)",
)
_UNLINKED = Text(
    "政策没有写明在哪项活动中向它提供，请写入该活动的 `recipients`",
    "the policy does not say in which activity it gets information: add it to its `recipients`",
)
_STARTS = Text(
    "何时启动（政策不写，暂按启动应用时）；同意后才启动的写 `after-consent`",
    "when it is started (with the app, for now): `after-consent` if that is so",
)
_AGREED = Text(
    "怎样联系、怎样处理、依据哪份协议、何时审查过",
    "how to reach it, how it handles, under which agreement, and when it was vetted",
)
_WHERE = Text(
    "核实信息去往哪里（政策未写明国家或地区的，暂按 SDK 目录或境内）；出境的写明出境路径",
    "where does information go (by the SDK catalogue or the mainland, where no country is said), "
    "and by which route if abroad",
)
