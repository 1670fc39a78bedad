"""A shop whose database holds what its register says, and what it does not say."""

import json
import shutil
from datetime import UTC, date, datetime
from hashlib import md5
from pathlib import Path

from tests.adapters.connectors.sql_stands import SqlStand

from chengnuo.domain.rights.values import Value
from chengnuo.engines.text.check_digits import ID_CHECKS, ID_WEIGHTS

SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
MEMBERS = 60
TODAY = date(2026, 11, 29)

_STORE = """
store: planted
name: {{zh: 种下的库, en: Planted}}
kind: {kind}
connection: PLANTED_DB
encrypted: true
tables:
  - table: members
    identity: [member_id]
    columns:
      - {{column: member_id, category: PI-NETID-ACCOUNT, when_deleted: delete-row}}
      - {{column: mobile, category: PI-BASIC-PHONE, when_deleted: delete-row}}
      - {{column: mail, category: PI-BASIC-EMAIL, when_deleted: delete-row}}
      - {{column: contact, category: PI-BASIC-EMAIL, when_deleted: delete-row}}
      - {{column: birthday, category: PI-BASIC-BIRTH, when_deleted: delete-row}}
      - {{column: fax, category: PI-BASIC-PHONE, when_deleted: delete-row}}
    not_personal: [status, order_no, product_name, shown, digest, card, joined_at]
    events: [{{event: collected, column: joined_at}}]
  - table: visits
    columns:
      - {{column: member_id, category: PI-NETID-ACCOUNT, when_deleted: delete-row}}
    not_personal: [visited_at]
    identity: [member_id]
    events: [{{event: collected, column: visited_at}}]
  - table: gone
    identity: [member_id]
    columns:
      - {{column: member_id, category: PI-NETID-ACCOUNT, when_deleted: delete-row}}
"""
_ACTIVITY = """
activity: {name}
service: messages
purpose: {{zh: 管理会员, en: Keep members}}
scene: {{zh: 加入会员时, en: When somebody joins}}
method:
  provided_by: individual
  trigger: user-action
  operations: [collect, store, use, delete]
items:
  - {{category: PI-NETID-ACCOUNT, necessary: true}}
  - {{category: PI-BASIC-PHONE, necessary: true}}
  - {{category: PI-BASIC-EMAIL, necessary: true}}
  - {{category: PI-BASIC-BIRTH, necessary: true}}
basis: contract
retention: {{keep: P1Y, from: collected, then: delete}}
stores: [planted.{table}]
minors_under_14: not-collected
"""
_TABLES = (
    (
        "CREATE TABLE members (member_id BIGINT NOT NULL PRIMARY KEY, mobile VARCHAR(40),"
        " mail VARCHAR(80), contact VARCHAR(80), birthday DATE, status VARCHAR(20),"
        " order_no VARCHAR(40), product_name VARCHAR(40), shown VARCHAR(40), digest VARCHAR(64),"
        " card VARCHAR(40), remark VARCHAR(200), ext VARCHAR(400), home_lat DOUBLE PRECISION,"
        " home_lng DOUBLE PRECISION, joined_at TIMESTAMP)"
    ),
    "CREATE TABLE visits (member_id BIGINT NOT NULL PRIMARY KEY, visited_at TIMESTAMP)",
    "CREATE TABLE legacy_export (row_no BIGINT NOT NULL PRIMARY KEY, phone BIGINT)",
    "CREATE TABLE settings (name VARCHAR(40), setting VARCHAR(40))",
)


def planted_folder(into: Path, kind: str) -> Path:
    """Return a register folder that declares the planted store beside those of the sample."""
    folder = into / "register"
    shutil.copytree(SHOP, folder)
    (folder / "stores" / "planted.yaml").write_text(_STORE.format(kind=kind), "utf-8")
    for name, table in (("club", "members"), ("visiting", "visits")):
        text = _ACTIVITY.format(name=name, table=table)
        (folder / "activities" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def plant(stand: SqlStand) -> None:
    """Make the tables and put their rows in."""
    stand.execute(*_TABLES)
    stand.put("members", [member(at) for at in range(MEMBERS)])
    recent = datetime(2026, 11, 1, tzinfo=UTC).replace(tzinfo=None)
    stand.put("visits", [{"member_id": at, "visited_at": recent} for at in range(3)])
    stand.put("legacy_export", [{"row_no": at, "phone": int(mobile(at))} for at in range(MEMBERS)])
    stand.put("settings", [{"name": "colour", "setting": "green"}])


def member(at: int) -> dict[str, Value]:
    """Return a row of the members."""
    said = "门口右转" if at % 4 else f"请打 {mobile(900 + at)} 找我"
    return {
        "member_id": at,
        "mobile": mobile(at),
        "mail": f"somebody{at}@mail.example",
        "contact": mobile(500 + at),
        "birthday": date(1901 + at % 5, 1 + at % 12, 1 + at % 28),
        "status": ("new", "old")[at % 2],
        "order_no": f"20260101{at:010}",
        "product_name": f"茶壶{at}",
        "shown": f"{mobile(at)[:3]}****{mobile(at)[-4:]}",
        "digest": md5(mobile(at).encode(), usedforsecurity=False).hexdigest(),
        "card": resident_id(at),
        "remark": f"{said}，谢谢",
        "ext": json.dumps({"buyer": {"phone": mobile(700 + at)}, "colour": "green"}),
        "home_lat": 30.123456 + at / 1000,
        "home_lng": 120.654321 + at / 1000,
        "joined_at": datetime(2020, 1, 1 + at % 28, tzinfo=UTC).replace(tzinfo=None),
    }


def mobile(at: int) -> str:
    return f"138001{at:05}"


def resident_id(at: int) -> str:
    first = f"3301061901{1 + at % 12:02}{1 + at % 28:02}{at:03}"
    total = sum(int(digit) * weight for digit, weight in zip(first, ID_WEIGHTS, strict=False))
    return first + ID_CHECKS[total % 11]


def secrets() -> list[str]:
    """Return the values that may stand in no output."""
    found: list[str] = []
    for at in range(MEMBERS):
        row = member(at)
        found += [str(row[name]) for name in ("mobile", "mail", "contact", "digest", "card")]
        found += [mobile(700 + at), mobile(900 + at), str(row["home_lat"]), str(row["birthday"])]
    return found
