"""Reports of package inspections made by hand: a bad app, a clean one, and a large one."""

from dataclasses import replace
from datetime import date

from tests.domain.finding.inspection_kit import BAD, BAD_SEEN, CLEAN, HOSTILE, ON, inspection

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding, Severity, Waived, finding_id
from chengnuo.domain.finding.package_report import (
    Change,
    Delta,
    DeltaRow,
    Drift,
    DriftRow,
    PackageReport,
    Side,
)
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Observation,
    ObservationId,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.domain.register.ids import SdkWaiverId, Version
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.catalogue import LawVersion
from chengnuo.law.ids import DutyId
from chengnuo.law.standing import Standing


def finding(
    rule: str,
    severity: Severity,
    title: Text,
    message: Text,
    *observations: Observation,
    waived: Waived | None = None,
) -> Finding:
    """Return a finding that rests on some observations."""
    row = RowRef("app", "tea-shop")
    return Finding(
        id=finding_id(rule, row, "", observations[0].id if observations else rule),
        rule=rule,
        duties=(DutyId("PIPL-13"), DutyId("191-3.1")),
        standing=Standing.LAW,
        severity=severity,
        row=row,
        field="",
        title=title,
        message=message,
        fix=Text("把初始化移到用户同意之后。", "Initialise it after the individual has agreed."),
        evidence=observations[0].what if observations else "",
        waived=waived,
        observations=tuple(one.id for one in observations),
    )


WAIVED = Waived(
    waiver=SdkWaiverId("jpush-until-spring"),
    reason=Text("厂商承诺下个版本修复", "The vendor mends it in its next version"),
    granted_by=Text("个人信息保护负责人", "Officer"),
    expires=date(2027, 3, 31),
)
BAD_FINDINGS = (
    finding(
        "read-before-consent",
        Severity.CRITICAL,
        Text("同意之前读取个人信息", "Information is read before consent"),
        Text(
            "友盟的代码可以在用户同意之前读取 IMEI。",
            "Code of Umeng can read the IMEI before the individual agrees.",
        ),
        BAD_SEEN["imei"],
        BAD_SEEN["android-id"],
    ),
    finding(
        "pre-ticked-consent",
        Severity.HIGH,
        Text("同意框默认勾选", "The box of consent is ticked beforehand"),
        Text(
            "登录页的同意框默认已勾选。",
            "The box of consent on the login screen is ticked beforehand.",
        ),
        BAD_SEEN["ticked"],
    ),
    finding(
        "read-before-consent",
        Severity.CRITICAL,
        Text("同意之前读取个人信息", "Information is read before consent"),
        Text(
            "极光推送的代码可以在用户同意之前读取 MAC 地址。",
            "Code of JPush can read the MAC address before the individual agrees.",
        ),
        BAD_SEEN["mac"],
        waived=WAIVED,
    ),
    finding(
        "clear-text-traffic",
        Severity.NOTE,
        Text("允许明文传输", "Clear text is allowed"),
        Text("应用允许明文 HTTP。", "The app allows plain HTTP."),
        BAD_SEEN["clear"],
    ),
)


def report(
    inspection: Inspection, law: LawVersion, findings: tuple[Finding, ...] = ()
) -> PackageReport:
    """Return a report of an inspection, its findings in order."""
    return PackageReport(
        inspection=inspection,
        findings=tuple(sorted(findings, key=lambda one: one.order)),
        register_version=Version("12" * 32),
        law_version=law,
        on=ON,
    )


BAD_DRIFT = Drift(
    rows=(
        DriftRow(
            subject=Subject.INFORMATION,
            what="PI-DEVICE-IMEI",
            side=Side.USED_NOT_DECLARED,
            observations=(BAD_SEEN["imei"].id,),
        ),
        DriftRow(
            subject=Subject.PERMISSION,
            what="android.permission.CAMERA",
            side=Side.AGREED,
            rows=(RowRef("permission", "camera"), RowRef("activity", "scan")),
            observations=(BAD_SEEN["camera"].id,),
        ),
        DriftRow(
            subject=Subject.SDK,
            what="umeng-analytics",
            side=Side.DECLARED_NOT_USED,
            rows=(RowRef("recipient", "umeng"),),
        ),
    )
)
BAD_DELTA = Delta(
    before=replace(BAD.package, version_name="3.1.0", sha256="cd" * 32),
    knowledge_changed=True,
    rows=(
        DeltaRow(
            subject=Subject.INFORMATION,
            what="PI-DEVICE-IMEI",
            owner="umeng-analytics",
            change=Change.EARLIER,
            observations=(BAD_SEEN["imei"].id,),
        ),
        DeltaRow(subject=Subject.SDK, what="jpush", change=Change.NEW),
        DeltaRow(subject=Subject.SETTING, what="clear-text-traffic", change=Change.GONE),
    ),
)
LAW = LawVersion(date="2026-11", digest="89" * 32)
REPORTS = {
    "bad": replace(report(BAD, LAW, BAD_FINDINGS), drift=BAD_DRIFT, delta=BAD_DELTA),
    "clean": report(CLEAN, LAW),
    "hostile": report(
        HOSTILE,
        LAW,
        tuple(
            finding(
                "read-before-consent",
                Severity.HIGH,
                Text(one.what),
                Text(one.what),
                one,
            )
            for one in HOSTILE.observations
            if one.subject is Subject.INFORMATION and one.moment is Moment.CERTAIN
        ),
    ),
}


def large_report(count: int) -> PackageReport:
    """Return a report of so many observations, a tenth of them before consent."""
    seen_at = (
        replace(
            BAD_SEEN["imei"],
            id=ObservationId(f"{number:012x}"),
            moment=Moment.CERTAIN if number % 10 == 0 else Moment.LATER,
            owner=Owner(kind=OwnerKind.LIBRARY, id=f"com.lib{number}"),
        )
        for number in range(count)
    )
    return report(inspection(seen_at), LAW)
