"""Recipients drafted from the kits of a package: who they are, and what they can get.

Name, company, purpose, country and rules are the catalogue's; what is read comes from the code and
from the catalogue, and the remark says which. Role, agreement and vetting are never in a package.
"""

from collections.abc import Iterator

from chengnuo.base.columns import plain
from chengnuo.base.text import Text
from chengnuo.domain.inspection.draft_decisions import Drafted, Step, decide
from chengnuo.domain.inspection.draft_seen import Kit, SeenForDraft, names_of, source
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.recipient import SDK, Channel, Recipient, RecipientRole, SdkStart

_MOST_SIGNS = 6


def draft_recipients(seen: SeenForDraft) -> tuple[Drafted[Recipient], ...]:
    """Return the recipients, by id."""
    return tuple(_recipient(seen, kit) for kit in seen.kits if kit.categories)


def _recipient(seen: SeenForDraft, kit: Kit) -> Drafted[Recipient]:
    row = kit.row
    version = plain(kit.seen.version)
    recipient = Recipient(
        recipient=RecipientId(row.id),
        role=RecipientRole.PROVISION,
        name=row.name,
        company=row.company,
        rules_url=row.rules or None,
        country=row.country,
        categories=kit.categories,
        purpose=seen.look.knowledge.sdks.purposes[row.purpose],
        channel=Channel.SDK,
        sdk=SDK(
            name=row.name.zh,
            versions=(f"android {version}",) if version else (),
            packages=row.packages.own,
            starts=SdkStart.AT_APP_START if kit.runs_before_consent else SdkStart.AFTER_CONSENT,
            catalogue=row.id,
        ),
    )
    ref = RowRef("recipient", row.id)
    return Drafted(
        row=recipient,
        sources=tuple(_sources(seen, kit)),
        decisions=decide(ref, *_questions(kit)),
    )


def _sources(seen: SeenForDraft, kit: Kit) -> Iterator[Text]:
    signs = ", ".join(plain(one) for one in kit.seen.signs[:_MOST_SIGNS])
    presence = kit.seen.presence.text
    yield source(
        Text(f"包内标识 {signs}；{presence.zh}", f"signs in the package: {signs}; {presence.en}")
    )
    if kit.seen.owner.also:
        others = seen.look.words.owner(kit.seen.owner)
        yield source(
            Text(
                f"这些标识几个 SDK 共用，可能是：{others.zh}",
                f"several SDKs share these signs; it may be {others.en}",
            )
        )
    yield from seen.sources(kit.readings)
    known = tuple(one for one in kit.categories if one not in kit.readings)
    if known:
        names = names_of(seen.look, known)
        said = (
            Text("其自身文件声明读取", "declared by its own documents")
            if kit.row.declared
            else Text("SDK 目录称其通常读取", "read as a rule by the SDK catalogue")
        )
        yield source(
            Text(
                f"{said.zh}、本包代码中未见：{names.zh}",
                f"{said.en}, not seen in this package: {names.en}",
            )
        )


def _questions(kit: Kit) -> Iterator[tuple[Step, str, Text]]:
    yield (
        Step.RECIPIENTS,
        "role categories purpose",
        Text(
            "受托、共同处理还是独立接收方（暂按独立接收方）；对照其隐私政策核对用途与信息",
            "entrusted, joint or a handler of its own (for now); check purpose and items by its "
            "rules",
        ),
    )
    if kit.runs_before_consent:
        yield (
            Step.RECIPIENTS,
            "sdk.starts",
            Text(
                "同意之前就运行：先改代码，再写 `after-consent`",
                "runs before consent: mend the code, then write `after-consent`",
            ),
        )
    yield (
        Step.RECIPIENTS,
        " ".join(
            (
                *(() if kit.row.rules else ("rules_url",)),
                "contact",
                "method",
                "agreement",
                "vetting",
            )
        ),
        Text(
            "怎样联系、怎样处理、依据哪份协议、何时审查过",
            "how to reach it, how it handles, under which agreement, and when it was vetted",
        ),
    )
    if kit.row.is_overseas:
        yield (
            Step.RECIPIENTS,
            "country cross_border",
            Text(
                f"运营方在境外（{kit.row.country}）：核实信息是否出境，写明出境路径",
                f"run from abroad ({kit.row.country}): does information leave the mainland, and "
                "by which route",
            ),
        )
