"""What sentences say is collected or shared: categories, linked with the words around them.

A sentence that says that something is *not* done gives no row. A word that is too common to name a
category anywhere counts where it stands in a list, in brackets, or right behind the verb.
"""

import re
from collections.abc import Iterator

from chengnuo.domain.inspection.policies.lexicon import Lexicon
from chengnuo.domain.inspection.policies.receivers import receivers_in
from chengnuo.domain.observation.policy import (
    CollectedItem,
    NamedParty,
    Necessity,
    ReadFrom,
    Said,
)
from chengnuo.engines.policy.blocks import Sentence
from chengnuo.law.ids import CategoryId

_COLLECTING = re.compile(
    r"需要您|需要使用|了解您|验证您|核[验实]您|绑定|登记|保存您|留存|产生的|生成的|使用到|收集|采集|获取|读取|记录|填写|上传|提交|提供(?!商|服务|者|方)|输入|授权|访问|调用|使用您|使用你"
    r"|\b(?:collect|gather|obtain|record|receive|provide us|read|access|ask (?:you )?for)",
    re.IGNORECASE,
)
_SHARING = re.compile(
    r"共享|分享给|提供给|披露给|传输给|发送给|委托|转让给|向[^，。；]{2,24}(?:提供|披露|传输|发送|共享)"
    r"|\b(?:shar(?:e|es|ed|ing)|disclos\w+|transfer\w*|provided? to|sent? to)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:不会|不再|不主动|不|无需|无须|未经[^，。；]{2,20}不(?:会)?|绝不|从不)(?:向[^，。；]{1,20})?"
    r"(?:收集|采集|获取|读取|记录|共享|提供给|披露|上传|访问|强制)"
    r"|\b(?:not|never) (?:collect|share|sell|disclose|access|record|read)",
    re.IGNORECASE,
)
_NEXT_PART = re.compile(r"[；;。]|，(?:但|除|仅|只)|\b(?:but|unless|except)\b")
_NO_ITEM = re.compile(
    r"的?(?:安全|登[录陆]|注册|注销|体系|管理|功能|服务|权限|列表页|页面|设置|内容安全|持有|所有)"
)
"""What follows a word that names a thing of the app, not information."""
_PURPOSE = re.compile(
    r"(?:(?<![作因行称视成认分储变更改])为了?(?!您的|准|止|必[要需]|例|敏感)|以便于?|以用于|用于|用以|旨在|帮助您|便于|从而|有助于"
    r"|以(?=[实提完保改进向您满确验帮便优支防维识判统分享展推开降增净]))([^，。；,;：]{2,60})"
    r"|(?:in order to|so that|for the purpose of|\bto(?= [a-z]+ (?:you|the|our|your)))"
    r"\s*([^,.;]{3,80})",
)
_SCENE = re.compile(
    r"(?:当|在|如果?|若)?(?:您|你|用户)[^，。；：]{2,40}?(?:时|的时候|过程中|后)(?=[，,：:（(])"
    r"|(?:当|在)[^，。；：]{2,40}?(?:时|情[况形]下|前提下|过程中)(?=[，,：:（(])"
    r"|(?:经过?|获得|征得|取得)(?:您|用户|监护人)[^，。；：]{0,16}?(?:同意|授权)后?"
    r"|(?:根据|依据|按照)[^，。；：]{2,36}?(?:要求|规定|法规|需要|约定)|除(?:非|法律)[^，。；：]{2,24}"
    r"|\bwhen (?:you|a user)[^,.;]{3,80}",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"自动(?:收集|采集|记录|获取|接收)|(?:您|你|用户)(?:主动)?(?:提供|填写|上传|提交)"
    r"|从第三方(?:处)?(?:获取|取得|获得)|间接获取|直接收集"
    r"|automatically (?:collect|record|receive)\w*|you (?:provide|give|enter|upload)",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(
    r"可选|选填|可以选择(?:不|是否)|自愿|optional"
    r"|(?:拒绝|不)(?:提供|授权|开启|同意)[^。；]{0,40}不(?:会)?影响"
)
_NECESSARY = re.compile(r"必需|必须|必要信息|必填|需要您提供|需要提供|necessary|required")
_SENSITIVE = re.compile(r"敏感|sensitive", re.IGNORECASE)
_APART = 2
"""Signs between two items of a list: a comma and a space, 以及."""
_BEHIND_VERB = 6
_LIST_SIGNS = '、，,（(和及与或“"《【'
_LIST_ENDS = '、，,）)和及与或等信数”"》】'


def collected_in(sentence: Sentence, lexicon: Lexicon) -> Iterator[CollectedItem]:
    """Yield what a sentence says is collected."""
    text = sentence.text
    verb = _COLLECTING.search(text)
    if verb is None:
        return
    named = dict.fromkeys(_named(text, verb.end(), lexicon))
    if not named:
        return
    purposes, scenes = _all_said(sentence, _PURPOSE), _all_said(sentence, _SCENE)
    method = _said(sentence, _METHOD)
    necessity = _necessity(text)
    receivers = tuple(receivers_in(sentence)) if _SHARING.search(text) else ()
    for start, end, category in named:
        yield CollectedItem(
            item=_part(sentence, start, end),
            category=category,
            purpose=_nearest(purposes, sentence.start + start),
            scene=_nearest(scenes, sentence.start + start),
            method=method,
            necessity=necessity,
            sensitive=True if _SENSITIVE.search(text) else None,
            recipients=receivers,
            read_from=ReadFrom.SENTENCE,
        )


def parties_in(sentence: Sentence, lexicon: Lexicon) -> Iterator[NamedParty]:
    """Yield the third parties, by name or by sort, that a sentence says get something."""
    text = sentence.text
    if _SHARING.search(text) is None:
        return
    named = [*_named(text, 0, lexicon)]
    denied = _denied(text)
    purposes, scenes = _all_said(sentence, _PURPOSE), _all_said(sentence, _SCENE)
    for said in receivers_in(sentence):
        if denied[0] <= said.start - sentence.start < denied[1]:
            continue
        yield NamedParty(
            name=said,
            sdk=lexicon.sdk_of(said.words),
            categories=tuple(dict.fromkeys(category for *_, category in named)),
            items=tuple(_part(sentence, start, end) for start, end, _ in named),
            purpose=_nearest(purposes, said.start),
            scene=_nearest(scenes, said.start),
            read_from=ReadFrom.SENTENCE,
        )


def _named(text: str, verb: int, lexicon: Lexicon) -> Iterator[tuple[int, int, CategoryId]]:
    denied = _denied(text)
    found = [
        one
        for one in lexicon.categories_in(text)
        if not denied[0] <= one[0] < denied[1] and not _NO_ITEM.match(text, one[1])
    ]
    for at, (start, end, category) in enumerate(found):
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        near = any(
            0 <= start - found[other][1] <= _APART or 0 <= found[other][0] - end <= _APART
            for other in (at - 1, at + 1)
            if 0 <= other < len(found)
        )
        listed = (before in _LIST_SIGNS or 0 <= start - verb <= _BEHIND_VERB) and (
            after in _LIST_ENDS or not after
        )
        if near or listed or lexicon.is_plain(text[start:end]):
            yield start, end, category


def _denied(text: str) -> tuple[int, int]:
    """Return the part of a sentence that says what is not done: to the end of its part."""
    denial = _NOT.search(text)
    if denial is None:
        return len(text), len(text)
    end = _NEXT_PART.search(text, denial.end())
    return denial.start(), len(text) if end is None else end.start()


def _said(sentence: Sentence, pattern: re.Pattern[str]) -> Said | None:
    return next(iter(_all_said(sentence, pattern)), None)


def _all_said(sentence: Sentence, pattern: re.Pattern[str]) -> tuple[Said, ...]:
    return tuple(
        _part(sentence, *found.span(found.lastindex or 0))
        for found in pattern.finditer(sentence.text)
    )


def _nearest(said: tuple[Said, ...], at: int) -> Said | None:
    """Return what is said nearest to a place; a purpose or a scene is told beside its items."""
    return min(said, key=lambda one: min(abs(one.start - at), abs(one.end - at)), default=None)


def _part(sentence: Sentence, start: int, end: int) -> Said:
    return Said(sentence.text[start:end], sentence.start + start, sentence.start + end)


def _necessity(text: str) -> Necessity:
    if _OPTIONAL.search(text):
        return Necessity.OPTIONAL
    return Necessity.NECESSARY if _NECESSARY.search(text) else Necessity.UNSAID
