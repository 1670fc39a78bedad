"""What a policy says as JSON, form 1, and how it stands to a register."""

from chengnuo.base.canonical import Tree
from chengnuo.domain.finding.finding_json import both_tree, finding_tree
from chengnuo.domain.finding.package_json import drift_tree
from chengnuo.domain.finding.policy_check import PolicyReport
from chengnuo.domain.observation.policy import (
    CollectedItem,
    DutySaid,
    NamedParty,
    PolicyField,
    Said,
)

FORM = 1


def policy_tree(report: PolicyReport) -> dict[str, Tree]:
    """Return a report of a policy as a tree of JSON; places count characters of its plain text."""
    reading = report.reading
    findings: list[Tree] = [
        finding_tree(one) | {"title": both_tree(one.title)} for one in report.findings
    ]
    return {
        "form": FORM,
        "file": reading.file,
        "sha256": reading.sha256,
        "characters": reading.characters,
        "isWhole": reading.is_whole,
        "languages": [one.value for one in reading.langs],
        "fields": [_field(one) for one in reading.fields],
        "collected": [_item(one) for one in reading.collected],
        "parties": [_party(one) for one in reading.parties],
        "duties": [_duty(one) for one in reading.duties],
        "registerVersion": report.register_version,
        "findings": findings,
        "drift": None if report.drift is None else drift_tree(report.drift),
    }


def _said(said: Said | None) -> Tree:
    if said is None:
        return None
    return {"words": said.words, "start": said.start, "end": said.end}


def _field(one: PolicyField) -> Tree:
    return {
        "kind": one.kind.value,
        "value": one.value,
        "role": one.role.value,
        "heading": one.heading,
        "said": _said(one.said),
    }


def _item(one: CollectedItem) -> Tree:
    return {
        "item": _said(one.item),
        "category": one.category,
        "purpose": _said(one.purpose),
        "scene": _said(one.scene),
        "method": _said(one.method),
        "necessity": one.necessity.value,
        "sensitive": one.sensitive,
        "retention": _said(one.retention),
        "recipients": [_said(each) for each in one.recipients],
        "readFrom": one.read_from.value,
    }


def _party(one: NamedParty) -> Tree:
    return {
        "name": _said(one.name),
        "company": _said(one.company),
        "sdk": one.sdk,
        "categories": list(one.categories),
        "items": [_said(each) for each in one.items],
        "purpose": _said(one.purpose),
        "scene": _said(one.scene),
        "method": _said(one.method),
        "contact": _said(one.contact),
        "link": _said(one.link),
        "country": _said(one.country),
        "role": _said(one.role),
        "readFrom": one.read_from.value,
    }


def _duty(one: DutySaid) -> Tree:
    return {
        "duty": one.duty,
        "standing": one.standing.value,
        "quotes": [_said(each) for each in one.quotes],
    }
