"""One way through every sort of dossier, from its opening to an end, with what is said."""

from collections.abc import Mapping

from chengnuo.domain.dossier.audit_items.all_items import items_for
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party

STAFF, REVIEWER, SELF = Party.STAFF, Party.REVIEWER, Party.INDIVIDUAL
Step = tuple[str, Party, Mapping[str, Value]]
AT, DAY, LATER = "2026-11-20T02:00:00Z", "2026-11-20", "2027-03-31"

ASSESSED: Mapping[str, Value] = {
    "lawful": "正当",
    "lawful-is": "holds",
    "impact": "有限",
    "measures": "加密",
    "measures-are": "holds",
    "likelihood": "low",
    "severity": "medium",
    "risk": "low",
    "on-sensitive": "仅在个人点按时读取",
}

SDK_ANSWERS: Mapping[str, Value] = {
    "purposes": "推送",
    "kinds": "设备标识，每次启动一次",
    "asked-permissions": "无",
    "starts": "after-consent",
    "updates": "rules",
    "switches": "each",
    "own-sdks": "无",
    "hosts": "push.maps.example",
    "kept-in": "中国上海",
    "kept-for": "三十日后删除",
    "rights-channel": "privacy@maps.example，十日内",
    "minors": "mode",
    "others": "无",
    "incident-contact": "值班岗 021-00000000",
}

WAYS: Mapping[str, tuple[Step, ...]] = {
    "agreement-term": (
        ("open", STAFF, {"agreement": "@agreements", "until": LATER}),
        ("end", STAFF, {"reasons": "换了供应商"}),
    ),
    "joint-request": (
        (
            "take-down",
            STAFF,
            {
                "recipient": "@recipients",
                "right": "delete",
                "received-on": DAY,
                "proved": "signed-in",
            },
        ),
        ("forward", STAFF, {"wanted": "删除报名信息", "answer-by": LATER}),
        ("acknowledge", STAFF, {"done-on": DAY, "note": "已删除"}),
        (
            "answer",
            STAFF,
            {"answered-by": "both", "outcome": "done", "answered-on": DAY, "reasons": "已删除"},
        ),
    ),
    "sdk-vetting": (
        (
            "ask",
            STAFF,
            {"recipient": "@recipients", "sdk-version": "5.4.0", "why": "new", "answer-by": LATER},
        ),
        (
            "answer",
            STAFF,
            SDK_ANSWERS,
        ),
        ("ask-again", STAFF, {"question": "域名不全", "answer-by": LATER}),
        ("answer", STAFF, SDK_ANSWERS),
        ("end", STAFF, {"reasons": "换成别的"}),
    ),
    "assessment": (
        (
            "begin",
            STAFF,
            {"title": "附近门店", "activities": ("@activities",), "grounds": ("sensitive",)},
        ),
        (
            "write",
            STAFF,
            ASSESSED,
        ),
        ("submit", STAFF, {}),
        ("return", REVIEWER, {"reasons": "写明保存期限"}),
        (
            "write",
            STAFF,
            {**ASSESSED, "measures": "加密三十日", "risk": "medium"},
        ),
        ("submit", STAFF, {}),
        ("approve", REVIEWER, {"valid-until": LATER}),
    ),
    "register-change": (
        (
            "propose",
            STAFF,
            {
                "row": "store main",
                "base": "0" * 64,
                "change": '{"drop":[],"id":"main","kind":"store","put":{"region":"上海"},'
                '"way":"change"}',
                "why": "机房搬迁",
            },
        ),
        ("approve", REVIEWER, {"version": "1" * 64, "patch": "2" * 64}),
        ("refuse", REVIEWER, {"reasons": "搬迁推迟"}),
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
        *(
            ("item", STAFF, {"item": one.id, "result": "conforms", "finding": "齐全"})
            for one in items_for("regular")
        ),
        ("report", STAFF, {"summary": "都符合"}),
        ("mend", STAFF, {"done-on": DAY, "what": "已改"}),
        ("close", REVIEWER, {}),
    ),
    "canary": (
        (
            "make",
            REVIEWER,
            {
                "recipient": "@recipients",
                "canary-kind": "email",
                "number": 1,
                "out-of": 1_000,
                "value": "a1@mail.example.com",
                "opening": "00",
                "commitment": "0" * 64,
            },
        ),
        ("hand-over", REVIEWER, {"given-at": AT, "how": "接口"}),
        ("surface", REVIEWER, {"found-at": AT, "where": "论坛"}),
        ("retire", REVIEWER, {"reasons": "已查明"}),
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
        (
            "reply",
            REVIEWER,
            {
                "outcome": "upheld",
                "reasons": "属实",
                "remedy": "已办",
                "remedies": ("authority", "court"),
            },
        ),
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
    "hotline": (
        (
            "month",
            STAFF,
            {
                "at": "2026-11-01",
                "calls": 1200,
                "answered": 1100,
                "mean-wait-seconds": 12,
                "longest-wait-seconds": 95,
            },
        ),
        ("strike", STAFF, {"reason": "导入了两遍"}),
    ),
    "incident": (
        (
            "discover",
            STAFF,
            {"kind": "leak", "discovered-at": AT, "how": "monitoring", "what": "表被导出"},
        ),
        (
            "found-earlier",
            STAFF,
            {"discovered-at": "2026-11-19T02:00:00Z", "who-knew": "值班", "why-late": "没转告"},
        ),
        ("set-scope", STAFF, {"stores": ("@stores",), "from": AT, "to": AT}),
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
        (
            "say-what-helps",
            STAFF,
            {"kinds": "手机号码", "advice": "改密码", "contact": "400-000-0000"},
        ),
        ("report", STAFF, {"authority": "省网信办", "done-at": AT, "report": "已报"}),
        (
            "tell-people",
            STAFF,
            {
                "channels": ("app", "sms"),
                "done-at": AT,
                "told": 1_200_000,
                "notice": "请改密码",
                "no-letter": "先发了短信",
            },
        ),
        (
            "tell-minors",
            STAFF,
            {
                "done-at": AT,
                "told-minors": 3,
                "told-guardians": 3,
                "notice": "请改密码",
                "no-letter": "逐个打了电话",
            },
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
    "name-removal": (
        ("begin", STAFF, {"activity": "@activities", "by": DAY}),
        ("removed", STAFF, {"done-on": DAY, "where": "中奖名单", "left": "已印发的海报"}),
    ),
    "not-applicable": (
        ("declare", STAFF, {"row": "action524-5.5", "reasons": "没有网盘", "until": LATER}),
        ("approve", REVIEWER, {}),
        ("applies", STAFF, {"reasons": "上线了网盘"}),
    ),
    "recorded-control": (
        ("begin", STAFF, {"item": "tariffs", "owner": "市场部", "first-due": LATER}),
        ("found-bad", STAFF, {"done-on": DAY, "evidence": "缺一项", "next-due": LATER}),
        ("found-good", STAFF, {"done-on": DAY, "evidence": "已公示", "next-due": LATER}),
        ("end", REVIEWER, {"reasons": "业务已停"}),
    ),
    "remedy": (
        ("open", STAFF, {"title": "补签协议", "what": "协议到期", "due": LATER}),
        ("extend", REVIEWER, {"due": LATER, "reasons": "等对方盖章"}),
        ("do", STAFF, {"done-on": DAY, "done": "已续签"}),
        ("return", REVIEWER, {"reasons": "缺附件", "due": LATER}),
        ("do", STAFF, {"done-on": DAY, "done": "附件已补"}),
        ("accept", REVIEWER, {}),
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
        ("instruct", STAFF, {"instruction": "只存三十日", "answer-by": LATER}),
        ("acknowledge", STAFF, {"note": "已知悉"}),
        (
            "check",
            STAFF,
            {"done-on": DAY, "result": "in-order", "findings": "无", "next-check": LATER},
        ),
        (
            "ask-sub-entrusting",
            STAFF,
            {"sub-recipient": "某云", "purpose": "存储", "wanted-from": LATER},
        ),
        ("agree-sub-entrusting", REVIEWER, {}),
        ("end", STAFF, {"reason": "到期", "return-by": LATER}),
        ("certify", STAFF, {"fate": "deleted", "done-on": DAY, "certificate": "已删除"}),
        ("conclude", STAFF, {}),
    ),
}

OTHER_OPENINGS: Mapping[tuple[str, str], Mapping[str, Value]] = {
    ("hotline", "call"): {"at": AT, "wait-seconds": 8, "ended": "person"},
}
"""What is said in acts that open a dossier in another way than the first."""


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
