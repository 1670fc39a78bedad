"""Calls and fields by which code can read personal information.

A call whose argument decides what it reads counts by what the argument can be: a key, an address
of a content provider, a path, a name. Where that cannot be told, what it may be is reported with
low confidence, or nothing if every program makes such calls.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.following import Followed, dotted
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.owners import Owners
from chengnuo.domain.observation.api_catalogue import Api, Role
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Observation,
    Observer,
    Owner,
    OwnerKind,
    Step,
    Subject,
    observation_id,
)
from chengnuo.domain.observation.string_signs import StringSign, Table
from chengnuo.domain.observation.touching import Touched, Weight
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.sites import Site, argument, calls, reads, references
from chengnuo.engines.program.values import Kind, Values, texts_of


@dataclass(frozen=True, slots=True)
class _Read:
    """What one place reads.

    Attributes:
        what: Id of the sign.
        touched: The categories.
        permissions: Permissions that guard it.
        confidence: How surely.
        by: The string that told it, or empty.

    """

    what: str
    touched: Touched
    permissions: tuple[str, ...]
    confidence: Confidence
    by: str = ""


def information(opened: Opened) -> Iterator[Observation]:
    """Yield what code can read, in the order of the catalogue and the code."""
    followed, knowledge, owners = opened.followed, opened.knowledge, opened.owners
    for api in knowledge.apis.apis.values():
        if api.role is Role.SOURCE or api.touched.categories or api.argument is not None:
            for site in _sites(followed, api):
                for read in _reads(followed, knowledge, api, site):
                    yield _observation(followed, owners, api, site, read)


def _sites(followed: Followed, api: Api) -> Iterator[Site]:
    program, hierarchy = followed.program, followed.hierarchy
    if api.is_field:
        yield from reads(program, api.class_name, api.member)
        return
    for reference in references(
        hierarchy, api.class_name, api.member, api.proto, below=api.subclasses
    ):
        yield from calls(program, reference)


def _reads(followed: Followed, knowledge: Knowledge, api: Api, site: Site) -> Iterator[_Read]:
    if api.argument is None:
        if api.touched.categories and api.touched.alone:
            confidence = Confidence.LOW if api.weight is Weight.LOW else Confidence.HIGH
            yield _Read(api.id, api.touched, api.permissions, confidence)
        return
    values = argument(followed.answers, site, api.argument.index)
    for sign in _signs(followed, knowledge, api.argument.table, values):
        if sign.touched.categories and sign.touched.alone:
            permissions = tuple(dict.fromkeys((*api.permissions, *sign.permissions)))
            yield _Read(api.id, sign.touched, permissions, Confidence.HIGH, sign.text)


def _signs(
    followed: Followed, knowledge: Knowledge, table: Table, values: Values
) -> Iterator[StringSign]:
    """Yield the signs that values are, each once."""
    found: dict[str, StringSign] = {}
    for text in texts_of(values):
        sign = knowledge.strings.find(table, text)
        if sign is not None:
            found[sign.id] = sign
    program = followed.program
    for value in values:
        if value.kind is Kind.FIELD:
            owner = text_of(program.types[program.field_type[value.number]])
            name = text_of(program.names[program.field_name[value.number]])
            sign = knowledge.strings.constant(owner, name)
            if sign is not None and sign.table is table:
                found[sign.id] = sign
        for held in value.arguments:
            for sign in _signs(followed, knowledge, table, held):
                found[sign.id] = sign
    yield from (found[key] for key in sorted(found))


def _observation(
    followed: Followed, owners: Owners, api: Api, site: Site, read: _Read
) -> Observation:
    place, path = followed.place(site), followed.path(site)
    owner = owners.of(place.class_name)
    return Observation(
        id=observation_id(Observer.PACKAGE, Subject.INFORMATION, read.what, place, read.by),
        observer=Observer.PACKAGE,
        subject=Subject.INFORMATION,
        what=read.what,
        categories=read.touched.categories,
        owner=owner,
        caused_by=caused_by(path, owners, owner),
        permissions=read.permissions,
        moment=followed.moment(site),
        place=place,
        path=path,
        confidence=read.confidence,
        details=(
            *((("argument", read.by),) if read.by else ()),
            ("calls", f"{dotted(api.class_name)}.{api.member}"),
        ),
    )


def caused_by(path: tuple[Step, ...], owners: Owners, owner: Owner) -> Owner:
    """Return whose doing it is that a place is reached.

    The app's own where its own code stands on the way: it calls, or hands over. Otherwise of the
    kit whose part the system starts by itself.
    """
    on_the_way = [owners.of(step.class_name) for step in path]
    if OWN in on_the_way:
        return OWN
    kits = (one for one in on_the_way if one.kind is OwnerKind.SDK)
    return next(kits, on_the_way[0] if on_the_way else owner)
