"""Facts that a policy states by the way: dates, contacts, periods, places, ages.

A label owns the first value behind it up to the next label, so that two dates in neighbouring
lines are not mixed up. 首次生效 is the date of another version.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from chengnuo.domain.disclosure.country_words import countries_in
from chengnuo.domain.inspection.policies.periods import periods_in, working_days_in
from chengnuo.domain.inspection.policies.summary import summary_of
from chengnuo.domain.observation.policy import ContactRole, PolicyField, PolicyFieldKind, Said
from chengnuo.engines.policy.blocks import BlockKind, BlockText, Sentence
from chengnuo.engines.policy.sections import headed

_Found = tuple[PolicyFieldKind, str, int, int, ContactRole]

_DAY = re.compile(
    r"【?\s*+(?P<y>(?:19|20)\d{2})\s*+】?\s*+[年.\-/\uff0e]\s*+【?\s*+(?P<m>\d{1,2})\s*+】?\s*+"
    r"[月.\-/\uff0e]?(?:\s*+【?\s*+(?P<d>\d{1,2})\s*+】?\s*+日?)?"
    r"|(?P<ed>\d{1,2})(?:st|nd|rd|th)?\s+(?P<em>[A-Z][a-z]{2,8})\.?,?\s+(?P<ey>(?:19|20)\d{2})"
    r"|(?P<um>[A-Z][a-z]{2,8})\.?\s+(?P<ud>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<uy>(?:19|20)\d{2})"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LABEL = re.compile(
    r"(?P<other>首次生效|首次发布|初次发布|历史版本|上一版本|first published)"
    r"|(?P<updated>(?:最近|最新|最后|本次|版本)?(?:更新|修订|修改|发布|发布更新|公布)(?:日期|时间|于)?"
    r"|(?:last )?(?:updated|revised|modified)(?: on| date)?|date of (?:last )?(?:update|revision))"
    r"|(?P<effective>生效(?:日期|时间|日)?|(?:将)?于(?=[^，。；\n]{0,20}生效)|(?:正式)?施行|实施日期"
    r"|(?:in )?effect(?:ive)?(?: from| as of| on| date)?)",
    re.IGNORECASE,
)
_RIGHT_BEHIND = re.compile(r"[起日正式 ]{0,4}")
"""What may stand between a date and a label behind it, as in 2026年1月1日起施行."""
_REACH = 24
"""Characters between a label and its date."""
_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
_PHONE = re.compile(
    r"(?<![\d.@/=-])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|0\d{2,3}[- ]?\d{3,4}[- ]?\d{4}(?:-\d{1,6})?"
    r"|400[- ]?\d{3,4}[- ]?\d{3,4}|(?:10|12|95|96)\d{3}(?:\d{1,3})?)(?![\d.])"
)
_PHONE_CUE = re.compile(r"电话|热线|手机|致电|拨打|tel|phone|call|hotline", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:注册地址|联系地址|办公地址|通[信讯]地址|邮寄地址|公司地址|收件地址|地址"
    r"|registered address|address|post)"
    r"\s*[：:]\s*([^；;。\n]{4,120})",
    re.IGNORECASE,
)
_HANDLER = re.compile(
    r"(?:个人信息处理者|运营者|运营主体|公司名称|personal information handler)"
    r"\s*[：:]\s*([^；;。\n]{3,80})",
    re.IGNORECASE,
)
_OPERATED = re.compile(
    r"由([^，。；、（(]{4,40}?(?:公司|中心|集团|有限合伙))[^，。；]{0,20}(?:运营|开发|提供)"
)
_NAME = r"(?!一[家个])[\w（）()·]{2,40}?(?:公司|集团|有限合伙)"
_WE_ARE = re.compile(
    rf"[“\"「]?我们[”\"」]?(?:是指|指的是|是|指|即)\s*(?P<are>{_NAME})(?=[（(，,。；;、\s]|$)"
    rf"|(?P<called>{_NAME})\s*[（(](?:以下|下)[^）)]{{0,12}}称[^）)]{{0,16}}我们"
)
_OFFICER = re.compile(r"负责人|保护官|保护专员|DPO|protection officer|in charge of", re.IGNORECASE)
_COMPLAINING = re.compile(r"投诉|举报|申诉|complain", re.IGNORECASE)
_ANSWERING = re.compile(r"答复|回复|处理|反馈|完成核查|respond|repl|answer|process", re.IGNORECASE)
_KEEPING = re.compile(r"保存|存储|保留|留存|储存|\bkept?\b|retain|retention|store", re.IGNORECASE)
_AS_LONG = re.compile(
    r"实现[^，。；]{0,14}目的所(?:必要|必需|需)[^，。；]{0,6}(?:最短)?(?:时间|期限|期间)"
    r"|(?:法律法规|法律、行政法规)[^，。；]{0,16}(?:期限|时间)|必要的?(?:最短)?期限"
    r"|as long as [^,.;]{5,60}|shortest [^,.;]{3,60}",
    re.IGNORECASE,
)
_STORED = re.compile(
    r"(?:存储|储存|保存|存放|stored?)[^，。；\n]{0,24}?(?:在|于|in )\s*"
    r"(中华人民共和国境内|中国(?:大陆)?境内|境内|中国(?:大陆)?|(?:mainland )?china)"
    r"|：\s*(中国大陆)|:\s*(mainland China)",
    re.IGNORECASE,
)
_GOING = re.compile(
    r"出境|境外|海外|goes abroad|abroad|overseas|outside (?:of )?(?:mainland )?china", re.IGNORECASE
)
_NOT_GOING = re.compile(
    r"不(?:会|向|存在|涉及|出境)[^，。；]{0,16}(?:出境|境外|跨境)|不出境"
    r"|does not leave|not transfer",
    re.IGNORECASE,
)
_MINORS = re.compile(r"未成年|儿童|青少年|监护人|minor|child|guardian", re.IGNORECASE)
_AGE = re.compile(
    r"(不满|未满|低于|under(?: the age of)?|below)"
    r"\s*[（(]?(14|18|16|13|十四|十八|十六|fourteen|eighteen)",
    re.IGNORECASE,
)
_AGES = {"十四": "14", "十八": "18", "十六": "16", "fourteen": "14", "eighteen": "18"}
_WAY = re.compile(r"[「“\"]([^」”\"\n]{2,80}(?:→|>|-)[^」”\"\n]{1,80})[」”\"]")


def fields_of(document: BlockText, sentences: tuple[Sentence, ...]) -> tuple[PolicyField, ...]:
    """Return the fields of a document, by place."""
    found = [*_days(document), *_headings_abroad(document), *summary_of(sentences)]
    for sentence in sentences:
        in_table = document.blocks[sentence.block].kind is BlockKind.TABLE
        # What a table has of addresses is of third parties as a rule.
        for read in _READERS[1:] if in_table else _READERS:
            found.extend(
                _field(sentence, kind, value, start, end, role)
                for kind, value, start, end, role in read(sentence)
            )
    first = {(one.kind, one.value, one.role, one.said.start): one for one in found}
    return tuple(sorted(first.values(), key=lambda one: (one.said.start, one.kind, one.value)))


def _field(  # noqa: PLR0913, PLR0917  the parts of a field
    sentence: Sentence, kind: PolicyFieldKind, value: str, start: int, end: int, role: ContactRole
) -> PolicyField:
    return PolicyField(
        kind=kind,
        value=value,
        said=Said(sentence.text[start:end], sentence.start + start, sentence.start + end),
        role=role,
        heading=sentence.headings[-1] if sentence.headings else "",
    )


def _days(document: BlockText) -> Iterator[PolicyField]:
    """Yield the dates of update and effect: each of the label before it, or right behind it."""
    text = document.text
    labels = [(one.end(), one.start(), str(one.lastgroup)) for one in _LABEL.finditer(text)]
    at = 0
    for found in _DAY.finditer(text):
        day = _day_of(found)
        while at < len(labels) and labels[at][0] <= found.start():
            at += 1
        if day is None:
            continue
        before = labels[at - 1] if at else None
        after = labels[at] if at < len(labels) else None
        kind = ""
        if after is not None and _RIGHT_BEHIND.fullmatch(text, found.end(), after[1]):
            kind = after[2]
        if (
            not kind
            and before is not None
            and found.start() - before[0] <= _REACH
            and not _DAY.search(text, before[0], found.start())
        ):
            kind = before[2]
        if kind in {"updated", "effective"}:
            said = Said(found.group(), found.start(), found.end())
            yield PolicyField(kind=PolicyFieldKind(kind), value=day.isoformat(), said=said)


def _day_of(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    if part["y"]:
        year, month, day = part["y"], int(part["m"]), int(part["d"] or 1)
    else:
        name = (part["em"] or part["um"])[:3].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        year, day = part["ey"] or part["uy"], int(part["ed"] or part["ud"])
    try:
        return date(int(year), month, day)
    except ValueError:
        return None


def _role_at(sentence: Sentence, at: int) -> ContactRole:
    """Return whose a contact is, by the nearest word before it in its sentence."""
    officer = [one.start() for one in _OFFICER.finditer(sentence.text, 0, at)]
    complaining = [one.start() for one in _COMPLAINING.finditer(sentence.text, 0, at)]
    if officer or complaining:
        return ContactRole.OFFICER if officer > complaining else ContactRole.COMPLAINTS
    return ContactRole.GENERAL


def _contacts(sentence: Sentence) -> Iterator[_Found]:
    text = sentence.text
    for found in _EMAIL.finditer(text):
        yield (
            PolicyFieldKind.EMAIL,
            found.group().lower(),
            found.start(),
            found.end(),
            _role_at(sentence, found.start()),
        )
    if _PHONE_CUE.search(text):
        for found in _PHONE.finditer(text):
            yield (
                PolicyFieldKind.PHONE,
                found.group(),
                found.start(),
                found.end(),
                _role_at(sentence, found.start()),
            )
    for pattern, kind in ((_ADDRESS, PolicyFieldKind.ADDRESS), (_HANDLER, PolicyFieldKind.HANDLER)):
        for found in pattern.finditer(text):
            words = found.group(1).strip()
            yield (
                kind,
                words,
                found.start(1),
                found.start(1) + len(words),
                _role_at(sentence, found.start()),
            )
    operated = _OPERATED.search(text)
    if operated is not None:
        yield PolicyFieldKind.HANDLER, operated.group(1), *operated.span(1), ContactRole.GENERAL
    we = _WE_ARE.search(text) if "我们" in text else None
    if we is not None:
        part = str(we.lastgroup)
        yield PolicyFieldKind.HANDLER, we[part], *we.span(part), ContactRole.GENERAL


def _clocks(sentence: Sentence) -> Iterator[_Found]:
    text = sentence.text
    if _ANSWERING.search(text):
        for start, end, days in working_days_in(text):
            yield PolicyFieldKind.RESPONSE, str(days), start, end, ContactRole.GENERAL
    if _KEEPING.search(text):
        for start, end, period in periods_in(text):
            yield PolicyFieldKind.RETENTION, period, start, end, ContactRole.GENERAL
        for found in _AS_LONG.finditer(text):
            yield PolicyFieldKind.RETENTION, found.group(), *found.span(), ContactRole.GENERAL


def _places(sentence: Sentence) -> Iterator[_Found]:
    text = sentence.text
    for found in _STORED.finditer(text):
        yield PolicyFieldKind.STORED, "CN", *found.span(), ContactRole.GENERAL
    where = " ".join((*sentence.headings, text))
    if _GOING.search(where) and not _NOT_GOING.search(text):
        for start, end, code in countries_in(text):
            if code != "CN":
                yield PolicyFieldKind.ABROAD, code, start, end, ContactRole.GENERAL


def _headings_abroad(document: BlockText) -> Iterator[PolicyField]:
    """Yield the countries that headings name below a heading on going abroad."""
    found = headed(document)
    for block, path, title in zip(document.blocks, found.paths, found.titles, strict=True):
        if title and path and _GOING.search(path[-1]):
            for start, end, code in countries_in(document.text_of(block)):
                if code != "CN":
                    said = Said(
                        document.text_of(block)[start:end], block.start + start, block.start + end
                    )
                    yield PolicyField(
                        kind=PolicyFieldKind.ABROAD, value=code, said=said, heading=path[-1]
                    )


def _others(sentence: Sentence) -> Iterator[_Found]:
    text = sentence.text
    if _MINORS.search(text):
        for found in _AGE.finditer(text):
            age = found.group(2).lower()
            yield PolicyFieldKind.MINOR_AGE, _AGES.get(age, age), *found.span(), ContactRole.GENERAL
    if _COMPLAINING.search(text):
        for found in _WAY.finditer(text):
            way = found.group(1).strip()
            yield PolicyFieldKind.COMPLAINT, way, *found.span(1), ContactRole.COMPLAINTS


_READERS: tuple[Callable[[Sentence], Iterator[_Found]], ...] = (
    _contacts,
    _clocks,
    _places,
    _others,
)
