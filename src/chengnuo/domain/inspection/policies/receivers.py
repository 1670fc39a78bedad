"""Who gets information, as a sentence says: what stands where a verb of giving has its receiver.

向 A 提供, 与 A 共享, 提供给 A, 委托 A 处理; each of a list is one receiver. Companies and SDKs that
are named in full count wherever they stand in a sentence that shares something.
"""

import re
from collections.abc import Iterator
from itertools import chain

from chengnuo.domain.observation.policy import Said
from chengnuo.engines.policy.blocks import Sentence
from chengnuo.engines.policy.enumerating import weak_items_of

_GIVE = (
    "提供|分享|共享|披露|转让|传输|发送|透露|展示|公开|同步|转移|报告|出售|出租|告知|推送|移交"
    "|泄露|交换"
)
_WHO = r"([^，。；：:！？\n]{1,60}?)"
_PLACES = (
    re.compile(rf"(?<![方导走])(?:向|对){_WHO}(?:{_GIVE})"),
    re.compile(
        rf"(?<![参给])(?:与|和|(?<![不共合协一])同(?![意时步样等])){_WHO}(?:进行|之间|共同)?"
        rf"(?:{_GIVE}|合作(?![伙方机商])"
        r")"
    ),
    re.compile(
        rf"(?:{_GIVE})(?:给|至|予|于|到){_WHO}"
        r"(?=[，。；：:（(！\n]|$|用于|用以|以便|以(?=[^及上下外内])|进行|使用|处理|时|的(?:行为|情[况形])|或者?公开)"
    ),
    re.compile(
        rf"(?:委托|授权|交由)(?!的){_WHO}(?:处理|进行|代为|代表|向|为您|为我们|协助|开展|收集|获取|使用)"
    ),
    re.compile(
        r"\b(?:shar(?:e|es|ed|ing)[^,.;]{0,60}? with"
        r"|(?:disclos\w+|provid\w+|sen[dt]\w*|transfer\w*)[^,.;]{0,60}? to)\s+([^,.;:]{3,80}?)"
        r"(?=[,.;:(]|$| (?:for|so|in|who|that|which|to|when|if|unless)\b)",
        re.IGNORECASE,
    ),
)
_NAMED = re.compile(
    r"[A-Za-z0-9（）()·\u4e00-\u9fff]{2,30}?(?:有限公司|集团公司)|[A-Za-z0-9+\u4e00-\u9fff]{1,16}\s?SDK\b"
)
_BEFORE = re.compile(
    r"(?:可能|会|将|需要?|仅|只|直接|必须|应当?|我们的?|本公司的?|以下|如下|上述|前述|包括|例如|比如|如"
    r"|our |the |these |those |any )+"
)
_NOBODY = re.compile(
    r"^(?:您本人|用户|本人|自己|您的|你的|我们|我行|我司|本公司|其|它们?|他们?|公众|大众|外[界部]?|个人|业务|授权"
    r"|you|us|me|we)$"
    r"|^(?:收集|使用|存储|储存|保存|共享|披露|处理|转让|公开|提供|分享|访问|查询|更正|删除|保护|管理|的|并"
    r"|[您你](?!指定|选择|授权|的))"
    r"|情[况形]下?$|时$|共同$|形式$|措施|消息|实际|设备$|信息|数据|资料|内容|服务$|功能|产品$|密码|账号|条件"
    r"|目的|请求|法律|规定|同意|\b(?:information|data)\b",
    re.IGNORECASE,
)
_LONGEST = 40


def receivers_in(sentence: Sentence) -> Iterator[Said]:
    """Yield the receivers that a sentence names, in its order, each place once."""
    text = sentence.text
    found = chain.from_iterable(
        weak_items_of(text, *match.span(1)) for place in _PLACES for match in place.finditer(text)
    )
    trimmed = (_trimmed(text, start, end) for start, end in found)
    somebody = [
        (start, end)
        for start, end in trimmed
        if 1 < end - start <= _LONGEST and not _NOBODY.search(text[start:end])
    ]
    named = (match.span() for match in _NAMED.finditer(text))
    last = -1
    for start, end in sorted({*somebody, *named}, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield Said(text[start:end], sentence.start + start, sentence.start + end)
            last = end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _BEFORE.match(text, start, end)
    return (start if lead is None else lead.end(), end - text[start:end].endswith("的"))
