"""What an impact assessment of an activity is about, and in which words it changed.

An assessment covers an activity as it was when it was written: purpose, method, categories,
recipients, period, automated decision, publication, children. When any of these changes, what was
approved no longer covers it (PIPL Arts. 55, 56). Wording in English, contacts and the tables in
which something is kept are not in it.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import (
    binding_words,
    common_material,
    provided_categories,
)
from chengnuo.domain.register.model import Register

MATERIAL_VERSION: Final = 1

_PARTS = {
    "purpose": Text("处理目的", "purpose"),
    "method": Text("处理方式", "method"),
    "categories": Text("信息种类", "categories"),
    "recipients": Text("接收方", "recipients"),
    "period": Text("保存期限", "period"),
    "automated": Text("自动化决策", "automated decision"),
    "publication": Text("公开", "publication"),
    "minors": Text("儿童信息", "information of children"),
}


def material_of(activity: ProcessingActivity, register: Register) -> dict[str, Tree]:
    """Return what an assessment of an activity is about, as it enters the fingerprint."""
    automated, disclosure = activity.automated, activity.disclosure
    return {
        **common_material(activity),
        "categories": sorted(str(one) for one in activity.categories),
        "recipients": sorted(
            " · ".join(
                (
                    binding_words(one.company),
                    one.role.value,
                    one.country,
                    binding_words(one.purpose),
                    binding_words(one.method) if one.method else "",
                    "+".join(sorted(provided_categories(activity, one))),
                )
            )
            for one in register.recipients_of(activity)
        ),
        "automated": None
        if automated is None
        else f"{automated.kind.value}, {'major' if automated.major_effect else 'not major'}",
        "publication": None
        if disclosure is None
        else f"{binding_words(disclosure.where)}: {'+'.join(sorted(disclosure.categories))}",
        "minors": activity.minors_under_14.value,
    }


def material_fingerprint(activity: ProcessingActivity, register: Register) -> Digest:
    """Return the SHA-256 of the canonical form of what an assessment is about."""
    hashed: dict[str, Tree] = {
        "v": MATERIAL_VERSION,
        "activity": activity.activity,
        "material": material_of(activity, register),
    }
    return sha256_hex(canonical_json(hashed))


def changes(before: Mapping[str, Tree], after: Mapping[str, Tree]) -> tuple[Text, ...]:
    """Return in words what differs between two states of what an assessment is about."""
    return tuple(
        text
        for part, name in _PARTS.items()
        if before.get(part) != after.get(part)
        for text in _changed(name, before.get(part), after.get(part))
    )


def _changed(name: Text, old: Tree, new: Tree) -> Iterator[Text]:
    if isinstance(old, list) and isinstance(new, list):
        gone, come = ([str(one) for one in a if one not in b] for a, b in ((old, new), (new, old)))
        for ones, zh, en in ((come, "增加", "added"), (gone, "去掉", "removed")):
            if ones:
                yield Text(
                    f"{name.zh}{zh}：{'、'.join(ones)}", f"{name.en} {en}: {', '.join(ones)}"
                )
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                inner = Text(f"{name.zh}（{key}）", f"{name.en} ({key})")
                yield from _changed(inner, old.get(key), new.get(key))
        return
    yield Text(f"{name.zh}：{_said(old)} → {_said(new)}", f"{name.en}: {_said(old)} → {_said(new)}")


def _said(value: Tree) -> str:
    return "–" if value is None else str(value)
