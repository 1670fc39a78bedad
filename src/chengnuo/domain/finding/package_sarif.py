"""The findings of a package as SARIF 2.1.0, which code hosts and editors show.

A place in bytecode has a file within the package and a name, no line: it is a logical location
beside the artifact (sections 3.28, 3.33). The way to what runs is a code flow (3.36), each step
with how the way came into it. Beside an earlier report, each finding is new or unchanged, and one
that is gone is absent (3.27.24).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import quote

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.finding.finding import Finding, FindingId
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.sarif_parts import log, result_tree, rule_tree
from chengnuo.domain.observation.observation import Observation, ObservationId
from chengnuo.law.catalogue import Catalogue

MOST_FLOWS = 10
"""Code flows and places of one finding; the JSON report holds them all."""

_BASE = "PACKAGE"


def package_sarif(
    report: PackageReport,
    catalogue: Catalogue,
    lang: Lang,
    *,
    program_version: str,
    earlier: Collection[Finding] | None = None,
) -> Tree:
    """Return a report as a SARIF log in one language.

    Args:
        report: What was found.
        catalogue: Cites the duties.
        lang: Language of the messages.
        program_version: Version of the program.
        earlier: Findings of the earlier release; None if nothing was compared.

    """
    states = _states(report.findings, earlier)
    now = {one.id for one in report.findings}
    shown = (*report.findings, *(one for one in earlier or () if one.id not in now))
    by_rule: dict[str, Finding] = {}
    for finding in shown:
        by_rule.setdefault(finding.rule, finding)
    rules = sorted(by_rule)
    positions = {rule: at for at, rule in enumerate(rules)}
    seen = {one.id: one for one in report.inspection.observations}
    facts = report.inspection.package
    return log(
        "chengnuo inspect",
        program_version,
        rules=[rule_tree(rule, by_rule[rule], catalogue, lang) for rule in rules],
        results=[
            _result(finding, positions[finding.rule], seen, states, lang) for finding in shown
        ],
        run={
            "originalUriBaseIds": {
                _BASE: {"description": {"text": f"{facts.app_id} {facts.version_name}".strip()}}
            },
            "properties": {
                "packageSha256": facts.sha256,
                "knowledgeVersion": report.inspection.knowledge,
                "lawVersion": str(report.law_version),
                "registerVersion": report.register_version,
                "on": report.on.isoformat(),
            },
        },
    )


def _states(
    findings: Iterable[Finding], earlier: Collection[Finding] | None
) -> Mapping[FindingId, str]:
    """Return the state of each finding beside the earlier ones; nothing if there are none."""
    if earlier is None:
        return {}
    known = {one.id for one in earlier}
    states = dict.fromkeys(known, "absent")
    states.update((one.id, "unchanged" if one.id in known else "new") for one in findings)
    return states


def _result(
    finding: Finding,
    position: int,
    seen: Mapping[ObservationId, Observation],
    states: Mapping[FindingId, str],
    lang: Lang,
) -> Tree:
    found = [seen[each] for each in finding.observations if each in seen][:MOST_FLOWS]
    locations = [_location(one) for one in found] or [
        {"logicalLocations": [{"fullyQualifiedName": str(finding.row), "kind": "member"}]}
    ]
    # Section 3.27.12: the fault is mended when it is mended at each of the locations.
    result = result_tree(finding, position, locations, lang)
    flows = list(_flows(found))
    if flows:
        result["codeFlows"] = flows
    if finding.id in states:
        result["baselineState"] = states[finding.id]
    return result


def _location(one: Observation) -> Tree:
    place = one.place
    physical: dict[str, Tree] = {
        "artifactLocation": {"uri": quote(place.file, safe="/"), "uriBaseId": _BASE}
    }
    if place.line > 0:
        physical["region"] = {"startLine": place.line}
    location: dict[str, Tree] = {"physicalLocation": physical}
    if place.class_name:
        location["logicalLocations"] = [_method(place.class_name, place.method)]
        location["properties"] = {"pc": place.pc}
    if one.detail("seen"):  # in the record of a run: file and rows
        location["message"] = {"text": one.detail("seen")}
    return location


def _method(class_name: str, method: str) -> Tree:
    return {"fullyQualifiedName": f"{class_name}.{method}", "kind": "function"}


def _flows(found: list[Observation]) -> Iterator[Tree]:
    for one in found:
        if one.path:
            steps: list[Tree] = [
                {
                    "location": {
                        "logicalLocations": [_method(step.class_name, step.method)],
                        "message": {"text": step.why.value},
                        "properties": {"pc": step.pc},
                    },
                    "executionOrder": number,
                    "properties": {
                        "guards": [
                            {"condition": guard.condition, "taken": guard.taken}
                            for guard in step.guards
                        ]
                    },
                }
                for number, step in enumerate(one.path, 1)
            ]
            yield {
                "threadFlows": [{"locations": steps}],
                "properties": {"moment": one.moment.value},
            }
