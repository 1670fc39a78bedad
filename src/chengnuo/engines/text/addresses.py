"""Postal addresses in text: divisions, roads and compounds, and the numbers that end them.

An address in running text has a number with its unit (`12号`, `3栋`), before it a road, a village
or a compound, and begins with a division if one stands in the same clause. Beside a key it may end
without a number. What stars stand in is masked already.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from chengnuo.engines.text.address_spots import AddressSpots
from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.divisions import Divisions
from chengnuo.engines.text.kinds import Evidence, Hit, Kind
from chengnuo.engines.text.located import Located
from chengnuo.engines.text.name_words import HAN
from chengnuo.engines.text.people import lines_of
from chengnuo.engines.text.tokens import Places
from chengnuo.engines.text.viewed import Viewed

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
_ENDS: Final = re.compile(f"({_ROAD}|{_PLACE})(?:[东南西北中]?段|[东南西北中]区?)?[附第甲乙丙丁]?$")
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
    "|搬到|搬至|到达|抵达|经过|路过|目的地|所在地|从|在|到|至|往|址|住|去|于|是|为|了|给|的)"
)
_KEY: Final = re.compile(
    r"(?P<key>[址住于地在ADdSsOoEeZzRr](?:(?<=住)在)?)[\"'”》>]?\s*+(?:为|是)?\s*+"
    rf"(?P<sign>[:：=>]?)\s*+[\"'“（(]?\s*+(?=[{HAN}])"
)
_CAN_END_KEY: Final = re.compile(
    "(?:址|住在?|位于|[住在]地|(?i:addr|addr[a-z]+|residence|ship[_ ]?to|dz|zz))$"
)
# A note in brackets that tells something else is no part of it.
_FIELD: Final = re.compile(
    r"(?:(?![（(](?:邮编|邮政编码|联系|电话|手机|收件|收货))[^\s，。；！？;,!?\"'“”<>|*&={}\[\]]){4,80}"
)
# What leads from a key to its address: 地址已改为…, 地址就在…, 以下地址与我们联系：…
_LED: Final = re.compile(
    "(?:[来]?[与和同](?:我们|我方|我司|其|您|本公司)?联系[:：]?"
    "|[已现请就仍暂均都](?=[在住居位坐是为改变更系写填寄送])"
    "|(?:居住|现住|位|坐落|住)(?:[在于]|(?=[^址地所]))"
    "|(?:变更|更改|修改|更新|更换|改|填写|填|写|登记|设|定|选)(?:的?是|[成为在到至])"
    "|(?:附近|旁边|对面|隔壁|[前后]面)的?"
    "|(?:的?是|[为在于到至往]))"
)
_WORDS: Final = re.compile(f"[{HAN}:：]+")
_LONGEST_LEAD: Final = 12
_DIVISION_ENDS: Final = "省市区县旗州盟"
_COUNTRY: Final = frozenset({"", "中国", "中华人民共和国"})
_TOKEN: Final = re.compile(f"{_NUMBER}{_UNIT}|{_ROAD}|{_PLACE}")
_REACH: Final = 48
_LONGEST_ROAD: Final = 9
PERSONAL: Final = frozenset(
    {Kind.MOBILE, Kind.RESIDENT_ID, Kind.LANDLINE, Kind.EMAIL, Kind.PASSPORT, Kind.BANK_CARD}
)
"""The kinds of numbers beside which divisions that go on are an address."""


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
        lines = lines_of(text, others, PERSONAL)
        return self._among(text, _KEY.finditer(text), _HOUSE.finditer(text), lines)

    def found_in(self, view: Viewed, others: Located) -> list[Hit]:
        """Return the same of a long text, looking only where its signs let an address be.

        Args:
            view: The text.
            others: The values found before.

        """
        spots = AddressSpots(view)
        people = view.lines_at(others.start[others.of_kinds(PERSONAL)])
        lines = view.with_one(people, spots.regions())
        return self._among(
            view.text, _keys(view.text, spots.keys()), _houses(view.text, spots.units()), lines
        )

    def _among(
        self,
        text: str,
        keys: Iterable[re.Match[str]],
        houses: Iterable[re.Match[str]],
        people: Iterable[tuple[int, int]],
    ) -> list[Hit]:
        """Return the addresses behind keys, at numbers of houses and in lines of people."""
        keyed = [*self._keyed(text, keys)]
        hits = _apart([*keyed, *_begun_by(keyed, self._numbered(text, houses))])
        beside = self._beside_people(text, people, {hit.start for hit in hits})
        return _apart([*hits, *beside])

    def _keyed(self, text: str, keys: Iterable[re.Match[str]]) -> Iterator[Hit]:
        """Yield what stands right after a key of an address."""
        for match in keys:
            start = match.end()
            key = text[max(0, match.start() - _LONGEST_END) : match.end("key")]
            if not _CAN_END_KEY.search(key):
                continue
            cue = self.cues.before(text, start)
            if cue is None or cue.kind is not Kind.ADDRESS:
                continue
            start = self._behind_leads(text, start)
            field = _FIELD.match(text, start)
            if field is None:
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

    def _behind_leads(self, text: str, start: int) -> int:
        """Return where an address begins behind words that only lead from its key to it.

        Words before a division named in full lead to it, too, if they name no place.
        """
        while self.divisions.at(text, start) is None and (lead := _LED.match(text, start)):
            start = lead.end()
        end = _WORDS.match(text, start, start + _LONGEST_LEAD)
        if end is None:
            return start
        for first, after, levels in self.divisions.chains(text, start, end.end()):
            is_named = len(levels) >= _ENOUGH or text[after - 1] in _DIVISION_ENDS
            is_led = text[start:first] not in _COUNTRY and not _TOKEN.search(text, start, first)
            return first if is_named and is_led else start
        return start

    def _beside_people(
        self, text: str, lines: Iterable[tuple[int, int]], known: Collection[int]
    ) -> Iterator[Hit]:
        """Yield chains of divisions that go on, in a line where a person's number stands."""
        for start, end in lines:
            named = _REGION_END.search(text, start, end)
            if named is None:
                continue
            from_ = max(start, named.start() - _LONGEST_DIVISION)
            for first, after, levels in self.divisions.chains(text, from_, end):
                if len(levels) < _ENOUGH or first in known:
                    continue
                further = self._further(text, after)
                if further > after and not _is_masked(text, further):
                    yield Hit(first, further, Kind.ADDRESS, Evidence.CONTEXT)

    def _numbered(self, text: str, houses: Iterable[re.Match[str]]) -> Iterator[Hit]:
        """Yield roads, villages and compounds with numbers, and what stands before and after."""
        seen = 0
        for match in houses:
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


def _keys(text: str, places: Places) -> Iterator[re.Match[str]]:
    """Yield the keys whose last sign stands at one of some places."""
    seen = 0
    for place in places.tolist():
        match = _KEY.match(text, place) if place >= seen else None
        if match is not None:
            seen = match.end()
            yield match


def _houses(text: str, places: Places) -> Iterator[re.Match[str]]:
    """Yield the numbers of houses whose unit begins at one of some places."""
    seen = 0
    for place in places.tolist():
        if place < seen:
            continue
        match = _HOUSE.search(text, max(seen, place - _LONGEST_NUMBER), place + _LONGEST_UNIT + 2)
        if match is not None and match.start() < place:
            seen = match.end()
            yield match


_LONGEST_NUMBER: Final = 21
_LONGEST_UNIT: Final = 2


def _begun_by(keyed: Iterable[Hit], numbered: Iterable[Hit]) -> Iterator[Hit]:
    """Yield numbered addresses, begun where a key says so if that is within one."""
    starts = sorted(hit.start for hit in keyed)
    for hit in numbered:
        at = bisect_right(starts, hit.start)
        is_within = at < len(starts) and starts[at] < hit.end
        yield replace(hit, start=starts[at]) if is_within else hit


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits in order; of those that begin at one place the longest, and none over another."""
    kept: list[Hit] = []
    end = 0
    for hit in sorted(hits):
        if hit.start >= end:
            kept.append(hit)
            end = hit.end
        elif hit.start == kept[-1].start and hit.end > end:
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
