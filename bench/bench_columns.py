"""T2: a table of a million rows and twenty columns profiled, beside plain `re` over the same.

Profiled means: a sample of each column classified, then every value of the columns that need it
counted. One core. The base looks for the same six kinds by patterns alone, without check digits.
"""

import random
import re
import time
from collections.abc import Iterator, Sequence

from bench.figure import Figure

from chengnuo.adapters.name_weights import read_name_model
from chengnuo.engines.text.check_digits import ID_CHECKS, ID_WEIGHTS
from chengnuo.engines.text.column_contents import ColumnContents
from chengnuo.engines.text.columns import SAMPLE, Counts, classified, counted
from chengnuo.engines.text.kinds import Kind
from chengnuo.wiring.knowledge import text_knowledge

ROWS, SHORT_ROWS = 1_000_000, 200_000
PLANTED_EVERY = 50
_PLAIN = re.compile(
    r"(?<![0-9A-Za-z])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx]|62[0-9]{14,17}"
    r"|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9A-Za-z._%+-]+@[0-9A-Za-z.-]+\.[A-Za-z]{2,})"
    r"(?![0-9A-Za-z])"
)


def table(rows: int) -> dict[str, list[str]]:
    """Return a table of customers and orders, seeded; numbers are texts as a driver gives them."""
    draw = random.Random(24)
    digits = [f"{draw.randrange(10**8):08}" for _ in range(rows)]
    days = [f"{1901 + at % 60}{1 + at % 12:02}{1 + at % 28:02}" for at in range(997)]
    words = ("请放门口", "谢谢老板", "下次再来", "周末送货", "包装要好", "颜色随机")
    provinces = ("浙江省杭州市", "江苏省南京市", "广东省深圳市")
    every = range(rows)
    return {
        "id": [str(10_000_000 + at) for at in every],
        "mobile": [f"13{one[:1]}{one}" for one in digits],
        "id_card": [_resident(f"330106{days[at % 997]}{digits[at][:3]}") for at in every],
        "email": [f"u{one}@example.com" for one in digits],
        "real_name": ["张王李赵"[at % 4] + "一二三四五六七"[at % 7] for at in every],
        "address": [f"{provinces[at % 3]}某某路{at % 900}号" for at in every],
        "login_ip": [f"61.{at % 251}.{at % 239}.{1 + at % 250}" for at in every],
        "remark": [
            f"{words[at % 6]}，{words[at % 5]}"
            + (f" 13{digits[at][:1]}{digits[at]}" if at % PLANTED_EVERY == 0 else "")
            for at in every
        ],
        "order_no": [f"20260101{one}" for one in digits],
        "status": [("PAID", "NEW", "SENT")[at % 3] for at in every],
        "created_at": [f"2026-01-{1 + at % 28:02}T08:00:00" for at in every],
        "updated_at": [f"2026-02-{1 + at % 28:02}T08:00:00" for at in every],
        "amount_fen": [str(at % 90_000) for at in every],
        "quantity": [str(1 + at % 9) for at in every],
        "sku": [f"SKU-{at % 5000:06}" for at in every],
        "product_name": [f"紫砂茶壶{at % 800}" for at in every],
        "channel": [("app", "web", "mini")[at % 3] for at in every],
        "coupon_no": [f"C{one}" for one in digits],
        "masked_phone": [f"138****{one[:4]}" for one in digits],
        "phone_sha256": [f"{one}{one}" * 4 for one in digits],
    }


def _resident(first: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first, ID_WEIGHTS, strict=False))
    return first + ID_CHECKS[total % 11]


def profile(columns: dict[str, list[str]]) -> tuple[dict[str, Counts], float, float]:
    """Classify each column by a sample and count those that need it.

    Returns:
        Counts by column; the time for the samples, which does not grow with the table; the time
        for whole columns, which does.

    """
    search = text_knowledge().search(read_name_model())
    cues, contents = search.cues, ColumnContents(search.names, search.addresses)
    found: dict[str, Counts] = {}
    sampling = counting = 0.0
    for name, values in columns.items():
        since = time.process_time()
        step = max(1, len(values) // SAMPLE)
        about = classified(name, values[::step][:SAMPLE], cues, contents)
        between = time.process_time()
        sampling += between - since
        if about.searched:
            found[name] = counted(name, values, cues, about)
            counting += time.process_time() - between
    return found, sampling, counting


def plainly(columns: dict[str, list[str]], names: Sequence[str]) -> int:
    """Look through the same columns by one pattern, value by value."""
    search = _PLAIN.search
    return sum(1 for name in names for value in columns[name] if search(value))


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the time to profile the table, and the values of whole columns a second."""
    rows = SHORT_ROWS if short else ROWS
    columns = table(rows)
    profile({name: values[:SAMPLE] for name, values in columns.items()})  # warm
    found, sampling, counting = profile(columns)
    assert found["mobile"].whole == {Kind.MOBILE: rows}
    assert found["id_card"].whole == {Kind.RESIDENT_ID: rows}
    assert found["email"].whole == {Kind.EMAIL: rows}
    assert found["remark"].inside == {Kind.MOBILE: -(-rows // PLANTED_EVERY)}
    since = time.process_time()
    hits = plainly(columns, list(found))
    plain = time.process_time() - since
    assert hits >= 3 * rows
    scale = ROWS / rows
    yield Figure(
        aim="T2",
        name=f"profile of {rows:,} rows x {len(columns)} columns, {len(found)} of them whole",
        ours=sampling + counting * scale,
        base=plain * scale,
        base_name="one pattern of `re` over these columns",
        unit="s for 10^6 rows",
        limit=2.0,
        checked="each planted value is counted, and no other",
    )
    for name in ("mobile", "id_card", "remark"):
        values, cues = columns[name], text_knowledge().cues()
        about = classified(name, values[:SAMPLE], cues)
        since = time.process_time()
        got = counted(name, values, cues, about)
        spent = time.process_time() - since
        since = time.process_time()
        plainly(columns, [name])
        base = time.process_time() - since
        assert got.rows == rows
        yield Figure(
            aim="T2",
            name=f"whole column `{name}`, a million values",
            ours=spent * scale,
            base=base * scale,
            base_name="one pattern of `re`",
            unit="s",
            limit=0.2,
            checked="counted as one by one",
        )
