"""The page that lists every rule is made from the table of rules."""

from collections.abc import Callable, Iterable, Iterator

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.all_controls import ALL_CONTROLS, CONTROLS, OVER_RECORDS
from chengnuo.domain.finding.all_package_rules import PACKAGE_RULES
from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.all_store_rules import STORE_RULES
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.lint_rules import LINT_RULES
from chengnuo.domain.finding.making import standing_of_rule
from chengnuo.domain.finding.page_check import PAGE_RULES
from chengnuo.domain.finding.policy_rules import POLICY_RULES
from chengnuo.domain.finding.rule import RuleWords
from chengnuo.domain.finding.ways_check import UNKNOWN
from chengnuo.law.catalogue import Catalogue

HEAD = """# The rules of `register check` and `inspect`

What the checks look for, made from the tables of rules (`make golden` writes this page). An id is
stable; waivers and baselines rest on it.

The column *rests on* holds ids of the law catalogue (`chengnuo law show PIPL-30`), the closest
first. A rule that turns on a figure is labelled by the weakest of its figures: **实践** (practice)
is no law. Notes ask nobody to act and do not change the exit status.
"""


def both(text: Text) -> str:
    return f"{text.zh} · {text.in_lang(Lang.EN)}".replace("|", "\\|")


REGISTER = """## Rules about a register

Each is decided from the register alone: it tells what is **declared** and what is missing there,
never what an app really does.
"""
PACKAGE = """## Rules about a package

Each is decided from what was seen in an app package, some beside the register (`--register`) or
the words of a privacy policy (`--policy`). A static way proves what code **can** do, not what it
did; that nothing was found proves nothing where a part could not be looked into.
"""
POLICY = """## Rules about a policy

Each is decided from what a privacy policy was read to say, beside the register (`policy read`).
"""
STORES = """## Rules about stores

Each is decided from what a scan saw in the columns of the stores, beside the register (`stores
scan`). That nothing was seen proves nothing about rows that were not looked at.
"""

GIVEN_OUT = """## Rules about what is given out

Each is decided from the fields and words of a file that is published or handed on (`disclosure
lint`), the last two beside the register. What a program adds to a template is not seen.
"""
SURFACE = """## Rules about the surface of an app

Each is decided from a recording of a page (`surface page`), or from the ways of the register
beside the labels of a package (`surface ways`). What was not recorded, or comes from a server, is
not seen.
"""


CONTROLS_HEAD = """## The controls of the pledge board ({count})

One list, which the board, the service that runs them, `chengnuo board run` and the tests read. A
running service looks every hour and records what it finds in the evidence log: at once where that
is something else than before, and at least as often as said here. A run older than that, with an
hour's allowance, is **stale**. Each control has a case in which it fails.
"""


def tables(rules: Iterable[RuleWords], catalogue: Catalogue) -> Iterator[str]:
    every = tuple(rules)
    for severity in Severity:
        found = sorted((one for one in every if one.severity is severity), key=lambda r: r.id)
        if not found:
            continue
        yield f"### {both(severity.text)} ({len(found)})\n"
        yield "| rule | what is wrong | rests on | label |\n|---|---|---|---|"
        for rule in found:
            rests = ", ".join((*rule.duties, *rule.figures))
            label = standing_of_rule(rule, catalogue).label.zh
            yield f"| `{rule.id}` | {both(rule.title)} | {rests} | {label} |"
        yield ""


def page(catalogue: Catalogue) -> Iterator[str]:
    yield HEAD
    yield REGISTER
    yield from tables(RULES, catalogue)
    yield PACKAGE
    yield from tables(PACKAGE_RULES, catalogue)
    yield STORES
    yield from tables(STORE_RULES, catalogue)
    yield POLICY
    yield from tables(POLICY_RULES, catalogue)
    yield GIVEN_OUT
    yield from tables(LINT_RULES, catalogue)
    yield SURFACE
    yield from tables((*PAGE_RULES, UNKNOWN), catalogue)
    yield CONTROLS_HEAD.format(count=len(ALL_CONTROLS))
    yield f"### Over the register ({len(CONTROLS)})\n"
    fails, often = both(CONTROLS[0].fails_when), both(CONTROLS[0].how_often)
    yield f"They run {often}. Each fails when: {fails}.\n"
    yield "| control | what it makes sure of | looks at | for | passing shows |"
    yield "|---|---|---|---|---|"
    for control in CONTROLS:
        rows = ", ".join(control.duties)
        titles = f"{both(control.title)} | {both(control.looks_at)}"
        yield f"| `{control.id}` | {titles} | {rows} | {control.reach} |"
    yield f"\n### Over records ({len(OVER_RECORDS)})\n"
    yield "| control | what it makes sure of | looks at | fails when | for | recorded |"
    yield "|---|---|---|---|---|---|"
    for one in OVER_RECORDS:
        said = " | ".join(map(both, (one.title, one.looks_at, one.fails_when)))
        yield f"| `{one.id}` | {said} | {', '.join(one.duties)} | {both(one.how_often)} |"


def test_the_page_lists_every_rule_and_control(
    catalogue: Catalogue, golden_page: Callable[[str, str | bytes], None]
) -> None:
    text = "\n".join(page(catalogue)) + "\n"
    every = (*RULES, *PACKAGE_RULES, *STORE_RULES, *POLICY_RULES, *LINT_RULES, *PAGE_RULES)
    assert all(f"`{rule.id}`" in text for rule in every)
    assert all(f"`{control.id}`" in text for control in ALL_CONTROLS)
    golden_page("docs/rules.md", text)
