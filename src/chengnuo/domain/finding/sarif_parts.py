"""What every SARIF 2.1.0 log of findings has in common: its frame, rules and results."""

from collections.abc import Sequence

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.rule import Rule
from chengnuo.law.catalogue import Catalogue

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "warning",
    Severity.NOTE: "note",
}


def log(
    name: str,
    program_version: str,
    *,
    rules: Sequence[Tree],
    results: Sequence[Tree],
    run: dict[str, Tree],
) -> Tree:
    """Return a log of one run (SARIF 2.1.0 section 3.13).

    Args:
        name: Name of the tool.
        program_version: Version of the program.
        rules: The rules that the results name by their position.
        results: The results.
        run: What else the run says, as its properties.

    """
    driver: Tree = {"name": name, "semanticVersion": program_version, "rules": rules}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                **run,
                "results": results,
            }
        ],
    }


def rule_tree(rule: str, about: Rule | Finding, catalogue: Catalogue, lang: Lang) -> Tree:
    """Return a rule (section 3.49): its title, what to do, the articles that it rests on.

    Args:
        rule: Id of the rule.
        about: The rule, or a finding of it.
        catalogue: Cites the duties.
        lang: Language of the words.

    """
    cited = "; ".join(catalogue.citation(duty, lang) for duty in about.duties)
    return {
        "id": rule,
        "shortDescription": {"text": about.title.in_lang(lang)},
        "help": {"text": f"{about.fix.in_lang(lang)} ({cited})"},
        "defaultConfiguration": {"level": LEVELS[about.severity]},
        "properties": {"severity": about.severity.value, "duties": list(about.duties)},
    }


def result_tree(
    finding: Finding, position: int, locations: Sequence[Tree], lang: Lang
) -> dict[str, Tree]:
    """Return a result (section 3.27) with its stable id; a waived one is suppressed (3.35)."""
    separator = "" if lang is Lang.ZH else " "
    message = f"{finding.message.in_lang(lang)}{separator}{finding.fix.in_lang(lang)}"
    result: dict[str, Tree] = {
        "ruleId": finding.rule,
        "ruleIndex": position,
        "level": LEVELS[finding.severity],
        "message": {"text": message},
        "locations": locations,
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
