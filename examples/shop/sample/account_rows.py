"""Rows about the account itself: customers, logins, addresses, children, devices, settings."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from sample.dice import Dice
from sample.identifiers import identity_number
from sample.moments import DAY_S, ago, written
from sample.names import call_name, nickname
from sample.people import Address, Customer
from sample.rows import Row

# platform, model, system, push channel: commonest first, as `Dice.lean` wants it
_DEVICES = (
    ("android", "PHONE-A10", "Android 15", "huawei"),
    ("ios", "iPhone17,3", "iOS 26.0", "apns"),
    ("harmony", "PHONE-H60", "HarmonyOS 6.0", "huawei"),
    ("android", "PHONE-X15", "Android 15", "xiaomi"),
    ("android", "PHONE-V200", "Android 14", "vivo"),
    ("android", "PHONE-R12", "Android 14", "oppo"),
    ("miniprogram", "MINI-PROGRAM", "Weixin 8.0", "getui"),
    ("android", "TABLET-M6", "Android 13", "getui"),
)
_VERSIONS = ("6.4.0", "6.3.2", "6.3.1", "6.2.0", "5.9.4")
_SIZES = ("90", "100", "110", "120", "鞋28", "鞋31")
_ADULT = 18


def login_at(customer: Customer, dice: Dice) -> datetime:
    """Return when somebody was last seen: after registering, before leaving."""
    until = customer.ended_at or ago(0)
    span = max(2, int((until - customer.registered_at).total_seconds()))
    return until - timedelta(seconds=dice.below(min(span, 60 * DAY_S)))


def ip_address(dice: Dice) -> str:
    """Return an address of the blocks that RFC 5737 and RFC 3849 set aside for examples."""
    if dice.chance(200):
        return f"2001:db8:{dice.letters(4)}::{dice.letters(3)}"
    return f"{dice.pick(('192.0.2', '198.51.100', '203.0.113'))}.{dice.between(1, 254)}"


def customer_rows(people: tuple[Customer, ...], dice: Dice) -> Iterator[Row]:
    """Yield one row per account; of a cancelled one only the number and the dates are left."""
    for person in people:
        inviter = dice.between(1, person.customer_id) if dice.chance(90) else person.customer_id
        referred_by = inviter if inviter != person.customer_id else None
        account = f"sj_{person.customer_id:06d}_{dice.letters(4)}"
        shown, avatar = nickname(dice), f"avatar/{dice.letters(16)}.jpg"
        mail = f"{dice.letters(8, 'abcdefghjkmnpqrstuvwxyz')}{person.customer_id}@mail.example"
        gives_mail = dice.chance(180) and person.shops and not person.left
        tells = dice.below(100)
        if person.left:
            account = f"gone_{person.customer_id:06d}"
            shown, avatar, tells = "已注销", "", 99
        yield (
            person.customer_id,
            account,
            shown,
            avatar or None,
            mail if gives_mail else None,
            ("f" if person.female else "m") if tells < 62 else None,  # noqa: PLR2004 - per cent
            person.born.isoformat() if tells < 55 or not person.shops else None,  # noqa: PLR2004 - per cent
            written(person.registered_at),
            referred_by,
            person.status,
            written(person.ended_at) if person.ended_at else None,
        )


def login_rows(people: tuple[Customer, ...], dice: Dice) -> Iterator[Row]:
    """Yield the ways each customer signs in: the phone always, others by choice."""
    taken: set[str] = set()
    for person in people:
        secret = hashlib.sha256(dice.letters(12).encode()).hexdigest()
        openid = f"oEx{dice.letters(25, 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLM0123456789')}"
        by_wechat, with_password = dice.chance(420), dice.chance(350)
        if person.left:
            continue
        since = written(person.registered_at)
        if person.phone not in taken:
            taken.add(person.phone)
            kept = f"$scrypt$example${secret}" if with_password else None
            yield (person.customer_id, "phone", person.phone, kept, since)
        if by_wechat:
            yield (person.customer_id, "wechat", openid, None, since)


def _places(people: tuple[Customer, ...]) -> dict[int, Address]:
    places: dict[int, Address] = {}
    for person in people:
        if not person.left:
            for place in (person.home, *person.gifts):
                places[place.address_id] = place
    return places


def address_rows(people: tuple[Customer, ...]) -> Iterator[Row]:
    """Yield every address that somebody still uses, once."""
    for address_id, place in sorted(_places(people).items()):
        yield (
            address_id,
            place.name,
            place.phone,
            place.division.code,
            place.division.province,
            place.division.city,
            place.division.district,
            place.detail,
            place.division.postcode,
            written(place.created_at),
        )


def customer_address_rows(people: tuple[Customer, ...]) -> Iterator[Row]:
    """Yield who uses which address: a household shares one, a gift goes to somebody else."""
    for person in people:
        if not person.left:
            own = "own" if person.home.name == person.name else "household"
            yield (person.customer_id, person.home.address_id, own, 1)
            for gift in person.gifts:
                yield (person.customer_id, gift.address_id, "gift", 0)


def child_rows(people: tuple[Customer, ...], dice: Dice) -> Iterator[Row]:
    """Yield the children whom guardians have entered, with the relation that was checked."""
    number = 0
    for person in people:
        for child in person.children:
            number += 1
            later = login_at(person, dice)
            entered = later if child.account is None else person.registered_at
            yield (
                number,
                person.customer_id,
                child.account,
                call_name(dice),
                f"{child.born:%Y-%m}",
                "f" if child.female else "m",
                dice.pick(_SIZES),
                child.relation,
                written(entered),
                written(entered),
            )


def real_name_rows(
    people: tuple[Customer, ...], importers: frozenset[int], dice: Dice
) -> Iterator[Row]:
    """Yield the identity checks that customs ask for when goods come from abroad.

    Args:
        people: All customers.
        importers: Numbers of those who paid for goods from abroad: their check matched.
        dice: What decides who else tried, and could not show who they are.

    """
    for person in people:
        number = identity_number(
            dice, division=person.home.division.code, born=person.born, female=person.female
        )
        failed, at = dice.chance(6), written(login_at(person, dice))
        imports = person.customer_id in importers
        if (imports or failed) and person.age >= _ADULT and not person.left:
            result = "match" if imports else "mismatch"
            yield (person.customer_id, person.name, number, "cross_border", result, at)


def device_rows(people: tuple[Customer, ...], dice: Dice) -> Iterator[Row]:
    """Yield each device once; a family tablet belongs to several people."""
    seen: set[int] = set()
    for person in people:
        for device in person.devices:
            if device not in seen:
                seen.add(device)
                platform, model, system, _ = device_kind(device)
                key = hashlib.sha256(f"install/{device}".encode()).hexdigest()[:32]
                ends = (dice.letters(8), dice.letters(4), dice.letters(3), dice.letters(3))
                ad_id = "{}-{}-4{}-a{}-".format(*ends) + dice.letters(12)
                shown = ad_id if platform != "miniprogram" and dice.chance(450) else None
                version = dice.lean(_VERSIONS)
                yield (
                    device,
                    platform,
                    model,
                    system,
                    key,
                    shown,
                    version,
                    written(person.registered_at),
                )


def device_login_rows(people: tuple[Customer, ...], dice: Dice) -> Iterator[Row]:
    """Yield who signed in on which device, from where, last when."""
    for person in people:
        for device in person.devices:
            row = (device, person.customer_id, ip_address(dice), written(login_at(person, dice)))
            if not person.left:
                yield row


def push_rows(people: tuple[Customer, ...], dice: Dice) -> Iterator[Row]:
    """Yield the push address of each device whose first owner allowed notices."""
    seen: set[int] = set()
    for person in people:
        for device in person.devices:
            token = dice.letters(48)
            if device not in seen and person.shops and not person.left and dice.chance(610):
                seen.add(device)
                channel = device_kind(device)[3]
                yield (device, channel, token, person.customer_id, written(login_at(person, dice)))


def setting_rows(people: tuple[Customer, ...], dice: Dice) -> Iterator[Row]:
    """Yield the switches: personalised advertising is off until somebody turns it on."""
    for person in people:
        ads, feed, push = dice.chance(70), dice.chance(880), dice.chance(120)
        if not person.left:
            grown = person.age >= _ADULT
            row = (int(ads and grown), int(feed and person.shops), int(push and grown))
            yield (person.customer_id, *row, written(login_at(person, dice)))


def device_kind(device: int) -> tuple[str, str, str, str]:
    """Return platform, model, system and push channel of a device; its number decides."""
    return Dice(device, "device").lean(_DEVICES)
