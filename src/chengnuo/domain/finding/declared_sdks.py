"""Which recipients of a register are which SDKs of a package.

A recipient is taken for an SDK by its id in the catalogue; where it gives none, by the packages of
code that it names, by its name, or by a part of it where the company is the same too. By the
company alone never, since one company offers many. Names are compared without case, spaces, signs
and the word SDK.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from chengnuo.domain.observation.observation import Owner, OwnerKind
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue, SdkId
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.recipient import Channel, Recipient

_NO_LETTER = re.compile(r"[\W_]+")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Names:
    """What one side is called, as names are compared, and its packages of code."""

    names: frozenset[str]
    companies: frozenset[str]
    packages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeclaredSdks:
    """The recipients that get information through code in the app.

    Attributes:
        recipients: The recipients, in the order of the register.
        catalogue: The SDKs that are known.

    """

    recipients: tuple[Recipient, ...]
    catalogue: SdkCatalogue

    def of(self, owner: Owner) -> tuple[Recipient, ...]:
        """Return the recipients that an owner may be; none for the app's own code."""
        if owner.kind is OwnerKind.SDK:
            ids = (owner.id, *owner.also)
            return tuple(one for one in self.recipients if not self.ids(one).isdisjoint(ids))
        if owner.kind is OwnerKind.LIBRARY:
            return tuple(one for one in self.recipients if _holds(_packages(one), owner.id))
        return ()

    def ids(self, recipient: Recipient) -> frozenset[str]:
        """Return the ids of the catalogue that a recipient may stand for."""
        return self._ids[recipient.recipient]

    def holds_class(self, recipient: Recipient, class_name: str) -> bool:
        """Tell whether a class, with dots, is in a package that the recipient names."""
        return _holds(_packages(recipient), class_name)

    @cached_property
    def _ids(self) -> Mapping[RecipientId, frozenset[str]]:
        return {one.recipient: frozenset(self._known_as(one)) for one in self.recipients}

    @cached_property
    def _known(self) -> Mapping[SdkId, _Names]:
        return {
            sdk.id: _Names(
                plain_names((sdk.name.zh, sdk.name.en)),
                plain_names((sdk.company.zh, sdk.company.en)),
                sdk.packages.own,
            )
            for sdk in self.catalogue.sdks.values()
        }

    def _known_as(self, recipient: Recipient) -> Iterator[str]:
        kit, name, company = recipient.sdk, recipient.name, recipient.company
        if kit is None and recipient.channel is not Channel.SDK:
            return
        said = None if kit is None else kit.catalogue
        if said is not None and SdkId(said) in self.catalogue.sdks:
            yield said
            return
        here = _Names(
            plain_names((name.zh, name.en, None if kit is None else kit.name)),
            plain_names((company.zh, company.en)),
            _packages(recipient),
        )
        for sdk, there in self._known.items():
            if _is_same(here, there):
                yield sdk


def _is_same(here: _Names, there: _Names) -> bool:
    return (
        not here.names.isdisjoint(there.names)
        or any(_holds(here.packages, one) for one in there.packages)
        or any(_holds(there.packages, one) for one in here.packages)
        or (overlap(here.companies, there.companies) and overlap(here.names, there.names))
    )


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name as it is compared.

    >>> plain_name("友盟+ SDK")
    '友盟'

    """
    return _NO_LETTER.sub("", name.casefold()).removesuffix("sdk").removesuffix("android")


def names_of(recipient: Recipient) -> frozenset[str]:
    """Return what a recipient and its company are called, as names are compared."""
    name, company = recipient.name, recipient.company
    return plain_names((name.zh, name.en, company.zh, company.en))


def overlap(some: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether a name of the one side is a part of a name of the other."""
    return any(one in other or other in one for one in some for other in others)


def plain_names(names: Iterable[str | None]) -> frozenset[str]:
    """Return names as they are compared, without those too short to tell anything."""
    found = (plain_name(one) for one in names if one is not None)
    return frozenset(one for one in found if len(one) >= _SHORTEST)


def _packages(recipient: Recipient) -> tuple[str, ...]:
    return () if recipient.sdk is None else recipient.sdk.packages


def _holds(packages: Iterable[str], name: str) -> bool:
    """Tell whether a package or class, with dots, is one of some packages or below one."""
    return any(name == one or name.startswith(f"{one}.") for one in packages if one)
