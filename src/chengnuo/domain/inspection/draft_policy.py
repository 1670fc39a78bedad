"""What a privacy policy adds to a draft: purposes, periods, contacts, dates, recipients.

Only what the draft marks as not known is filled in, with the policy's own words, and the remarks
above the row say where they stand. Whether they are true a person decides: a policy may be wrong.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from chengnuo.base.columns import plain
from chengnuo.base.text import Text
from chengnuo.domain.finding.rule import ref
from chengnuo.domain.inspection.draft import Draft
from chengnuo.domain.inspection.policies.periods import end_of, periods_in, start_of
from chengnuo.domain.observation.policy import (
    CollectedItem,
    ContactRole,
    Necessity,
    PolicyFieldKind,
    PolicyReading,
    Said,
)
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.domain.register.activity import PIItem, ProcessingActivity
from chengnuo.domain.register.app import App
from chengnuo.domain.register.draft import (
    UNKNOWN_COUNT,
    UNKNOWN_DAY,
    is_to_complete,
    to_complete,
)
from chengnuo.domain.register.handler import Contacts, Handler, ProtectionOfficer
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.recipient import Recipient
from chengnuo.domain.register.retention import Retention, RetentionStart
from chengnuo.domain.register.scalars import Keep

_QUOTED = 60
_BRACKET = re.compile(r"[（(]")
MOST_QUOTES = 4
_FROM = Text(
    "隐私政策 {file} 第 {at} 字起（{field}）：“{words}”",
    "policy {file}, character {at} ({field}): “{words}”",
)


R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Filled(Generic[R_co]):
    """A row, and what a policy gave it: field and words."""

    row: R_co
    quotes: tuple[tuple[str, Said], ...]


def with_policy(draft: Draft, reading: PolicyReading) -> Draft:
    """Return a draft with what a policy says filled in.

    Args:
        draft: The draft from a package.
        reading: What the app's policy says.

    """
    register = draft.register
    handler = handler_said(register.handler, reading)
    apps = [app_said(one, reading) for one in register.apps]
    activities = [_activity(one, reading) for one in register.activities]
    recipients = [_recipient(one, reading) for one in register.recipients]
    every: tuple[Filled[object], ...] = (handler, *apps, *activities, *recipients)
    quotes = {ref(one.row): one.quotes for one in every}
    return replace(
        draft,
        register=replace(
            register,
            handler=handler.row,
            apps=tuple(one.row for one in apps),
            activities=tuple(one.row for one in activities),
            recipients=tuple(one.row for one in recipients),
        ),
        remarks=_remarks(draft.remarks, quotes, reading.file),
    )


def _remarks(
    remarks: Mapping[RowRef, tuple[Text, ...]],
    quotes: Mapping[RowRef, tuple[tuple[str, Said], ...]],
    file: str,
) -> Mapping[RowRef, tuple[Text, ...]]:
    found = dict(remarks)
    for row, each in quotes.items():
        found[row] = (*found.get(row, ()), *(quote(file, *one) for one in each))
    return found


def quote(file: str, field: str, said: Said) -> Text:
    """Return a remark that tells which words of a policy a field of a row was filled from."""
    line = plain(" ".join(said.words.split()))
    words = line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"
    facts = {"file": plain(file), "at": said.start, "field": field, "words": words}
    return Text(_FROM.zh.format_map(facts), (_FROM.en or "").format_map(facts))


def handler_said(handler: Handler, reading: PolicyReading) -> Filled[Handler]:
    """Return the handler with its name, its address and how it is reached, as a policy says."""
    quotes: list[tuple[str, Said]] = []
    for one in reading.fields_of(PolicyFieldKind.HANDLER)[:1]:
        if is_to_complete(handler.name):
            handler = replace(handler, name=Text(on_one_line(one.value)))
            quotes.append(("name", one.said))
    for one in reading.fields_of(PolicyFieldKind.ADDRESS)[:1]:
        if is_to_complete(handler.address):
            handler = replace(handler, address=Text(on_one_line(one.value)))
            quotes.append(("address", one.said))
    contacts = _contacts(handler.contacts, reading, ContactRole.GENERAL, "contacts", quotes)
    complaints = handler.complaints
    reached = _contacts(
        complaints.contacts, reading, ContactRole.COMPLAINTS, "complaints.contacts", quotes
    )
    complaints = replace(complaints, contacts=reached)
    for one in reading.fields_of(PolicyFieldKind.COMPLAINT)[:1]:
        if is_to_complete(complaints.path):
            complaints = replace(complaints, path=Text(on_one_line(one.value)))
            quotes.append(("complaints.path", one.said))
    answered = reading.fields_of(PolicyFieldKind.RESPONSE)
    if complaints.working_days == UNKNOWN_COUNT and len({one.value for one in answered}) == 1:
        complaints = replace(complaints, working_days=int(answered[0].value))
        quotes.append(("complaints.working_days", answered[0].said))
    return Filled(replace(handler, contacts=contacts, complaints=complaints), tuple(quotes))


def officer_said(handler: Handler, reading: PolicyReading) -> Filled[Handler]:
    """Return the handler with how a policy says its protection officer is reached."""
    quotes: list[tuple[str, Said]] = []
    officer = handler.protection_officer
    known = Contacts() if officer is None else officer.contacts
    at = "protection_officer.contacts"
    contacts = _contacts(known, reading, ContactRole.OFFICER, at, quotes)
    if contacts == known:
        return Filled(handler, ())
    title = _TITLE if officer is None else officer.title
    found = ProtectionOfficer(title=title, contacts=contacts)
    return Filled(replace(handler, protection_officer=found), tuple(quotes))


_TITLE = to_complete(Text("负责人的职务名称", "the title of the officer"))
_COMPLAINING = re.compile(r"投诉|举报|complain", re.IGNORECASE)


def complaint_days_said(handler: Handler, reading: PolicyReading) -> Filled[Handler]:
    """Return the handler with the time to an answer that stands below a heading on complaints."""
    told = [
        one
        for one in reading.fields_of(PolicyFieldKind.RESPONSE)
        if _COMPLAINING.search(one.heading)
    ]
    complaints = handler.complaints
    if complaints.working_days != UNKNOWN_COUNT or len({one.value for one in told}) != 1:
        return Filled(handler, ())
    complaints = replace(complaints, working_days=int(told[0].value))
    quotes = (("complaints.working_days", told[0].said),)
    return Filled(replace(handler, complaints=complaints), quotes)


def _contacts(
    contacts: Contacts,
    reading: PolicyReading,
    role: ContactRole,
    field: str,
    quotes: list[tuple[str, Said]],
) -> Contacts:
    for one in reading.fields:
        if one.role is role and one.kind is PolicyFieldKind.EMAIL and contacts.email is None:
            contacts = replace(contacts, email=one.value)
            quotes.append((f"{field}.email", one.said))
        if one.role is role and one.kind is PolicyFieldKind.PHONE and contacts.phone is None:
            contacts = replace(contacts, phone=one.value)
            quotes.append((f"{field}.phone", one.said))
    return contacts


def app_said(app: App, reading: PolicyReading) -> Filled[App]:
    """Return the app with the days of its rules, as a policy says."""
    quotes: list[tuple[str, Said]] = []
    for one in reading.fields_of(PolicyFieldKind.UPDATED)[:1]:
        day = reading.day(PolicyFieldKind.UPDATED)
        if app.rules_updated == UNKNOWN_DAY and day is not None:
            app = replace(app, rules_updated=day)
            quotes.append(("rules_updated", one.said))
    for one in reading.fields_of(PolicyFieldKind.EFFECTIVE)[:1]:
        day = reading.day(PolicyFieldKind.EFFECTIVE)
        if app.rules_effective == UNKNOWN_DAY and day is not None:
            app = replace(app, rules_effective=day)
            quotes.append(("rules_effective", one.said))
    return Filled(app, tuple(quotes))


def _activity(activity: ProcessingActivity, reading: PolicyReading) -> Filled[ProcessingActivity]:
    said = [one for one in reading.collected if one.category in activity.categories]
    quotes = [("purpose", one) for one in _distinct(said)]
    told = next((one for one in said if one.purpose is not None), None)
    if told is not None and told.purpose is not None and is_to_complete(activity.purpose):
        activity = replace(activity, purpose=_text(told.purpose))
        if told.scene is not None and is_to_complete(activity.scene):
            activity = replace(activity, scene=_text(told.scene))
            quotes.append(("scene", told.scene))
    kept = next((one.retention for one in said if one.retention is not None), None)
    retention = None if kept is None else retention_said(kept)
    if kept is not None and retention is not None:
        activity = replace(activity, retention=retention)
        quotes.append(("retention", kept))
    items = tuple(
        necessity_said(item, {one.necessity for one in said if one.category == item.category})
        for item in activity.items
    )
    return Filled(replace(activity, items=items), tuple(quotes))


def _distinct(said: list[CollectedItem]) -> Iterator[Said]:
    """Yield the purposes that a policy gives, each of its words once, the first few."""
    found = {one.purpose.words: one.purpose for one in said if one.purpose is not None}
    yield from [*found.values()][:MOST_QUOTES]


def necessity_said(item: PIItem, said: set[Necessity]) -> PIItem:
    """Return an item as necessary if that is all that a policy says of it."""
    if said == {Necessity.NECESSARY}:
        return replace(item, necessary=True, if_refused=None)
    return item


def retention_said(said: Said) -> Retention | None:
    """Return the period that a policy states for an activity; None if it states none."""
    before = _BRACKET.split(said.words, maxsplit=1)[0]
    # What stands in brackets behind a period says why; it may name other events and periods.
    words = before if any(periods_in(before)) else said.words
    found = next((period for *_, period in periods_in(words)), None)
    if found is None:
        return None
    return Retention(
        keep=Keep.parse(found),
        from_=start_of(words) or RetentionStart.COLLECTED,
        then=end_of(words),
    )


def _recipient(recipient: Recipient, reading: PolicyReading) -> Filled[Recipient]:
    sdk = SdkId(recipient.recipient)
    party = next((one for one in reading.parties if one.sdk == sdk), None)
    if party is None:
        return Filled(recipient, ())
    quotes = [("name", party.name)]
    if party.method is not None and recipient.method is None:
        recipient = replace(recipient, method=_text(party.method))
        quotes.append(("method", party.method))
    if party.contact is not None and recipient.contact is None:
        recipient = replace(recipient, contact=_text(party.contact))
        quotes.append(("contact", party.contact))
    if party.link is not None and recipient.rules_url is None:
        recipient = replace(recipient, rules_url=on_one_line(party.link.words))
        quotes.append(("rules_url", party.link))
    if party.purpose is not None:
        quotes.append(("purpose", party.purpose))
    return Filled(recipient, tuple(quotes))


def _text(said: Said) -> Text:
    return Text(on_one_line(said.words))


def on_one_line(words: str) -> str:
    r"""Return words of a policy as a row may hold them: on one line, without control characters.

    >>> on_one_line("a \n b\x1b")
    'a b'

    """
    return "".join(sign for sign in " ".join(words.split()) if sign.isprintable())
