"""Words that say nothing: umbrella words in lists, and purposes that are none.

Plain pattern matching over the operator's own words. It is tuned to stay silent when in doubt:
`等级` and `平等` are not `等`, and a purpose that names anything definite is left alone.
"""

import re

_UMBRELLA = re.compile(
    r"""
    (?<![高平同中初相优劣对均何上下不])等(?=$|[，。；、）)\s/]|个人信息|信息|数据|资料|内容|方面|情况)
    | 包括但不限于 | 诸如 | 例如 | 比如
    | 相关(?:个人)?(?:信息|数据|资料) | 其(?:他|它)(?:个人)?(?:必要)?(?:信息|数据|资料)
    | 有关(?:信息|数据|资料) | 必要的?(?:个人)?信息
    | ^其(?:他|它)$ | ^个人信息$ | ^用户信息$
    """,
    re.VERBOSE,
)

_VAGUE = re.compile(
    r"""
    (?:持续|不断|更好地?|进一步)?
    (?:提升|提高|改善|改进|优化|完善|增强|保障)
    (?:您的?|用户的?|客户的?|我们的?|产品的?|整体的?|相关的?)*
    (?:使用)?(?:体验|服务|产品|功能|质量|品质|性能)
    | (?:为|向)?(?:您|用户|客户)?提供(?:更好的?|更优质的?|优质的?|相关的?|个性化的?)*
      (?:服务|体验|产品|功能)
    | (?:业务|服务|产品|经营|运营|管理|工作|功能)(?:的)?(?:需要|需求|开展|用途|目的|必需)
    | 研发新?(?:产品|功能|服务) | (?:合理|必要|正常)(?:用途|需要|使用|经营)
    | 用户体验 | 服务质量
    """,
    re.VERBOSE,
)

_NO_SUBSTANCE = re.compile(r"[\s，。、；：,.;:与和及或的以用于为了其并等]+")


def umbrella_word(text: str) -> str | None:
    """Return the first umbrella word of a text, or None.

    >>> umbrella_word("姓名、电话等信息"), umbrella_word("会员等级")
    ('等', None)

    """
    match = _UMBRELLA.search(text)
    return match[0] if match else None


def is_vague_purpose(text: str) -> bool:
    """Tell whether a purpose names nothing definite.

    >>> is_vague_purpose("提升用户体验，优化服务"), is_vague_purpose("推荐附近门店")
    (True, False)

    """
    rest = _NO_SUBSTANCE.sub("", _VAGUE.sub("", text))
    return not rest
