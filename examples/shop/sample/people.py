"""The customers: who they are, with whom they live, where things are sent.

People come household by household: a home address is one shared row for all who live there.
Children under fourteen have an account only beside a guardian's.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sample.dice import Dice
from sample.divisions import DIVISIONS, Division
from sample.identifiers import phone_number
from sample.moments import AS_OF_DATE, DAY_S, OPENED_DAYS_AGO, age_on, ago
from sample.names import full_name, street_address, surname_of

_NEW_ACCOUNT_MOST_DAYS = OPENED_DAYS_AGO - 5
_CHILD = 14
_READS = 7


@dataclass(frozen=True, slots=True)
class Address:
    """One place and the person who receives there."""

    address_id: int
    name: str
    phone: str
    division: Division
    detail: str
    created_at: datetime

    @property
    def line(self) -> str:
        """The address as one writes it on a parcel."""
        place = self.division
        province = "" if place.province == place.city else place.province
        return f"{province}{place.city}{place.district}{self.detail}"


@dataclass(frozen=True, slots=True)
class Child:
    """A child in a guardian's profile, with or without an account of its own."""

    born: date
    female: bool
    relation: str
    account: int | None


@dataclass(frozen=True, slots=True)
class Customer:
    """One account and the person behind it."""

    customer_id: int
    name: str
    female: bool
    born: date
    phone: str
    home: Address
    gifts: tuple[Address, ...]
    registered_at: datetime
    status: str
    ended_at: datetime | None
    children: tuple[Child, ...]
    devices: tuple[int, ...]

    @property
    def age(self) -> int:
        """Full years on the day of the sample."""
        return age_on(self.born, AS_OF_DATE)

    @property
    def shops(self) -> bool:
        """Whether this account buys: children under fourteen only look on."""
        return self.age >= _CHILD

    @property
    def left(self) -> bool:
        """Whether the account has been cancelled, and only what a law keeps is still there."""
        return self.status == "cancelled"


@dataclass(slots=True)
class _Counters:
    """The last number given in each table that people share."""

    customer: int = 0
    address: int = 0
    device: int = 0


class _Town:
    """Puts households together until there are enough customers."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._last = _Counters()

    def household(self) -> list[Customer]:
        """Return one to four customers who live at one address."""
        dice = self._dice
        division = dice.pick(DIVISIONS)
        female = dice.chance(540)
        born = _born(dice, 19, 78)
        name = full_name(dice, female=female)
        phone = phone_number(dice)
        since = self._registered()
        home = self._address(name, phone, division, since)
        tablet = self._device() if dice.chance(160) else None
        age = age_on(born, AS_OF_DATE)
        raising = 24 <= age <= 46 and dice.chance(330)  # noqa: PLR2004 - years in which people have small children
        first_id = self._last.customer + 1
        self._last.customer = first_id
        kids = (
            tuple(self._child(female=female) for _ in range(dice.between(1, 2))) if raising else ()
        )
        found = [self._customer(first_id, (name, female, born, phone), home, since, kids, tablet)]
        if dice.chance(160):
            other = full_name(dice, female=not female)
            person = (other, not female, _near(dice, born), phone_number(dice))
            found.append(self._member(person, home, tablet))
        if age > 40 and dice.chance(60):  # noqa: PLR2004 - old enough to have a grown child
            girl = dice.chance(500)
            young = full_name(dice, female=girl, surname=surname_of(name))
            person = (young, girl, _born(dice, 14, 17), phone_number(dice))
            found.append(self._member(person, home, tablet))
        for kid in kids:
            if kid.account is not None:
                small = full_name(dice, female=kid.female, surname=surname_of(name))
                person = (small, kid.female, kid.born, phone_number(dice))
                found.append(self._customer(kid.account, person, home, since, (), tablet))
        return found

    def _member(
        self, person: tuple[str, bool, date, str], home: Address, tablet: int | None
    ) -> Customer:
        self._last.customer += 1
        return self._customer(self._last.customer, person, home, self._registered(), (), tablet)

    def _customer(  # noqa: PLR0913, PLR0917 - one value per fact of the household
        self,
        customer_id: int,
        person: tuple[str, bool, date, str],
        home: Address,
        since: datetime,
        kids: tuple[Child, ...],
        tablet: int | None,
    ) -> Customer:
        dice = self._dice
        name, female, born, phone = person
        grown = age_on(born, AS_OF_DATE) >= _CHILD
        status, ended = "active", None
        if grown and not kids and dice.chance(20):
            status = "cancelled"
            ended = since + timedelta(
                seconds=dice.between(1, int((ago(0) - since).total_seconds()))
            )
        elif grown and dice.chance(3):
            status = "suspended"
        own = self._device() if grown or tablet is None else None
        return Customer(
            customer_id=customer_id,
            name=name,
            female=female,
            born=born,
            phone=phone,
            home=home,
            gifts=self._gifts(since) if grown and dice.chance(110) else (),
            registered_at=since,
            status=status,
            ended_at=ended,
            children=kids,
            devices=tuple(device for device in (own, tablet) if device is not None),
        )

    def _child(self, *, female: bool) -> Child:
        dice = self._dice
        relation = "other" if dice.chance(15) else "mother" if female else "father"
        born = _born(dice, 1, 13)
        account = None
        if age_on(born, AS_OF_DATE) >= _READS and dice.chance(150):
            self._last.customer += 1
            account = self._last.customer
        return Child(born, dice.chance(490), relation, account)

    def _gifts(self, since: datetime) -> tuple[Address, ...]:
        dice = self._dice
        return tuple(
            self._address(
                full_name(dice, female=dice.chance(550)),
                phone_number(dice),
                dice.pick(DIVISIONS),
                since,
            )
            for _ in range(dice.between(1, 2))
        )

    def _address(self, name: str, phone: str, division: Division, since: datetime) -> Address:
        self._last.address += 1
        detail = street_address(self._dice)
        return Address(self._last.address, name, phone, division, detail, since)

    def _device(self) -> int:
        self._last.device += 1
        return self._last.device

    def _registered(self) -> datetime:
        return ago(self._dice.between(3 * DAY_S, _NEW_ACCOUNT_MOST_DAYS * DAY_S))


def _born(dice: Dice, youngest: int, oldest: int) -> date:
    """Return a birthday that makes somebody at least the one, at most the other age now."""
    return AS_OF_DATE - timedelta(days=dice.between(youngest * 366, oldest * 365))


def _near(dice: Dice, born: date) -> date:
    """Return a birthday within six years of another, of somebody grown up."""
    other = born + timedelta(days=dice.between(-2190, 2190))
    return min(other, AS_OF_DATE - timedelta(days=19 * 366))


def customers(seed: int, wanted: int) -> tuple[Customer, ...]:
    """Return exactly so many customers in the order of their numbers."""
    town = _Town(Dice(seed, "people"))
    found: list[Customer] = []
    while len(found) < wanted:
        found.extend(town.household())
    found.sort(key=lambda customer: customer.customer_id)
    return _cut(found, wanted)


def _cut(found: list[Customer], wanted: int) -> tuple[Customer, ...]:
    """Leave out the last household's surplus; a child keeps its profile, without an account."""
    kept = found[:wanted]
    return tuple(
        replace(
            customer,
            children=tuple(
                replace(child, account=None) if (child.account or 0) > wanted else child
                for child in customer.children
            ),
        )
        for customer in kept
    )
