"""The page of one processing activity: what PIPL Art. 17 asks to be told, and what is behind it."""

from collections.abc import Iterator

from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.separate_consent import anchor_of, consent_sheets
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.automated import AutomatedDecisionMaking
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.publication import PublicDisclosure
from chengnuo.doors.web.console_map_view import map_view
from chengnuo.doors.web.console_register import EntryPage
from chengnuo.doors.web.page_parts import Empty, Fact, Row, Section, Table, Words, said
from chengnuo.doors.web.register_words import Speaker


def activity_page(
    say: Speaker, wanted: ActivityId, findings: Section, notice: Section
) -> EntryPage:
    """Return the page of an activity.

    Args:
        say: The register in one language.
        wanted: An activity that the register holds.
        findings: What a check found on it.
        notice: The prompts that are derived from it.

    """
    activity = say.register.activity_by_id[wanted]
    return EntryPage(
        kind=say.t("console.entry.activity"),
        id=wanted,
        title=say.text(activity.purpose),
        lead=say.text(activity.scene),
        map=map_view(say, say.t("console.register.map-one"), (activity,)),
        sections=tuple(_sections(say, activity, findings, notice)),
    )


def prompts_of(say: Speaker, wanted: ActivityId) -> Section:
    """Return the prompts that follow from an activity, each with the way to its very words."""
    service = say.register.activity_by_id[wanted].service
    app = say.register.service_by_id[service].app
    declared = Declared(register=say.register, catalogue=say.catalogue, app_id=app)
    rows = tuple(
        Row(
            cells=(
                (
                    Words(
                        text=sheet.title.in_lang(say.lang),
                        href=f"/centre/prompts?app={app}#{anchor_of(sheet.item)}",
                    ),
                ),
                said(say.t(f"consent.{sheet.form}")),
            )
        )
        for sheet in consent_sheets(declared)
        if sheet.item.partition("/")[0] == wanted
    )
    return Section(
        anchor="notice",
        name=say.t("console.entry.notice"),
        lead=say.t("console.entry.notice-lead"),
        tables=(
            Table(
                caption=say.t("console.entry.notice"),
                heads=(say.t("console.entry.prompt"), say.t("console.entry.consent")),
                rows=rows,
                empty=Empty(
                    name=say.t("console.entry.no-prompts"),
                    text=say.t("console.entry.no-prompts-text"),
                    href="/console/consents",
                    act=say.t("nav.consents"),
                ),
            ),
        ),
    )


def _sections(
    say: Speaker, activity: ProcessingActivity, findings: Section, notice: Section
) -> Iterator[Section]:
    yield findings
    yield Section(
        anchor="purpose", name=say.t("console.entry.purpose"), facts=_purpose(say, activity)
    )
    yield Section(
        anchor="items", name=say.t("console.entry.items"), tables=(_items(say, activity),)
    )
    yield Section(anchor="basis", name=say.t("console.entry.basis"), facts=_basis(say, activity))
    yield Section(
        anchor="retention", name=say.t("console.entry.retention"), facts=_retention(say, activity)
    )
    yield Section(
        anchor="recipients",
        name=say.t("console.entry.recipients-of"),
        tables=(_recipients(say, activity),),
    )
    if activity.automated is not None:
        yield Section(
            anchor="automated",
            name=say.t("console.entry.automated"),
            facts=_automated(say, activity.automated),
        )
    if activity.disclosure is not None:
        yield Section(
            anchor="disclosure",
            name=say.t("console.entry.disclosure"),
            facts=_disclosure(say, activity.disclosure),
        )
    yield Section(
        anchor="assessment",
        name=say.t("console.entry.assessment"),
        facts=_assessment(say, activity),
        more=Words(
            text=say.t("assessing.from"), href=f"/console/assessments/from/{activity.activity}"
        ),
    )
    yield notice


def _purpose(say: Speaker, activity: ProcessingActivity) -> tuple[Fact, ...]:
    method = activity.method
    service = say.register.service_by_id[activity.service]
    kind = say.t("console.entry.basic" if service.basic else "console.entry.extended")
    return (
        say.fact("console.entry.service", say.text(service.name), kind),
        say.fact("console.entry.purpose-kind", say.t(f"purpose-kind.{activity.purpose_kind}")),
        say.fact("console.entry.source", say.t(f"provider.{method.provided_by}")),
        say.fact("console.entry.trigger", say.t(f"trigger.{method.trigger}")),
        say.fact("console.entry.frequency", say.frequency(method.at_most)),
        say.fact("console.entry.background", say.yes_no(given=method.background)),
        say.fact(
            "console.entry.operations",
            say.joined(say.t(f"operation.{each}") for each in method.operations),
            say.text(method.description),
        ),
        *_permissions(say, activity),
    )


def _permissions(say: Speaker, activity: ProcessingActivity) -> Iterator[Fact]:
    permissions = activity.permissions
    if not permissions:
        return
    by_platform = (
        ("Android", permissions.android),
        ("iOS", permissions.ios),
        ("HarmonyOS", permissions.harmony),
    )
    for platform, names in by_platform:
        if names:
            yield Fact(
                name=say.t("console.entry.permissions-on", platform=platform),
                value=tuple(Words(text=name, code=True) for name in names),
            )


def _items(say: Speaker, activity: ProcessingActivity) -> Table:
    rows = tuple(
        Row(
            cells=(
                (
                    Words(
                        text=say.category(item.category),
                        sensitive=say.is_sensitive(item),
                        notes=tuple(filter(None, (say.text(item.detail), item.category))),
                    ),
                ),
                said(say.t("word.necessary" if item.necessary else "word.optional")),
                said(say.text(item.why_necessary) or "—"),
                said(say.text(item.impact) or "—"),
                said(say.text(item.if_refused) or "—"),
            ),
        )
        for item in activity.items
    )
    heads = ("item", "item-need", "item-why", "item-impact", "item-refused")
    return Table(
        caption=say.t("console.entry.items"),
        heads=tuple(say.t(f"console.entry.{head}") for head in heads),
        rows=rows,
        empty=Empty(
            name=say.t("console.entry.none-items"),
            text=say.t("empty.to-list"),
            href="/console/register",
            act=say.t("nav.register"),
        ),
    )


def _basis(say: Speaker, activity: ProcessingActivity) -> tuple[Fact, ...]:
    facts = [
        say.fact(
            "console.entry.basis",
            say.t(f"basis.{activity.basis}"),
            say.text(activity.basis_detail),
        )
    ]
    if activity.consent is not None:
        facts.append(say.fact("console.entry.consent", say.t(f"consent.{activity.consent}")))
    if activity.basis.rests_on_consent:
        facts.append(say.fact("console.entry.withdrawn", say.text(activity.if_withdrawn)))
    facts.append(say.fact("console.entry.minors", say.t(f"minors-rule.{activity.minors_under_14}")))
    return tuple(facts)


def _retention(say: Speaker, activity: ProcessingActivity) -> tuple[Fact, ...]:
    retention = activity.retention
    keep = say.fact("console.entry.keep", say.keep(retention), say.text(retention.why))
    tables = tuple(say.table_words(table) for table in activity.stores)
    stores = Fact(
        name=say.t("console.entry.stores-in"),
        value=tables or said(say.t("console.entry.none-stores")),
    )
    return keep, stores


def _recipients(say: Speaker, activity: ProcessingActivity) -> Table:
    rows = tuple(
        Row(
            cells=(
                (say.recipient_words(recipient.recipient),),
                said(say.text(recipient.purpose)),
                said(say.t(f"channel.{recipient.channel}")),
                tuple(Words(text=say.category(each)) for each in recipient.categories),
            ),
        )
        for recipient in say.register.recipients_of(activity)
    )
    heads = ("recipient", "what-for", "channel", "items")
    return Table(
        caption=say.t("console.entry.recipients-of"),
        heads=tuple(say.t(f"console.entry.{head}") for head in heads),
        rows=rows,
        empty=Empty(
            name=say.t("console.entry.none-recipients"),
            text=say.t("console.entry.none-recipients-text"),
            href="/console/third-parties",
            act=say.t("nav.third-parties"),
        ),
    )


def _automated(say: Speaker, given: AutomatedDecisionMaking) -> tuple[Fact, ...]:
    switch = say.register.switch_by_id.get(given.off_switch) if given.off_switch else None
    off = ("", "") if switch is None else (say.text(switch.path), say.text(switch.effect))
    return (
        say.fact("console.entry.automated-kind", say.t(f"automated-kind.{given.kind}")),
        Fact(
            name=say.t("console.entry.factors"),
            value=tuple(Words(text=say.text(factor)) for factor in given.factors),
        ),
        say.fact("console.entry.major", say.yes_no(given=given.major_effect)),
        say.fact("console.entry.off-switch", *off),
        say.fact("console.entry.explanation", say.text(given.explanation)),
        say.fact("console.entry.review", say.text(given.human_review)),
    )


def _disclosure(say: Speaker, given: PublicDisclosure) -> tuple[Fact, ...]:
    masks = {mask.category: say.text(mask.rule) for mask in given.masks}
    return (
        say.fact("console.entry.disclosure", say.text(given.where), say.text(given.why)),
        Fact(
            name=say.t("console.entry.items"),
            value=tuple(
                Words(text=say.category(each), notes=tuple(filter(None, (masks.get(each),))))
                for each in given.categories
            ),
        ),
    )


def _assessment(say: Speaker, activity: ProcessingActivity) -> tuple[Fact, ...]:
    if activity.assessment is None:
        return (say.fact("console.entry.assessment", say.t("word.none")),)
    found = say.register.assessment_by_id[activity.assessment]
    return (
        say.fact("console.entry.assessment", say.text(found.title), found.reference or ""),
        say.fact("console.entry.assessed", say.day(found.done)),
        say.fact("console.entry.valid-until", say.day(found.valid_until)),
        say.fact("console.entry.risk", say.t(f"risk.{found.risk}"), say.text(found.measures)),
    )
