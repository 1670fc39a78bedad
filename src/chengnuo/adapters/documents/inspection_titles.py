"""Headings and fixed words of a report of a package, the same on the page and in the PDF."""

from chengnuo.base.columns import plain
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_words import app_title

REPORT = Text("应用包检查报告", "Report of a package inspection")
START = Text("同意之前发生什么", "What happens before consent")
NOTHING_RUNS = Text(
    "没有看到应用自身或 SDK 在启动过程中读取个人信息。",
    "Neither the app nor an SDK was seen to read personal information while it starts.",
)
SDKS = Text("SDK", "SDKs")
FINDINGS = Text("发现的问题", "Findings")
NO_FINDINGS = Text("没有发现问题。", "Nothing was found.")
FIX = Text("处理", "Fix")
COLON = Text("：", ": ")
WAIVED = Text("已豁免至", "Waived until")
WAIVED_ONES = Text("已豁免", "Waived")
DRIFT = Text("与登记簿对照", "Beside the register")
DELTA = Text("与上一版本相比", "Since the earlier release")
PERMISSIONS = Text("权限", "Permissions")
HOSTS = Text("域名与所在地", "Hosts and where they are run")
UNSEEN = Text("没有看到的部分", "What could not be seen")
DETAILS = Text("逐项明细", "Everything that was seen")

_APP = Text("应用", "App")
_KIND = Text("安装包", "Package")
_HASH = Text("SHA-256", "SHA-256")
_KNOWLEDGE = Text("检测知识", "Knowledge")
_LAW = Text("法规目录", "Law")
_REGISTER = Text("登记簿", "Register")
_NO_REGISTER = Text("未对照", "not compared")
_ON = Text("检查日期", "Day")
_KILO, _MEGA = 1_000, 1_000_000


def facts_of(report: PackageReport, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Return what stands at the head of a report: names and values, the digest last."""
    inspection = report.inspection
    facts = inspection.package
    register = report.register_version
    rows = (
        (_APP, app_title(facts)),
        (_KIND, f"{facts.kind.value.upper()} · {_size(facts.size)}"),
        (_KNOWLEDGE, inspection.knowledge),
        (_LAW, str(report.law_version)),
        (_REGISTER, _NO_REGISTER.in_lang(lang) if register is None else short(register)),
        (_ON, report.on.isoformat()),
        (_HASH, facts.sha256),
    )
    return tuple((label.in_lang(lang), plain(value)) for label, value in rows)


def _size(count: int) -> str:
    """Return a size in bytes as people read it.

    >>> _size(24_600_000), _size(5_020), _size(80)
    ('24.6 MB', '5.0 kB', '80 B')

    """
    if count >= _MEGA:
        return f"{count / _MEGA:.1f} MB"
    return f"{count / _KILO:.1f} kB" if count >= _KILO else f"{count} B"
