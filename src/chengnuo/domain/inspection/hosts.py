"""Hosts that a package names: in its code, its tables, its scripts and its libraries.

Named is not asked: `use` says whether the address reaches a call that opens it, or only stands
there. Links by which other apps open this one (`data` of intent filters) are no hosts that it asks.
Country and operator are hints of the catalogue (`host_catalogue`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chengnuo.domain.inspection.following import Followed, dotted
from chengnuo.domain.inspection.host_names import addresses_in, domain_of, is_number
from chengnuo.domain.inspection.host_texts import hosts_in_files
from chengnuo.domain.inspection.information import caused_by
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.opened_addresses import opened_addresses
from chengnuo.domain.inspection.owners import owner_of
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    OWN,
    Confidence,
    Observation,
    Observer,
    Owner,
    OwnerKind,
    Place,
    Subject,
    observation_id,
)
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.said import said_in
from chengnuo.engines.program.sites import Site

_LONGEST = 100_000
_MOST_PLACES = 48
"""Places of one string that are looked at for the earliest."""


@dataclass(slots=True)
class _Found:
    """Where a host is named by one owner: the earliest place, and everything said there."""

    place: Place
    moment: Moment = Moment.UNKNOWN
    site: Site | None = None
    is_opened: bool = False
    schemes: set[str] = field(default_factory=set)

    def earlier(self, followed: Followed, site: Site, *, is_opened: bool) -> None:
        """Take a place if it is opened there and was not before, or if it is earlier."""
        moment = followed.moment(site)
        better = (not is_opened, moment.rank, site) < (
            not self.is_opened,
            self.moment.rank,
            self.site or site,
        )
        if self.site is None or better:
            self.site, self.moment, self.place = site, moment, followed.place(site)
        self.is_opened = self.is_opened or is_opened


def hosts(opened: Opened) -> Iterator[Observation]:
    """Yield the hosts of a package, each once for every owner of the code or file that names it."""
    found: dict[tuple[str, Owner], _Found] = {}
    _in_code(opened, found)
    _opened(opened, found)
    _in_files(opened, found)
    for host, owner in sorted(found):
        yield _observation(opened, host, owner, found[host, owner])


def _in_code(opened: Opened, found: dict[tuple[str, Owner], _Found]) -> None:
    program = opened.followed.program
    said = said_in(program)
    for string, text in said.texts():
        if b"." not in text or len(text) > _LONGEST:
            continue
        for address in addresses_in(text):
            for defined, pc in said.places(string)[:_MOST_PLACES]:
                site = Site(defined, pc, string)
                _note(opened, found, address.host, site).schemes.add(address.scheme)
            for holder in said.holders(string):
                file = program.units[int(program.class_unit[holder])].name
                name = dotted(text_of(program.types[program.class_type[holder]]))
                key = (address.host, opened.owners.of(name))
                one = found.setdefault(key, _Found(Place(file=file, class_name=name)))
                one.schemes.add(address.scheme)


def _opened(opened: Opened, found: dict[tuple[str, Owner], _Found]) -> None:
    for one in opened_addresses(opened.followed):
        noted = _note(opened, found, one.address.host, one.site, is_opened=True)
        noted.schemes.add(one.address.scheme)


def _note(
    opened: Opened,
    found: dict[tuple[str, Owner], _Found],
    host: str,
    site: Site,
    *,
    is_opened: bool = False,
) -> _Found:
    followed = opened.followed
    owner = opened.owners.of(followed.named(site.defined)[0])
    if (host, owner) not in found:
        found[host, owner] = _Found(followed.place(site))
    found[host, owner].earlier(followed, site, is_opened=is_opened)
    return found[host, owner]


def _in_files(opened: Opened, found: dict[tuple[str, Owner], _Found]) -> None:
    for one in hosts_in_files(opened):
        owner = OWN
        if one.is_library:
            name = one.file.rpartition("/")[2]
            claim = opened.knowledge.sdks.by_library(name)
            owner = Owner(kind=OwnerKind.LIBRARY, id=name)
            if claim is not None and not claim.weak:
                owner = owner_of(claim, opened.owners.present)
        key = (one.address.host, owner)
        noted = found.setdefault(key, _Found(Place(file=one.file)))
        noted.schemes.add(one.address.scheme)


def _observation(opened: Opened, host: str, owner: Owner, found: _Found) -> Observation:
    """Return the observation of a host; its id stays when the code that names it moves."""
    followed = opened.followed
    path = followed.path(found.site) if found.site else ()
    details = {"use": "opened" if found.is_opened else "named", **_details(opened, host)}
    schemes = sorted(found.schemes - {""})
    if schemes:
        details["scheme"] = ", ".join(schemes)
    sure = schemes and owner.kind is not OwnerKind.LIBRARY
    confidence = Confidence.MEDIUM if sure else Confidence.LOW
    key = f"{owner.kind} {owner.id}"
    return Observation(
        id=observation_id(Observer.PACKAGE, Subject.HOST, host, Place(file=""), key),
        observer=Observer.PACKAGE,
        subject=Subject.HOST,
        what=host,
        owner=owner,
        caused_by=caused_by(path, opened.owners, owner),
        moment=found.moment,
        place=found.place,
        path=path,
        confidence=Confidence.HIGH if found.is_opened else confidence,
        details=tuple(sorted(details.items())),
    )


def _details(opened: Opened, host: str) -> dict[str, str]:
    """Return what the catalogues say of a host."""
    if is_number(host):
        return {"number": "yes"}
    told = {"domain": domain_of(host)}
    knowledge = opened.knowledge
    claim = knowledge.sdks.by_host(host)
    if claim is not None and not claim.weak:
        told["sdk"] = ", ".join(claim.sdks)
    known = knowledge.hosts.find(host)
    if known is not None:
        told |= {"country": known.country, "operator": known.operator}
        told["overseas"] = "yes" if known.is_overseas else "no"
    elif claim is not None and not claim.weak:
        sdks = [knowledge.sdks.sdks[one] for one in claim.sdks]
        if len({one.country for one in sdks}) == 1:
            told["country"] = sdks[0].country
            told["overseas"] = "yes" if sdks[0].is_overseas else "no"
    return told
