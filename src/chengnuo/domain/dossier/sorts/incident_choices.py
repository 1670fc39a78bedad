"""What is chosen from in incidents: grades, ways they were found, causes, letters."""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import Choice

GENERAL = "general"

GRADES = (
    Choice(GENERAL, Text("一般", "General")),
    Choice("fairly-major", Text("较大", "Relatively major")),
    Choice("major", Text("重大", "Major")),
    Choice("especially-major", Text("特别重大", "Especially major")),
)
HOW = (
    Choice("monitoring", Text("监测发现", "Monitoring")),
    Choice("staff", Text("员工报告", "Reported by staff")),
    Choice("complaint", Text("投诉举报", "Complaint or report")),
    Choice("recipient", Text("接收方告知", "Told by a recipient")),
    Choice("authority", Text("监管部门告知", "Told by an authority")),
    Choice("canary", Text("诱饵值出现", "A canary value surfaced")),
    Choice("press", Text("媒体或者网络", "Press or internet")),
)
WHAT = (
    Choice("leak", Text("泄露", "Leaked")),
    Choice("altered", Text("篡改", "Altered")),
    Choice("lost", Text("丢失", "Lost")),
    Choice("may-be", Text("可能发生", "May have happened")),
)
CHANNELS = (
    Choice("app", Text("应用内消息", "Message in the app")),
    Choice("sms", Text("短信", "Text message")),
    Choice("e-mail", Text("电子邮件", "E-mail")),
    Choice("phone", Text("电话", "Telephone")),
    Choice("announcement", Text("公告", "Public announcement")),
)
LETTERS = (
    Choice("authority", Text("向主管部门的报告", "Report to the department in charge")),
    Choice("people", Text("致个人的通知", "Notice to people")),
    Choice("minor", Text("致未成年人的通知", "Notice to a minor")),
    Choice("guardian", Text("致监护人的通知", "Notice to a guardian")),
    Choice("supplement", Text("补充报告", "Supplement to the report")),
    Choice("final", Text("总结报告", "Final report")),
)
ROOT_CAUSES = (
    Choice("access", Text("权限过宽或者账号被盗", "Rights too wide, or an account taken over")),
    Choice("keys", Text("密钥或者口令泄露", "Keys or passwords leaked")),
    Choice("flaw", Text("软件漏洞", "A flaw in software")),
    Choice("set-up", Text("配置错误", "Set up wrongly")),
    Choice("people", Text("人员失误或者违规", "Mistakes or misuse by staff")),
    Choice("recipient", Text("接收方或者 SDK", "A recipient or kit")),
    Choice("backup", Text("备份或者设备遗失", "A backup or device was lost")),
    Choice("other", Text("其他", "Something else")),
)
