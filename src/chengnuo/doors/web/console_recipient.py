"""The page of one recipient: who it is, what it gets, under which agreement, vetted when."""

from collections.abc import Iterator

from chengnuo.domain.disclosure.method_words import keep_in_words
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.recipient import SDK, Agreement, CrossBorder, Recipient
from chengnuo.doors.web.console_register import EntryPage
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Row,
    Section,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.doors.web.register_words import Speaker


def recipient_page(say: Speaker, wanted: RecipientId, findings: Section) -> EntryPage:
    """Return the page of a recipient that the register holds."""
    recipient = say.register.recipient_by_id[wanted]
    return EntryPage(
        kind=say.t("console.entry.recipient"),
        id=wanted,
        title=say.text(recipient.name),
        lead=say.text(recipient.purpose),
        map=None,
        sections=tuple(_sections(say, recipient, findings)),
    )


def _sections(say: Speaker, recipient: Recipient, findings: Section) -> Iterator[Section]:
    yield findings
    yield Section(
        anchor="who", name=say.t("console.entry.recipient"), facts=tuple(_who(say, recipient))
    )
    yield Section(
        anchor="what", name=say.t("console.entry.items"), facts=tuple(_what(say, recipient))
    )
    yield Section(
        anchor="agreement",
        name=say.t("console.entry.agreement"),
        facts=tuple(_terms(say, recipient)),
        tables=tuple(_duties(say, recipient)),
    )
    used = tuple(
        Row(
            cells=(
                (say.activity_words(activity.activity),),
                said(say.text(activity.scene)),
                said(say.t(f"basis.{activity.basis}")),
            )
        )
        for activity in say.register.activities_with(recipient.recipient)
    )
    heads = ("activity", "scene", "basis")
    yield Section(
        anchor="used-in",
        name=say.t("console.entry.used-in"),
        tables=(
            Table(
                caption=say.t("console.entry.used-in"),
                heads=tuple(say.t(f"console.entry.{head}") for head in heads),
                rows=used,
                empty=Empty(
                    name=say.t("console.entry.none-rows"),
                    text=say.t("console.entry.not-used-text"),
                    href="/console/register",
                    act=say.t("nav.register"),
                ),
            ),
        ),
    )


def _who(say: Speaker, recipient: Recipient) -> Iterator[Fact]:
    yield say.fact("console.entry.company", say.text(recipient.company))
    yield say.fact("console.entry.role", say.t(f"role.{recipient.role}"))
    yield say.fact("console.entry.country", say.place(recipient.country))
    yield say.fact("console.entry.contact", say.text(recipient.contact))
    rules = recipient.rules_url or ""
    yield Fact(
        name=say.t("console.entry.rules-url"),
        value=linked(rules, rules) if rules else said(say.t("word.not-written")),
    )
    if recipient.vetting is not None:
        vetting = recipient.vetting
        yield say.fact(
            "console.entry.vetting",
            say.t(f"vetting.{vetting.result}"),
            say.t(
                "console.entry.vetting-until", day=say.day(vetting.on), until=say.day(vetting.until)
            ),
        )
    else:
        yield say.fact("console.entry.vetting", "")


def _what(say: Speaker, recipient: Recipient) -> Iterator[Fact]:
    categories: Cell = tuple(Words(text=say.category(each)) for each in recipient.categories)
    yield Fact(name=say.t("console.entry.items"), value=categories)
    yield say.fact(
        "console.entry.channel", say.t(f"channel.{recipient.channel}"), say.text(recipient.method)
    )
    if recipient.sdk is not None:
        yield from _sdk(say, recipient.sdk)
    if recipient.cross_border is not None:
        yield from _abroad(say, recipient.cross_border)
    if recipient.sub_recipients:
        yield Fact(
            name=say.t("console.entry.sub"),
            value=tuple(Words(text=say.text(each)) for each in recipient.sub_recipients),
        )


def _sdk(say: Speaker, sdk: SDK) -> Iterator[Fact]:
    yield say.fact("console.entry.sdk", sdk.name, *sdk.packages)
    yield say.fact("console.entry.sdk-start", say.t(f"sdk-start.{sdk.starts}"))
    if sdk.versions:
        yield Fact(
            name=say.t("console.entry.versions"),
            value=tuple(Words(text=each) for each in sdk.versions),
        )


def _abroad(say: Speaker, given: CrossBorder) -> Iterator[Fact]:
    yield say.fact(
        "console.entry.route",
        say.t(f"route.{given.route}"),
        given.reference or "",
        say.text(given.safeguards),
    )
    if given.until is not None:
        yield say.fact("console.entry.valid-until", say.day(given.until))
    yield say.fact("console.entry.rights", say.text(given.rights))


def _agreement(say: Speaker, recipient: Recipient) -> Agreement | None:
    return say.register.agreement_by_id[recipient.agreement] if recipient.agreement else None


def _terms(say: Speaker, recipient: Recipient) -> Iterator[Fact]:
    agreement = _agreement(say, recipient)
    if agreement is None:
        yield say.fact("console.entry.agreement", "")
        return
    until = (
        say.t("console.entry.agreement-until", date=say.day(agreement.expires))
        if agreement.expires
        else say.t("console.entry.agreement-open")
    )
    yield say.fact(
        "console.entry.agreement",
        say.text(agreement.title),
        say.t("console.entry.agreement-signed", date=say.day(agreement.signed)),
        until,
        *_text_of(say, agreement),
    )
    terms = agreement.terms_with(recipient.recipient)
    if terms is not None:
        kept = "" if terms.keep is None else say.text(keep_in_words(terms.keep))
        yield say.fact(
            "console.entry.terms",
            say.text(terms.purpose),
            say.text(terms.method),
            say.joined(say.category(each) for each in terms.categories),
            kept and say.t("console.entry.terms-keep", period=kept),
            say.text(terms.protection),
        )
    yield say.fact("console.entry.return", say.text(agreement.return_or_delete))
    yield say.fact("console.entry.liability", say.text(agreement.liability))
    yield say.fact("console.entry.supervision", say.text(agreement.supervision))


def _text_of(say: Speaker, agreement: Agreement) -> Iterator[str]:
    """Yield which text of an agreement holds, since when, and the digest it is known by."""
    if agreement.version is not None:
        yield say.t("console.entry.agreement-version", version=agreement.version)
    if agreement.in_force_from is not None:
        yield say.t("console.entry.agreement-from", date=say.day(agreement.in_force_from))
    if agreement.digest is not None:
        yield f"SHA-256 {agreement.digest}"


def _duties(say: Speaker, recipient: Recipient) -> Iterator[Table]:
    agreement = _agreement(say, recipient)
    if agreement is None or not agreement.duties:
        return
    yield Table(
        caption=say.t("console.entry.duties"),
        heads=(say.t("console.entry.duties"), say.t("console.entry.borne-by")),
        rows=tuple(
            Row(cells=(said(say.text(each.duty)), said(say.t(f"borne-by.{each.borne_by}"))))
            for each in agreement.duties
        ),
    )
