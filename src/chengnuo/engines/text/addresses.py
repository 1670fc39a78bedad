"""Postal addresses in text: divisions, roads and compounds, and the numbers that end them.

An address in running text has a number with its unit (`12号`, `3栋`), before it a road, a village
or a compound, and begins with a division if one stands in the same clause. Beside a key it may end
without a number. What stars stand in is masked already.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.divisions import Divisions
from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.name_words import HAN

_DIGITS: Final = "[0-9]{1,5}[A-Za-z]?(?:[-—~/][0-9A-Za-z]{1,4}){0,3}"
_NUMBER: Final = f"(?:{_DIGITS}|[A-Za-z][0-9]{{0,4}}|[一二三四五六七八九十百]{{1,4}})"
_UNIT: Final = "(?:号楼|号院|号|弄|栋|幢|座|单元|室|层|楼|组|队|户|房|门|区|期)"
_HOUSE_UNIT: Final = "(?:号楼|号院|号|弄|栋|幢|座|单元|室|组)"
_ROAD: Final = "(?:路|街|道|巷|弄|胡同|里|条|坊|段|环|桥|公路|国道)"
_PLACE: Final = (
    "(?:村|庄|屯|寨|镇|乡|街道|社区|小区|花园|花苑|公寓|家园|新村|新城|大厦|广场|大楼|写字楼|宿舍"
    "|城|苑|园|府|庭|湾|居|轩|阁|院|墅|里|坊|中心|基地|工业园|科技园|产业园|开发区|大学|学院|医院"
    "|学校|中学|小学|市场|商城|酒店)"
)
_WORD: Final = f"[{HAN}0-9A-Za-z·]"
# A number with its unit, and what ends before it: a road, a village or a compound.
_HOUSE: Final = re.compile(
    f"(?=[0-9A-Za-z一二三四五六七八九十])(?<![0-9A-Za-z]){_NUMBER}{_HOUSE_UNIT}(?![{HAN}]?线)"
)
_ENDS: Final = re.compile(f"({_ROAD}|{_PLACE})[东南西北中]?段?[附第]?$")
_LONGEST_END: Final = 8
# What only looks like the end of a road's or a place's name.
_NO_ROAD: Final = re.compile(
    "(?:[频通管渠轨赛跑报国省知隧味]道|[思线电网道铁公出套]路|[这那哪家心公手城海]里"
    "|[几每该各逐一两三四五六七八九十0-9第]条|[阶手片时上下各]段|公里|英里|[上全]城|[入住]院"
    "|[乐公]园|政府|数据中心|客服中心)$"
)
_MORE: Final = re.compile(
    f"(?:[{HAN}A-Za-z·]{{0,10}}?{_NUMBER}{_UNIT}"
    f"|[-—]?[0-9]{{1,4}}(?:[-—][0-9]{{1,4}})*(?:室|号|房)?(?![0-9年月日时分元.:：%*])"
    f"|[{HAN}A-Za-z]{{2,10}}?{_PLACE}(?![{HAN}]*[*]))"
)
_STOP: Final = re.compile("^[和与及或]|附近|发生|[的在把被]|到|电话|手机|姓名|收货|收件|联系")
_STOP_BEFORE: Final = re.compile("附近|位于|住在|[的在]")
_PAUSE: Final = re.compile(r"[\s，。；！？、：:;,!?\"'“”‘’（）()\[\]{}<>《》【】=&|*@]")
_LEAD: Final = re.compile(
    "(?:住址|地址|位于|送到|送至|送往|寄到|寄至|寄往|发往|发到|住在|家住|现住|暂住|居住|前往|来到"
    "|搬到|搬至|经过|路过|从|在|到|至|往|址|住|去|于|是|为|了|给)"
)
_KEY: Final = re.compile(
    rf"(?P<key>[址住于地在ADdSsOoEeZzRr](?:(?<=住)在)?)[\"'”》>]?\s*(?:为|是)?\s*(?P<sign>[:：=>]?)\s*[\"'“（(]?\s*(?=[{HAN}])"
)
_CAN_END_KEY: Final = re.compile(
    "(?:址|住在?|位于|[住在]地|(?i:addr|addr[a-z]+|residence|ship[_ ]?to|dz|zz))$"
)
_FIELD: Final = re.compile(r"[^\s，。；！？;,!?\"'“”<>|*&={}\[\]]{4,80}")
_TOKEN: Final = re.compile(f"{_NUMBER}{_UNIT}|{_ROAD}|{_PLACE}")
_REACH: Final = 48
_LONGEST_ROAD: Final = 9
_PERSONAL: Final = frozenset(
    {Kind.MOBILE, Kind.RESIDENT_ID, Kind.LANDLINE, Kind.EMAIL, Kind.PASSPORT, Kind.BANK_CARD}
)


@dataclass(frozen=True, slots=True)
class AddressSearch:
    """What addresses are found with.

    Attributes:
        divisions: The divisions of the country.
        cues: The words beside values.

    """

    divisions: Divisions
    cues: Cues

    def found(self, text: str, others: Iterable[Hit]) -> list[Hit]:
        """Return the addresses in a text, none overlapping another.

        Args:
            text: The text, folded.
            others: The values found before, in order.

        """
        hits = _apart([*self._keyed(text), *self._numbered(text)])
        beside = self._beside_people(text, others, {hit.start for hit in hits})
        return _apart([*hits, *beside])

    def _keyed(self, text: str) -> Iterator[Hit]:
        """Yield what stands right after a key of an address."""
        for match in _KEY.finditer(text):
            start = match.end()
            key = text[max(0, match.start() - _LONGEST_END) : match.end("key")]
            if not _CAN_END_KEY.search(key):
                continue
            cue = self.cues.before(text, start)
            field = _FIELD.match(text, start)
            if cue is None or cue.kind is not Kind.ADDRESS or field is None:
                continue
            end = field.end()
            after, levels = self.divisions.chain(text, start)
            tokens = list(_TOKEN.finditer(text, after, end))
            if len(levels) + min(len(tokens), 2) < _ENOUGH or _is_masked(text, end):
                continue
            if not match["sign"]:
                end = max([after, *(token.end() for token in tokens)])
                end = self._further(text, end)
            elif text[end : end + 1] == " ":
                end = self._further(text, end)
            yield Hit(start, end, Kind.ADDRESS, Evidence.KEY)

    def _beside_people(
        self, text: str, others: Iterable[Hit], known: Collection[int]
    ) -> Iterator[Hit]:
        """Yield chains of divisions that go on, in a line where a person's number stands."""
        seen = -1
        for hit in others:
            if hit.kind not in _PERSONAL or hit.start < seen:
                continue
            start = text.rfind("\n", 0, hit.start) + 1
            seen = text.find("\n", hit.end) % (len(text) + 1)
            named = _REGION_END.search(text, start, seen)
            if named is None:
                continue
            start = max(start, named.start() - _LONGEST_DIVISION)
            for first, after, levels in self.divisions.chains(text, start, seen):
                if len(levels) < _ENOUGH or first in known:
                    continue
                end = self._further(text, after)
                if end > after and not _is_masked(text, end):
                    yield Hit(first, end, Kind.ADDRESS, Evidence.CONTEXT)

    def _numbered(self, text: str) -> Iterator[Hit]:
        """Yield roads, villages and compounds with numbers, and what stands before and after."""
        seen = 0
        for match in _HOUSE.finditer(text):
            at = max(seen, match.start() - _LONGEST_END)
            ended = _ENDS.search(text[at : match.start()]) if at < match.start() else None
            if ended is None:
                continue
            start = self._start(
                text, max(seen, at - _REACH), at + ended.start(1), at + ended.end(1)
            )
            if start is None:
                continue
            end = self._further(text, match.end())
            if not _is_masked(text, end):
                yield Hit(start, end, Kind.ADDRESS, Evidence.FORMAT)
                seen = end

    def _start(self, text: str, from_: int, core: int, named: int) -> int | None:
        """Return where an address begins whose road or place has its last word at `core`."""
        clause = _clause(text, from_, core, self.divisions)
        for first, _, _ in self.divisions.chains(text, clause, core):
            if not _STOP_BEFORE.search(text, first, core):
                return first
        leads = [match.end() for match in _LEAD.finditer(text, clause, core)]
        start = max([clause, *leads])
        if not 1 <= core - start <= _LONGEST_ROAD or _NO_ROAD.search(text, start, named):
            return None
        return start

    def _further(self, text: str, end: int) -> int:
        """Return where an address ends that goes on at a place."""
        while True:
            at = end + (text[end : end + 1] == " ")
            more = _MORE.match(text, at)
            if more is None or more.end() == end or _STOP.search(more.group()):
                return end
            if at > end and not _TOKEN.search(more.group()):
                return end
            end = more.end()


_ENOUGH: Final = 2
_LONGEST_DIVISION: Final = 15
# Two words of divisions that stand near each other.
_REGION_END: Final = re.compile(f"[省市区州盟][{HAN}]{{1,15}}?[市区县旗州]")


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits in order; of those that begin at one place the longest, and none over another."""
    kept: list[Hit] = []
    end = 0
    for hit in sorted(hits):
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
        elif hit.start == kept[-1].start:
            kept[-1] = hit
            end = hit.end
    return kept


def _clause(text: str, from_: int, core: int, divisions: Divisions) -> int:
    """Return where the clause begins in which a road stands; spaces may part its divisions."""
    start = core
    while start > from_ and (not _PAUSE.match(text, start - 1) or text[start - 1] == " "):
        if text[start - 1] == " ":
            before = re.search(f"{_WORD}*$", text[from_ : start - 1])
            begin = start - 1 if before is None else from_ + before.start()
            after, levels = divisions.chain(text, begin)
            if not levels or after < start - 1:
                break
        start -= 1
    return start


def _is_masked(text: str, end: int) -> bool:
    """Tell whether stars stand in what goes on after a place without a pause."""
    rest = re.match(r"[^\s，。；！？、;,!?\"“”<>|]*", text[end : end + 24])
    return rest is not None and "*" in rest.group()
