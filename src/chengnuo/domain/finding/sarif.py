"""A check's findings as SARIF 2.1.0, which code hosts and editors show at the line.

Every result has a physical location where the register came from files, and always a logical
one: the row and field. Waived findings are suppressed with their reason; the stable id of a
finding is its partial fingerprint, so a viewer knows it again after lines have moved.
"""

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.check import CheckReport
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.sarif_parts import log, result_tree, rule_tree
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.law.catalogue import Catalogue


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
    return log(
        "chengnuo register check",
        program_version,
        rules=[rule_tree(rule.id, rule, catalogue, lang) for rule in rules],
        results=[
            result_tree(finding, positions[finding.rule], [_location(finding, loaded)], lang)
            for finding in report.findings
        ],
        run={
            "properties": {
                "registerVersion": report.register_version,
                "lawVersion": str(report.law_version),
                "rulesRun": report.rules_run,
                "on": report.on.isoformat(),
            }
        },
    )


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
