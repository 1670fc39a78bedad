"""What the letters of an incident say beside what was entered."""

from collections.abc import Mapping

from chengnuo.base.text import Text

DRILL = Text("【演练】", "[DRILL] ")
DRILL_BOX = (
    Text("演练", "Drill"),
    Text(
        "这是一次演练，没有发生真实的事件；本函不对外发送。",
        "This is a drill; nothing happened, and this letter is not sent to anybody.",
    ),
)
TITLES: Mapping[str, Text] = {
    "authority": Text("个人信息安全事件报告", "Report of a personal information incident"),
    "people": Text("个人信息安全事件通知", "Notice of a personal information incident"),
    "minor": Text("写给你的个人信息安全通知", "A notice to you about your information"),
    "guardian": Text(
        "致监护人：未成年人个人信息安全事件通知",
        "To the guardian: notice of an incident about a minor's information",
    ),
    "supplement": Text("个人信息安全事件补充报告", "Supplement to the report of an incident"),
    "final": Text("个人信息安全事件总结报告", "Final report of an incident"),
}
LEADS: Mapping[str, Text] = {
    "authority": Text(
        "依照个人信息保护法第五十七条，现将发生或者可能发生的个人信息泄露、篡改、丢失报告如下。",
        "Under PIPL Article 57 we report that personal information was, or may have been, leaked,"
        " altered or lost.",
    ),
    "people": Text(
        "您的个人信息发生或者可能发生了泄露、篡改、丢失。我们已采取措施，并依照个人信息保护法"
        "第五十七条通知您。",
        "Your personal information was, or may have been, leaked, altered or lost. We have acted,"
        " and tell you under PIPL Article 57.",
    ),
    "minor": Text(
        "我们保管的你的一些信息出了安全问题。请和爸爸妈妈或者其他监护人一起看这封信，他们也会收到。",
        "Something went wrong with some of your information that we keep. Please read this together"
        " with your parents or guardian; they get a letter, too.",
    ),
    "guardian": Text(
        "您监护的未成年人的个人信息发生或者可能发生了泄露、篡改、丢失。依照未成年人网络保护条例"
        "第三十五条，我们同时告知未成年人和监护人。",
        "Personal information of the minor in your care was, or may have been, leaked, altered"
        " or lost. Under Article 35 of the Regulation on the Protection of Minors Online we tell"
        " both.",
    ),
    "supplement": Text(
        "现补充此前报告的事件的最新情况。", "This adds what became known since our report."
    ),
    "final": Text(
        "事件处置已经结束，现提交总结报告。",
        "Handling of the incident has ended; this is the final report.",
    ),
}
HEADS: Mapping[str, Text] = {
    "happened": Text("发生了什么", "What happened"),
    "grade": Text("级别和报告期限", "Grade and time to report"),
    "people": Text("受影响的人", "People affected"),
    "kinds": Text("涉及的个人信息种类", "Categories of information concerned"),
    "cause": Text("原因", "Cause"),
    "harm": Text("可能造成的危害", "Possible harm"),
    "measures": Text("已经采取的补救措施", "Remedial measures taken"),
    "news": Text("报告之后的新情况", "What is new since the report"),
    "advice": Text("个人可以采取的减害措施", "What people can do to lessen harm"),
    "ended": Text("处置结束", "End of handling"),
    "lessons": Text("改进事项", "Lessons"),
    "contact": Text("联系方式", "Contact"),
}
RIGHTS = (
    Text("您还可以", "You can also"),
    Text(
        "查阅、复制、更正或者删除您的个人信息，撤回同意，向我们投诉，或者向履行个人信息保护职责的"
        "部门投诉、举报。",
        "Have access to, copies of, corrections to or deletion of your information, withdraw"
        " consent, complain to us, or complain to the departments in charge.",
    ),
)
REPORT_LINES = {
    False: Text(
        "级别为较大以上：自发现或者获知起 {hours} 小时内向省级网信部门报告；报告渠道以主管部门"
        "公布的为准。",
        "Relatively major or above: report within {hours} hours of discovery or knowledge to the"
        " cyberspace department of the province, by the channels that the department publishes.",
    ),
    True: Text(
        "级别为一般：立即通知履行个人信息保护职责的部门。",
        "General: the department in charge is told at once.",
    ),
}
"""By whether the grade is general."""
