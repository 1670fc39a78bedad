"""Lines with values that stand where is known, made from templates and a seed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml

from chengnuo.engines.text.check_digits import (
    is_credit_code,
    is_luhn,
    is_residence_permit,
    is_resident_id,
)
from chengnuo.engines.text.kinds import Kind

FOLDER = Path(__file__).parent
KNOWLEDGE = Path(__file__).parents[3] / "src" / "chengnuo" / "knowledge" / "text"
SLOT = re.compile(r"\{([A-Z_0-9]+)\}|<([a-z0-9]+)>")
DIGITS = "0123456789"
HEX = "0123456789abcdef"
Span = tuple[int, int, Kind]


@dataclass(frozen=True, slots=True)
class Line:
    """A line and the values in it."""

    text: str
    values: tuple[Span, ...]


@cache
def templates(name: str) -> dict[str, list[str]]:
    """Return the templates of a set, `tuned` or `held_out`, and what they are filled with."""
    read = yaml.safe_load((FOLDER / f"lines_{name}.yaml").read_text(encoding="utf-8"))
    return {key: row.split() if isinstance(row, str) else row for key, row in read.items()}


@cache
def counties() -> list[str]:
    """Return provinces, prefectures and counties, joined."""
    rows = yaml.safe_load((KNOWLEDGE / "divisions.yaml").read_text(encoding="utf-8"))["items"]
    return [
        row["province"] + city + county
        for row in rows
        for part in row["parts"]
        for city, _, under in [part.partition(":")]
        for county in under.split()
    ]


@cache
def illnesses() -> list[str]:
    """Return words of health."""
    read = yaml.safe_load((KNOWLEDGE / "health.yaml").read_text(encoding="utf-8"))
    return [term for term in read["terms"] if len(term) > 2]


class Maker:
    """Makes lines.

    Args:
        name: The set of templates.
        seed: What decides the lines.

    """

    def __init__(self, name: str, seed: int) -> None:
        self.random = Random(seed)
        self.given = templates(name)

    def lines(self, part: str, count: int) -> Iterator[Line]:
        """Yield lines of a part: `prose`, `logs` or `neutral`."""
        for _ in range(count):
            yield self.line(self.random.choice(self.given[part]))

    def line(self, template: str) -> Line:
        """Return a template filled."""
        text, at, values = "", 0, []
        for slot in SLOT.finditer(template):
            text += template[at : slot.start()]
            at = slot.end()
            known = slot[1] in Kind.__members__ or (slot[2] or "") in OTHERS
            filler = slot.group()
            if slot[1] and known:
                filler = VALUES[Kind[slot[1]]](self)
                values.append((len(text), len(text) + len(filler), Kind[slot[1]]))
            elif known:
                filler = OTHERS[slot[2]](self)
            text += filler
        return Line(text + template[at:], tuple(values))

    def digits(self, count: int, signs: str = DIGITS) -> str:
        """Return so many random signs."""
        return "".join(self.random.choices(signs, k=count))

    def one(self, *of: str) -> str:
        """Return one of some."""
        return self.random.choice(of)

    def date(self, first: int, last: int) -> tuple[int, int, int]:
        """Return year, month and day."""
        random = self.random
        return random.randint(first, last), random.randint(1, 12), random.randint(1, 28)


def ended(body: str, signs: str, right: Callable[[str], bool]) -> str:
    """Return a body with the last sign that makes it right."""
    return next(body + sign for sign in signs if right(body + sign))


def resident_id(make: Maker) -> str:
    year, month, day = make.date(1950, 2012)
    division = make.one("110105", "310115", "440305", "510107", "330106", "420106", "610113")
    number = ended(
        f"{division}{year}{month:02}{day:02}{make.digits(3)}", "0123456789X", is_resident_id
    )
    return number.lower() if make.random.random() < 0.2 else number


def mobile(make: Maker) -> str:
    number = make.one(
        *["135", "138", "139", "150", "159", "176", "178", "186", "188", "198", "199"]
    ) + make.digits(8)
    parted = f"{number[:3]}{{}}{number[3:7]}{{}}{number[7:]}"
    forms = (
        number,
        number,
        number,
        f"+86{number}",
        f"+86 {number}",
        parted.format("-", "-"),
        parted.format(" ", " "),
    )
    return make.one(*forms)


def bank_card(make: Maker) -> str:
    body = make.one("622202", "621700", "622848", "621661", "623052") + make.digits(12)
    number = ended(body, DIGITS, is_luhn)
    return re.sub("(.{4})(?=.)", r"\1 ", number) if make.random.random() < 0.2 else number


def email(make: Maker) -> str:
    head = make.one("li.na", "wang_wei", "zhao-x", "hello", "sunny") + make.digits(3)
    return f"{head}@{make.one('qq.com', '163.com', 'example.com', 'mail.example.cn', 'gmail.com')}"


def plate(make: Maker) -> str:
    head = make.one(*"京沪粤浙苏鲁川湘") + make.one(*"ABCDE")
    return head + make.one(make.digits(5), "D" + make.digits(5), "A" + make.digits(4))


def birth_date(make: Maker) -> str:
    year, month, day = make.date(1950, 2015)
    return make.one(
        f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}{month:02}{day:02}"
    )


def name(make: Maker) -> str:
    given = make.given["given"]
    count = 1 if make.random.random() < 0.25 else 2
    return make.one(*make.given["surnames"]) + "".join(make.random.choices(given, k=count))


def address(make: Maker) -> str:
    random = make.random
    where = make.one(*counties()) + make.one(*make.given["roads"]) + f"{random.randint(1, 999)}号"
    if random.random() < 0.7:
        where += (
            make.one(*make.given["compounds"])
            + f"{random.randint(1, 30)}{make.one('栋', '号楼', '幢')}"
        )
        where += f"{random.randint(1, 4)}单元" if random.random() < 0.5 else ""
        where += f"{random.randint(1, 33)}{random.randint(1, 6):02}室"
    return where


def credit_code(make: Maker) -> str:
    body = make.one("91", "92", "93") + "440305" + make.digits(9)
    return ended(body, "0123456789ABCDEFGHJKLMNPQRTUWXY", is_credit_code)


def foreign_permit(make: Maker) -> str:
    year, month, day = make.date(1950, 2005)
    return ended(
        f"911156{year}{month:02}{day:02}{make.digits(3)}", "0123456789X", is_residence_permit
    )


def place(make: Maker) -> str:
    north, east = make.random.uniform(20, 50), make.random.uniform(80, 130)
    return f"{north:.6f},{east:.6f}"


def written(*marks: str) -> Callable[[Maker], str]:
    """Return a maker of values: `9` is a digit, `h` one of hexadecimal, the rest as it is."""

    def made(make: Maker) -> str:
        mark = make.one(*marks)
        return re.sub("[9h]", lambda sign: make.digits(1, DIGITS if sign[0] == "9" else HEX), mark)

    return made


VALUES: dict[Kind, Callable[[Maker], str]] = {
    Kind.RESIDENT_ID: resident_id,
    Kind.FOREIGN_PERMIT: foreign_permit,
    Kind.PASSPORT: written("E99999999", "EA9999999", "G99999999"),
    Kind.HMT_PERMIT: written("C99999999", "H99999999", "M99999999"),
    Kind.CREDIT_CODE: credit_code,
    Kind.MOBILE: mobile,
    Kind.LANDLINE: written("010-89999999", "0755-29999999", "021-69999999", "0571-88999999"),
    Kind.EMAIL: email,
    Kind.BANK_CARD: bank_card,
    Kind.ALIPAY: written("2088999999999999"),
    Kind.WECHAT: written("wxid_a9b9c9d9e9f9g9", "sunny_9999", "king-99999"),
    Kind.QQ: lambda make: make.digits(1, "123456789") + make.digits(make.random.randint(5, 8)),
    Kind.PLATE: plate,
    Kind.IMEI: lambda make: ended("86" + make.digits(12), DIGITS, is_luhn),
    Kind.DEVICE_ID: written("hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"),
    Kind.MAC: written("6h:hh:hh:hh:hh:hh", "A4:5E:hh:hh:hh:hh", "3c-9h-hh-hh-hh-hh"),
    Kind.IPV4: written("113.19.12.1", "61.139.2.9", "218.17.1.19", "202.101.1.9"),
    Kind.IPV6: written("2408:8hhh:hhh::hhh", "240e:3hh:1hhh:2hhh:3hhh:4hhh:5hhh:6hhh"),
    Kind.LOCATION: place,
    Kind.BIRTH_DATE: birth_date,
    Kind.POSTCODE: written("100099", "518099", "310099"),
    Kind.NAME: name,
    Kind.ADDRESS: address,
    Kind.HEALTH: lambda make: make.one(*illnesses()),
}
OTHERS: dict[str, Callable[[Maker], str]] = {
    "order": lambda make: (
        make.one("2024", "88", "1002") + make.digits(make.random.choice((10, 12, 15)))
    ),
    "date": lambda make: "{}年{}月{}日".format(*make.date(2019, 2026)),
    "price": lambda make: f"{make.random.uniform(1, 9999):.2f}",
    "n": lambda make: str(make.random.randint(1, 9999)),
    "n3": lambda make: str(make.random.randint(100, 999)),
    "n4": lambda make: str(make.random.randint(1000, 9999)),
    "version": lambda make: ".".join(str(make.random.randint(1, 30)) for _ in range(3)),
    "hash": lambda make: make.digits(32, HEX),
    "ms": lambda make: str(make.random.randint(1_600_000_000_000, 1_799_999_999_999)),
    "sku": written("B9999999", "K9999999", "T9999999"),
    "ts": lambda make: "{}-{:02}-{:02} 10:21:33.120".format(*make.date(2022, 2026)),
}
