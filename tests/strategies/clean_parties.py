"""The recipients, agreements and stores of the clean register."""

from datetime import date

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.ids import (
    AgreementId,
    RecipientId,
    SdkWaiverId,
    StoreId,
    TableRef,
)
from chengnuo.domain.register.recipient import (
    SDK,
    AgreedDuty,
    AgreedTerms,
    Agreement,
    Channel,
    CrossBorder,
    DutyBearer,
    DutyTopic,
    Recipient,
    RecipientRole,
    SdkStart,
    SdkWaiver,
    SubEntrusting,
    Vetting,
    VettingResult,
)
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.domain.register.scalars import Keep
from chengnuo.domain.register.store import (
    Column,
    KeepDuty,
    Reference,
    Store,
    StoreKind,
    Table,
    WhenDeleted,
)
from chengnuo.law.ids import CategoryId
from chengnuo.law.transfer_route import TransferRoute

_VETTED = Vetting(on=date(2026, 6, 1), until=date(2027, 6, 1), result=VettingResult.APPROVED)


def _categories(*names: str) -> tuple[CategoryId, ...]:
    return tuple(CategoryId(name) for name in names)


def _sdk(name: str) -> SDK:
    return SDK(
        name=name,
        versions=("android 1.2.0",),
        packages=("com.example.kit",),
        starts=SdkStart.AFTER_CONSENT,
    )


RECIPIENTS = (
    Recipient(
        recipient=RecipientId("messages"),
        role=RecipientRole.ENTRUSTED,
        name=Text("示例短信", "Example messages"),
        company=Text("示例短信科技有限公司", "Example Messages Ltd."),
        contact=Text("privacy@messages.example", "privacy@messages.example"),
        categories=_categories("PI-BASIC-PHONE"),
        purpose=Text("发送登录验证码", "Send sign-in codes"),
        channel=Channel.API,
        agreement=AgreementId("entrusting"),
    ),
    Recipient(
        recipient=RecipientId("courier"),
        role=RecipientRole.PROVISION,
        name=Text("示例快递", "Example courier"),
        company=Text("示例快递有限公司", "Example Courier Ltd."),
        contact=Text("privacy@courier.example", "privacy@courier.example"),
        rules_url="https://courier.example/privacy",
        categories=_categories("PI-BASIC-NAME", "PI-BASIC-PHONE", "PI-BASIC-ADDR"),
        purpose=Text("派送包裹", "Deliver parcels"),
        method=Text("据以派送，签收三个月后删除", "Used to deliver, deleted after three months"),
        channel=Channel.API,
        agreement=AgreementId("provision"),
    ),
    Recipient(
        recipient=RecipientId("maps"),
        role=RecipientRole.PROVISION,
        name=Text("示例地图", "Example maps"),
        company=Text("示例地图软件有限公司", "Example Maps Ltd."),
        contact=Text("privacy@maps.example", "privacy@maps.example"),
        rules_url="https://maps.example/privacy",
        categories=_categories("PI-LOC-PRECISE", "PI-LOC-COARSE"),
        purpose=Text("返回附近的门店", "Return stores nearby"),
        method=Text("即时计算，不保存", "Computed at once, not kept"),
        channel=Channel.SDK,
        sdk=_sdk("Example Maps"),
        agreement=AgreementId("provision"),
        vetting=_VETTED,
    ),
    Recipient(
        recipient=RecipientId("crashes"),
        role=RecipientRole.ENTRUSTED,
        name=Text("示例崩溃分析", "Example crashes"),
        company=Text("Example Crashes Inc.", "Example Crashes Inc."),
        contact=Text("privacy@crashes.example", "privacy@crashes.example"),
        rules_url="https://crashes.example/privacy",
        country="US",
        categories=_categories("PI-DEVICE-MODEL"),
        purpose=Text("汇总崩溃原因", "Sum up the causes of crashes"),
        method=Text("按版本汇总，九十天后删除", "Summed up by version, deleted after 90 days"),
        channel=Channel.SDK,
        sdk=_sdk("Example Crashes"),
        agreement=AgreementId("entrusting"),
        vetting=_VETTED,
        cross_border=CrossBorder(
            route=TransferRoute.EXEMPT_VOLUME,
            individuals_a_year=20_000,
            sensitive_individuals_a_year=0,
            rights=Text("可发邮件要求删除", "Deletion can be asked for by e-mail"),
            safeguards=Text("合同约束并只传机型", "Bound by contract, models only"),
        ),
    ),
    Recipient(
        recipient=RecipientId("brand"),
        role=RecipientRole.JOINT,
        name=Text("示例品牌", "Example brand"),
        company=Text("示例品牌食品有限公司", "Example Brand Foods Ltd."),
        contact=Text("privacy@brand.example", "privacy@brand.example"),
        rules_url="https://brand.example/privacy",
        categories=_categories("PI-BASIC-PHONE"),
        purpose=Text("联合抽奖并通知中奖", "Draw prizes together and tell winners"),
        method=Text("共同抽取，活动后删除", "Drawn together, deleted afterwards"),
        channel=Channel.PAGE,
        agreement=AgreementId("joint"),
    ),
    Recipient(
        recipient=RecipientId("hosting"),
        role=RecipientRole.ENTRUSTED,
        name=Text("示例云", "Example cloud"),
        company=Text("示例云计算有限公司", "Example Cloud Ltd."),
        categories=_categories("PI-BASIC-PHONE"),
        purpose=Text("托管数据库", "Host the database"),
        channel=Channel.API,
        agreement=AgreementId("entrusting"),
    ),
)

JOINT_DUTIES = (
    AgreedDuty(
        duty=Text("答复权利请求", "Answer requests"),
        borne_by=DutyBearer.BOTH,
        topics=(DutyTopic.RIGHTS, DutyTopic.CONTACT),
    ),
    AgreedDuty(
        duty=Text("告知并取得同意", "Tell people and ask them"),
        borne_by=DutyBearer.HANDLER,
        topics=(DutyTopic.NOTICE,),
    ),
    AgreedDuty(
        duty=Text("保护安全，发生泄露互相通知", "Keep it safe and tell each other of leaks"),
        borne_by=DutyBearer.BOTH,
        topics=(DutyTopic.SECURITY, DutyTopic.INCIDENT),
    ),
)
TERMS = AgreedTerms(
    recipient=RecipientId("messages"),
    purpose=Text("发送登录验证码", "Send sign-in codes"),
    categories=_categories("PI-BASIC-PHONE"),
    keep=Keep(Period(days=7)),
)

AGREEMENTS = (
    Agreement(
        agreement=AgreementId("entrusting"),
        title=Text("委托处理协议", "Entrusting agreement"),
        version="1.0",
        signed=date(2025, 1, 1),
        expires=date(2027, 12, 31),
        duties=(
            AgreedDuty(
                duty=Text("只按指示处理", "Act on orders only"), borne_by=DutyBearer.RECIPIENT
            ),
        ),
        terms=(TERMS,),
        sub_entrusting=SubEntrusting.FORBIDDEN,
        return_or_delete=Text("终止后十日内删除", "Deleted within ten days"),
        supervision=Text("每季度检查一次", "Checked every quarter"),
    ),
    Agreement(
        agreement=AgreementId("provision"),
        title=Text("个人信息提供协议", "Provision agreement"),
        signed=date(2025, 1, 1),
        duties=(
            AgreedDuty(
                duty=Text("只用于约定目的", "Only as agreed"), borne_by=DutyBearer.RECIPIENT
            ),
        ),
    ),
    Agreement(
        agreement=AgreementId("joint"),
        title=Text("共同处理协议", "Joint agreement"),
        signed=date(2025, 1, 1),
        duties=JOINT_DUTIES,
        liability=Text("对个人承担连带责任", "Jointly liable to people"),
    ),
)


def _column(name: str, category: str, *, deleted: WhenDeleted = WhenDeleted.DELETE_ROW) -> Column:
    return Column(column=name, category=CategoryId(category), when_deleted=deleted)


STORES = (
    Store(
        store=StoreId("main"),
        name=Text("业务数据库", "Main database"),
        kind=StoreKind.POSTGRESQL,
        connection="SHOP_DB",
        region=Text("深圳", "Shenzhen"),
        operated_by=RecipientId("hosting"),
        encrypted=True,
        tables=(
            Table(
                table="accounts",
                identity=("account_id",),
                columns=(
                    _column("account_id", "PI-NETID-ACCOUNT"),
                    _column("phone", "PI-BASIC-PHONE", deleted=WhenDeleted.NULL),
                ),
            ),
            Table(
                table="orders",
                columns=(
                    _column("name", "PI-BASIC-NAME"),
                    _column("phone", "PI-BASIC-PHONE"),
                    _column("address", "PI-BASIC-ADDR"),
                    Column(
                        column="paid",
                        category=CategoryId("PI-PROP-PAYINFO"),
                        when_deleted=WhenDeleted.KEEP,
                        keep=KeepDuty(
                            duty="TD-K4",
                            keep=Period(years=3),
                            from_=RetentionStart.TRANSACTION_DONE,
                        ),
                    ),
                ),
                references=(
                    Reference(
                        columns=("account_id",),
                        to=TableRef("main.accounts"),
                        to_columns=("account_id",),
                    ),
                ),
            ),
        ),
    ),
    Store(
        store=StoreId("files"),
        name=Text("文件存储", "Files"),
        kind=StoreKind.FILES,
        connection="SHOP_FILES",
        encrypted=True,
        tables=(
            Table(
                table="faces",
                identity=("account_id",),
                columns=(_column("template", "PI-BIO-FACE"),),
            ),
            Table(
                table="logs",
                identity=("ip",),
                columns=(_column("ip", "PI-NETID-IP"), _column("line", "PI-ONLINE-LOG")),
            ),
        ),
    ),
)

WAIVERS = (
    SdkWaiver(
        sdk_waiver=SdkWaiverId("crashes-version"),
        recipient=RecipientId("crashes"),
        rule="sdk-without-version",
        reason=Text("厂商正在发布新版", "The vendor is releasing a new version"),
        granted=date(2026, 11, 1),
        expires=date(2026, 12, 31),
        granted_by=Text("个人信息保护负责人", "Person in charge of protection"),
    ),
)
