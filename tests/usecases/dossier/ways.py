"""One way through every sort of dossier, from its opening to an end, with what is said."""

from collections.abc import Mapping

from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party

STAFF, REVIEWER, SELF = Party.STAFF, Party.REVIEWER, Party.INDIVIDUAL
Step = tuple[str, Party, Mapping[str, Value]]
AT, DAY, LATER = "2026-11-20T02:00:00Z", "2026-11-20", "2027-03-31"

WAYS: Mapping[str, tuple[Step, ...]] = {
    "assessment": (
        (
            "begin",
            STAFF,
            {"title": "附近门店", "activities": ("@activities",), "grounds": ("sensitive",)},
        ),
        (
            "write",
            STAFF,
            {"lawful": "正当", "impact": "有限", "measures": "加密", "risk": "low"},
        ),
        ("submit", STAFF, {}),
        ("return", REVIEWER, {"reasons": "写明保存期限"}),
        (
            "write",
            STAFF,
            {"lawful": "正当", "impact": "有限", "measures": "加密三十日", "risk": "medium"},
        ),
        ("submit", STAFF, {}),
        ("approve", REVIEWER, {"valid-until": LATER}),
    ),
    "audit": (
        (
            "plan",
            STAFF,
            {
                "title": "2026 年度",
                "kind": "regular",
                "by-whom": "internal",
                "auditor": "内审部",
                "period-from": "2026-01-01",
                "period-to": "2026-10-31",
                "end-by": LATER,
            },
        ),
        ("item", STAFF, {"duty": "PIPL-55", "result": "conforms", "finding": "齐全"}),
        ("report", STAFF, {"summary": "一项待改", "open-items": 1}),
        ("mend", STAFF, {"done-on": DAY, "what": "已改"}),
        ("close", REVIEWER, {}),
    ),
    "complaint": (
        (
            "take-down",
            STAFF,
            {"channel": "hotline", "received-on": DAY, "cause": "rights", "text": "没人理"},
        ),
        ("accept", STAFF, {}),
        ("map", STAFF, {"cause": "rights", "activity": "@activities"}),
        ("escalate", STAFF, {"reason": "重大"}),
        ("reply", REVIEWER, {"outcome": "upheld", "reasons": "属实", "remedy": "已办"}),
    ),
    "filing": (
        (
            "open",
            STAFF,
            {"kind": "officer", "crossed-on": DAY, "persons": 1_000_000, "why": "达到一百万人"},
        ),
        ("file", STAFF, {"authority": "市网信办", "filed-on": DAY, "reference": "BA-1"}),
    ),
    "foreign-request": (
        (
            "receive",
            STAFF,
            {"authority": "某法院", "country": "US", "received-on": DAY, "wanted": "订单"},
        ),
        ("seek", STAFF, {"competent": "主管机关", "asked-on": DAY}),
        (
            "enter-approval",
            REVIEWER,
            {"reference": "PZ-1", "approved-on": DAY, "scope": "一份订单"},
        ),
        ("provide", STAFF, {"persons": 1, "provided-on": DAY}),
    ),
    "incident": (
        (
            "discover",
            STAFF,
            {"kind": "leak", "discovered-at": AT, "how": "monitoring", "what": "表被导出"},
        ),
        ("contain", STAFF, {"done-at": AT, "measures": "停用密钥"}),
        (
            "grade",
            STAFF,
            {
                "grade": "fairly-major",
                "activities": ("@activities",),
                "affected": 1_200_000,
                "minors": True,
                "cause": "密钥外泄",
                "harm": "骚扰电话",
            },
        ),
        ("report", STAFF, {"authority": "省网信办", "done-at": AT, "report": "已报"}),
        (
            "tell-people",
            STAFF,
            {"channels": ("app", "sms"), "done-at": AT, "told": 1_200_000, "notice": "请改密码"},
        ),
        (
            "tell-minors",
            STAFF,
            {"done-at": AT, "told-minors": 3, "told-guardians": 3, "notice": "请改密码"},
        ),
        ("learn", STAFF, {"lesson": "轮换密钥", "due": LATER}),
        ("learnt", REVIEWER, {"done": "已轮换"}),
        ("end-handling", STAFF, {"ended-at": AT}),
        ("close", STAFF, {"report": "总结"}),
    ),
    "minors-access": (
        ("ask", STAFF, {"activity": "@activities", "reason": "核实举报", "until": LATER}),
        ("grant", REVIEWER, {"until": LATER}),
        ("use", STAFF, {"done": "看了一条记录"}),
    ),
    "recorded-control": (
        ("begin", STAFF, {"item": "tariffs", "owner": "市场部", "first-due": LATER}),
        ("found-bad", STAFF, {"done-on": DAY, "evidence": "缺一项", "next-due": LATER}),
        ("found-good", STAFF, {"done-on": DAY, "evidence": "已公示", "next-due": LATER}),
        ("end", REVIEWER, {"reasons": "业务已停"}),
    ),
    "safeguard": (
        (
            "declare",
            STAFF,
            {"measure": "encryption", "what": "全盘加密", "owner": "安全部", "first-due": LATER},
        ),
        ("show", STAFF, {"done-on": DAY, "evidence": "抽查通过", "next-due": LATER}),
        ("fail", STAFF, {"what": "一台未加密"}),
        ("retire", REVIEWER, {"reasons": "换成别的"}),
    ),
    "supervision": (
        ("begin", STAFF, {"recipient": "@recipients", "next-check": LATER}),
        ("instruct", STAFF, {"instruction": "只存三十日"}),
        ("acknowledge", STAFF, {"note": "已知悉"}),
        (
            "check",
            STAFF,
            {"done-on": DAY, "result": "in-order", "findings": "无", "next-check": LATER},
        ),
        ("ask-sub-entrusting", STAFF, {"sub-recipient": "某云", "purpose": "存储"}),
        ("agree-sub-entrusting", REVIEWER, {}),
        ("end", STAFF, {"reason": "到期", "return-by": LATER}),
        ("certify", STAFF, {"fate": "deleted", "done-on": DAY, "certificate": "已删除"}),
        ("conclude", STAFF, {}),
    ),
}


def filled(fields: Mapping[str, Value], rows: Mapping[str, str]) -> dict[str, Value]:
    """Return the fields with an id of the register for each `@kind`."""

    def of(value: str) -> str:
        return rows[value[1:]] if value.startswith("@") else value

    return {
        name: tuple(map(of, value))
        if isinstance(value, tuple)
        else of(value)
        if isinstance(value, str)
        else value
        for name, value in fields.items()
    }
