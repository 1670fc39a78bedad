"""A check's findings as SARIF 2.1.0, which code hosts and editors show at the line.

Every result has a physical location where the register came from files, and always a logical
one: the row and field. Waived findings are suppressed with their reason; the stable id of a
finding is its partial fingerprint, so a viewer knows it again after lines have moved.
"""

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.rule import Rule
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.law.catalogue import Catalogue

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "warning",
    Severity.NOTE: "note",
}


def sarif_of(
    report: CheckReport,
    loaded: LoadedRegister,
    catalogue: Catalogue,
    lang: Lang,
    *,
    program_version: str,
) -> Tree:
    """Return a report as a SARIF log (SARIF 2.1.0 section 3.13) in one language.

    Args:
        report: What the check found.
        loaded: The register that was checked, with the places of its fields.
        catalogue: Cites the duties.
        lang: Language of the messages.
        program_version: Version of the program that ran the check.

    """
    used = {finding.rule for finding in report.findings}
    rules = [rule for rule in RULES if rule.id in used]
    positions = {rule.id: index for index, rule in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "chengnuo register check",
                        "semanticVersion": program_version,
                        "rules": [_rule(rule, catalogue, lang) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "properties": {
                    "registerVersion": report.register_version,
                    "lawVersion": str(report.law_version),
                    "rulesRun": report.rules_run,
                    "on": report.on.isoformat(),
                },
                "results": [
                    _result(finding, positions[finding.rule], loaded, lang)
                    for finding in report.findings
                ],
            }
        ],
    }


def _rule(rule: Rule, catalogue: Catalogue, lang: Lang) -> Tree:
    cited = "; ".join(catalogue.citation(duty, lang) for duty in rule.duties)
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.in_lang(lang)},
        "help": {"text": f"{rule.fix.in_lang(lang)} ({cited})"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"severity": rule.severity.value, "duties": list(rule.duties)},
    }


def _result(finding: Finding, position: int, loaded: LoadedRegister, lang: Lang) -> Tree:
    separator = "" if lang is Lang.ZH else " "
    message = f"{finding.message.in_lang(lang)}{separator}{finding.fix.in_lang(lang)}"
    result: dict[str, Tree] = {
        "ruleId": finding.rule,
        "ruleIndex": position,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_location(finding, loaded)],
        "partialFingerprints": {"chengnuo/v1": finding.id},
    }
    if finding.waived is not None:
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": finding.waived.reason.in_lang(lang),
            }
        ]
    return result


def _location(finding: Finding, loaded: LoadedRegister) -> Tree:
    name = f"{finding.row} · {finding.field}" if finding.field else str(finding.row)
    location: dict[str, Tree] = {
        "logicalLocations": [{"fullyQualifiedName": name, "kind": "member"}]
    }
    place = loaded.place_of(finding.row, finding.field)
    if place is not None:
        location["physicalLocation"] = {
            "artifactLocation": {"uri": place.file},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    return location
