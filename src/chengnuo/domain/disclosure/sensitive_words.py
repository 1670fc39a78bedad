"""Why an item is needed and what it means for the individual (PIPL Art. 30).

Where the register does not say it for an item, the general truth stands in its place; the check
of the register names the gap.
"""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.activity import PIItem, ProcessingActivity

DEFAULT_EFFECT = Text(
    "一旦泄露或者被非法使用，可能使您的人格尊严或者人身、财产安全受到危害，我们采取与风险相适应的保护措施",
    "leaked or misused it may harm your dignity, your person or your property; our safeguards "
    "match that risk",
)


def why_necessary(item: PIItem, activity: ProcessingActivity) -> Text:
    """Return why an item is needed; never empty."""
    if item.why_necessary is not None:
        return both(item.why_necessary)
    return why_purpose(activity)


def why_purpose(activity: ProcessingActivity) -> Text:
    """Return that the purpose needs what is asked."""
    return fill(
        "实现“{purpose}”这一目的需要该信息",
        "the purpose “{purpose}” needs it",
        purpose=both(activity.purpose),
    )


def effect_of(item: PIItem) -> Text:
    """Return what handling an item means for the individual; never empty."""
    return DEFAULT_EFFECT if item.impact is None else both(item.impact)
