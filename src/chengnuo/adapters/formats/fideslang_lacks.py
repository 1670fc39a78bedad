"""What Fides cannot say of a register; all of it is kept under `meta.pipl`.

Every field that a register fills and that no key of fideslang says is listed, so that nobody who
reads the file in Fides takes it for the whole.
"""

from collections.abc import Iterator

from chengnuo.adapters.formats.fideslang_words import BASIS_WORDS
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.kinds import KIND_BY_NAME, rows
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.shapes import fields_of
from chengnuo.ports.register_format import Lack

SAID: dict[str, frozenset[str]] = {
    "handler": frozenset(
        {"handler", "name", "address", "contacts", "protection_officer", "representative"}
        | {"security"}
    ),
    "app": frozenset({"app", "name"}),
    "service": frozenset(),
    "activity": frozenset(
        {"activity", "purpose", "purpose_kind", "basis", "retention", "stores", "recipients"}
    ),
    "recipient": frozenset(
        {"recipient", "role", "name", "company", "contact", "rules_url", "categories", "purpose"}
    ),
    "store": frozenset({"store", "name", "kind", "country", "tables"}),
    "agreement": frozenset(),
    "assessment": frozenset({"reference"}),
    "model": frozenset(),
    "switch": frozenset(),
    "notice": frozenset(),
    "sdk_waiver": frozenset(),
}
"""The fields that Fides shows, for each kind of row."""

_PARTLY: dict[tuple[str, str], Text] = {
    ("activity", "items"): Text(
        "只显示种类；是否必需、必要性说明、拒绝的后果不显示",
        "shows the categories only, not what is necessary, why, and what refusing means",
    ),
    ("activity", "retention"): Text(
        "只显示期限；起算点与到期处理不显示",
        "shows the period only, not from when it runs and what then",
    ),
    ("activity", "consent"): Text(
        "没有单独同意、书面同意的概念", "knows no separate or written consent"
    ),
    ("activity", "minors_under_14"): Text("没有监护人同意的概念", "knows no guardian's consent"),
    ("recipient", "cross_border"): Text(
        "只显示是否出境，出境路径仅以文字列出",
        "shows only that it goes abroad; the route is a plain text",
    ),
}
_NO_WORD_FOR_BASIS = Text(
    "这一合法性基础在 GDPR 第六条中没有对应，Fides 中留空",
    "GDPR Art. 6 has no such basis; it stays empty in Fides",
)


def lacks(register: Register) -> Iterator[Lack]:
    """Yield what Fides will not show of each row, row by row."""
    for ref, row in rows(register).items():
        for field in fields_of(KIND_BY_NAME[ref.kind].model):
            filled = field.required or getattr(row, field.name) != field.default
            partly = _PARTLY.get((ref.kind, field.key))
            if filled and partly is not None:
                yield Lack(row=ref, field=field.key, said=partly)
            elif filled and field.key not in SAID[ref.kind]:
                yield Lack(row=ref, field=field.key, said=_not_shown(field.key))
        if isinstance(row, ProcessingActivity) and BASIS_WORDS[row.basis] is None:
            yield Lack(row=ref, field="basis", said=_NO_WORD_FOR_BASIS)


def _not_shown(key: str) -> Text:
    label = label_of(key)
    return Text(f"Fides 不显示：{label.zh}", f"Fides does not show: {label.en}")
