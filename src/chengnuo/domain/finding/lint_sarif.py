"""What a look through published files found, as SARIF 2.1.0 with line and column of each place."""

from collections.abc import Sequence
from urllib.parse import quote

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.lint_check import Located
from chengnuo.domain.finding.lint_rules import LINT_RULES
from chengnuo.domain.finding.rule import RuleWords
from chengnuo.domain.finding.sarif_parts import LEVELS, log, result_tree
from chengnuo.law.catalogue import Catalogue


def lint_sarif(
    found: Sequence[Located], catalogue: Catalogue, lang: Lang, *, program_version: str
) -> Tree:
    """Return what was found as a SARIF log (section 3.13); every rule is named, hit or not.

    Args:
        found: What was found.
        catalogue: Cites the duties.
        lang: Language of the messages; rules have their words in both.
        program_version: Version of the program.

    """
    positions = {rule.id: at for at, rule in enumerate(LINT_RULES)}
    return log(
        "chengnuo disclosure lint",
        program_version,
        rules=[_rule(rule, catalogue, lang) for rule in LINT_RULES],
        results=[
            result_tree(one.finding, positions[one.finding.rule], [_location(one)], lang)
            for one in found
        ],
        run={"properties": {"lawVersion": str(catalogue.version)}},
    )


def _rule(rule: RuleWords, catalogue: Catalogue, lang: Lang) -> Tree:
    cited = "; ".join(catalogue.citation(duty, lang) for duty in rule.duties)
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.in_lang(lang)},
        "help": {"text": f"{rule.fix.in_lang(lang)} ({cited})"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "severity": rule.severity.value,
            "duties": list(rule.duties),
            "title": _both(rule.title),
            "fix": _both(rule.fix),
        },
    }


def _both(text: Text) -> Tree:
    return {"zh": text.zh, "en": text.in_lang(Lang.EN)}


def _location(one: Located) -> Tree:
    physical: dict[str, Tree] = {"artifactLocation": {"uri": quote(one.finding.field)}}
    if one.line:
        region: dict[str, Tree] = {"startLine": one.line}
        if one.column:
            region["startColumn"] = one.column
        physical["region"] = region
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": one.finding.evidence, "kind": "member"}],
    }
