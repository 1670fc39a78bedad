"""Forms of words that hardly say anything else than that a policy speaks of a topic.

They are narrower than the words that a topic is usually told with: "客服电话" with a number gives a
contact, 联系方式 alone may be something that is collected. Where a topic has no such forms of its
own here, its words are taken.
"""

from chengnuo.engines.policy.topics import Topic

_KEPT = "(?:保存|存储|保留|留存|储存)"
_TERM = "(?:期限|期间|时间|时长|时限|年限)"
_CHANGED = "(?:更新|修[订改正]|变更|调整|更改|变动)"
_STATEMENT = "(?:本|隐私)[^。；，]{0,6}(?:政策|协议|指引|声明|条款|规则|说明)"
_OTHERS = "(?:第三方|他人|合作|关联|外部|其他(?:公司|机构|组织|企业|主体|用户))"
_GIVEN = "(?:共享|分享|转让|披露|透露|公开|提供|出售|出租|委托|交换)"
_WE = "(?:我们|我司|我行|本公司|客服)"
_POLICY = "(?:policy|notice|statement)"
_AMENDED = "(?:updat|chang|modif|revis|amend)"

PLAIN = {
    Topic.HANDLER: (
        r"@[\w-]+\.\w|(?:电话|热线|致电|拨打|客服|传真)[^。；，]{0,8}\d{3,}"
        r"|客服(?:电话|热线|邮箱)"
        rf"|(?:联系|联络|致函|致电)(?:{_WE}|平台)|[与和向]{_WE}[^。；，]{{0,8}}(?:联系|联络)"
        r"|(?:contact|reach|e-?mail|call|write to)(?:ing)? (?:us\b|our )|data protection officer"
    ),
    Topic.PURPOSES: (
        r"(?:我们|本(?:公司|平台|应用|软件)|应用)[^。；，]{0,16}(?:收集|获取|采集|使用|记录|处理)"
        r"[^。；，]{0,24}(?:信息|资料|数据)"
        r"|we (?:may |also |will |automatically )*(?:collect|use|process|gather)"
    ),
    Topic.RETENTION: (
        rf"{_KEPT}[^。；]{{0,12}}(?:{_TERM}|\d+ ?(?:天|日|个?月|年))|{_TERM}[^。；，]{{0,8}}{_KEPT}"
        r"|(?:超出|超过|届满|期满|到期)[^。；]{0,16}(?:删除|匿名|销毁)"
        r"|\bretain|retention"
        r"|(?:store|keep)[^.;]{0,40}(?:as long as|period|until|\d+ (?:day|month|year))"
    ),
    Topic.RIGHTS: (
        r"(?:查[阅询看]|访问|获取|更[正改新]|修改|补充|复制|删除|注销|变更)[^。；，]{0,10}"
        r"(?:信息|资料|数据|[账帐][号户])|[账帐][号户][^。；，]{0,6}注销"
        r"|(?:查[阅询]|访问|更正|删除|复制|知情|撤回)权"
        r"|(?:access|correct|rectify|update|amend|delete|erase|remove)[^.;]{0,20} your"
        r"|right to (?:access|correct|rectif|delet|eras|object|know)|your (?:\w+ )?rights"
    ),
    Topic.WITHDRAWAL: (
        r"(?:撤回|撤销|取消|收回|改变)[^。；]{0,12}(?:同意|授权)"
        r"|(?:同意|授权)[^。；]{0,8}(?:撤回|撤销|收回)"
        r"|withdraw[^.;]{0,20}consent|revoke|opt.?out|unsubscribe"
    ),
    Topic.MINORS: (
        r"未成年|儿童|(?:不满|未满|以下|低于|小于)[^。；]{0,4}(?:周岁|岁)"
        r"|child|minors?\b|under (?:the age of )?1\d"
    ),
    Topic.SHARING: (
        rf"{_GIVEN}[^。；，]{{0,20}}{_OTHERS}|{_OTHERS}[^。；，]{{0,20}}{_GIVEN}"
        r"|(?:share|disclose|sell|transfer)[^.;]{0,60}"
        r"(?:third|affiliate|partner|provider|compan|other)"
    ),
    Topic.CROSS_BORDER: (
        rf"境外|出境|跨境|(?:境内|国内)[^。；]{{0,20}}{_KEPT}|{_KEPT}[^。；]{{0,20}}(?:境内|国内)"
        r"|cross-border|(?:transfer|stor|process)[^.;]{0,60}"
        r"(?:other countr|another country|outside|abroad|overseas|international)"
    ),
    Topic.SECURITY: (
        r"加密|防火墙|安全(?:措施|技术|防护|防范|管理制度)"
        r"|(?:采取|使用|采用|通过)[^。；]{0,30}(?:措施|技术|手段)[^。；]{0,20}"
        r"(?:保护|保障|防止|安全|确保)"
        r"|防止[^。；]{0,24}(?:泄|丢失|篡改|未经|滥用|盗)"
        r"|encrypt|firewall"
        r"|(?:security|technical|organi[sz]ational|reasonable) (?:measure|safeguard|precaution)"
        r"|unauthori[sz]ed (?:access|use|disclos)"
    ),
    Topic.CHANGE: (
        rf"{_CHANGED}[^。；，]{{0,8}}{_STATEMENT}|{_STATEMENT}[^。；，]{{0,12}}{_CHANGED}"
        rf"|{_AMENDED}[^.;]{{0,30}}(?:this|our|the) (?:privacy )?{_POLICY}"
        rf"|(?:this|our|privacy) {_POLICY}[^.;]{{0,40}}{_AMENDED}"
    ),
    Topic.AUTOMATED_DECISION: (
        r"自动化?决策|自动(?:作出|做出|化处理)|画像|个性化(?:推荐|推送|展示|广告|服务)|算法|定向推[送广]"
        r"|automated (?:decision|process)|profiling|algorithm"
        r"|personali[sz]ed (?:ad|content|recommend|experience)"
    ),
    Topic.COMPLAINT: (
        r"向[^。；，]{0,24}(?:投诉|举报|申诉|起诉|诉讼)"
        r"|(?:投诉|举报|申诉)[^。；，]{0,8}(?:渠道|途径|方式|电话|热线|邮箱|部门|机构|平台)"
        r"|(?:提起|提出|申请)[^。；，]{0,6}(?:诉讼|仲裁|投诉|申诉)"
        r"|complain(?:t|ts)? (?:to|with|about)|(?:lodge|file|make|submit) [^.;]{0,12}complaint"
        r"|(?:supervisory|data protection) authorit|grievance"
    ),
}
"""The forms by topic, as regular expressions that are searched for in small letters."""

SETTLED = frozenset(
    {
        Topic.HANDLER,
        Topic.PURPOSES,
        Topic.RETENTION,
        Topic.RIGHTS,
        Topic.SHARING,
        Topic.SECURITY,
    }
)
"""Topics that are never called absent beside such a form: they are told in passing as well, where
no section and no label is of them."""

SETTLED_BY_WORDS = frozenset({Topic.COMPLAINT})
"""Topics that are never called absent beside any of their words: there are few of them, and each
may be all that is said."""
