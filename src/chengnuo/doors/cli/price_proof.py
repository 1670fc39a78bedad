"""`chengnuo price proof`: what a written audit proves, and what of it a reader can check."""

import json
from pathlib import Path

import click
import msgspec

from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.pricing.audit_reading import read_audit
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.audit_file import audit_bytes
from chengnuo.doors.cli.audit_text import leg_line
from chengnuo.doors.cli.evidence_options import JSON
from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNDECIDED

_HOLDS = Text(
    "证明成立：同等条件下的差别都在 {0:.2%} 以内",
    "the proof holds: no difference of {0:.2%} or more",
)
_LACKS = Text("证明不成立，缺少 {0} 项：{1}", "no proof: {0} parts are lacking; verdict: {1}")
_COPY = Text(
    "公开文本：少于 {0} 人的群体没有列出，略去 {1} 项估计和 {2} 个组合",
    "a published copy: of groups below {0} persons nothing is told; {1} estimates and {2} groups"
    " are withheld",
)
_HASHES = (
    Text("检验结果 SHA-256  {0}", "SHA-256 of the audit          {0}"),
    Text("检验方案 SHA-256  {0}", "SHA-256 of the configuration  {0}"),
    Text("数据 SHA-256      {0}", "SHA-256 of the data           {0}"),
)
_CHECK = Text("可以自己核对：", "what a reader can check:")
_CHECKS = (
    Text(
        "方案的摘要早于查看价格就在存证日志中（chengnuo evidence 命令查看）",
        "that the digest of the configuration stands in the evidence log, before the result does",
    ),
    Text(
        "签名声明的 subject 等于检验结果的 SHA-256",
        "that the subject of the signed attestation is the SHA-256 of the audit",
    ),
    Text(
        "对同样的文件和方案再运行 chengnuo price audit，两个摘要和全部数值应当相同",
        "that chengnuo price audit on the same files and specification gives both digests and all"
        " figures again",
    ),
)
_NOTICE = Text(
    "只读这一份文件，不能知道日志是否完整。这是证据，不是法律意见。",
    "From this file alone nobody can tell whether the log was whole. Evidence, no legal advice.",
)


@click.command("proof")
@click.argument("audit_file", metavar="AUDIT", type=click.Path(dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def proof(app: App, audit_file: Path, *, as_json: bool) -> None:
    """Say what a written AUDIT proves: its parts, its digests, and what can be checked.

    Exit status: 0 the proof holds; 1 a difference was found; 2 the file is no audit, or one that
    contradicts itself; 4 neither.

    Example: chengnuo price proof audit.json
    """
    data = audit_bytes(audit_file)
    audit = read_audit(data)
    # What is attested of a published copy is the audit that it was made of.
    whole = sha256_hex(data) if audit.withheld is None else audit.withheld.whole
    hashes = (whole, audit.proof.config, audit.proof.data)
    if as_json:
        tree: dict[str, object] = {
            "ok": audit.proof.ok,
            "verdict": audit.verdict.value,
            "legs": [
                {"leg": one.leg.value, "holds": one.holds, "value": one.value, "bar": one.bar}
                for one in audit.proof.legs
            ],
            "withheld": None if audit.withheld is None else msgspec.to_builtins(audit.withheld),
            "audit": hashes[0],
            "configuration": hashes[1],
            "data": hashes[2],
        }
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        head = _HOLDS.in_lang(app.lang).format(audit.proof.margin)
        if not audit.proof.ok:
            verdict = audit.verdict.text.in_lang(app.lang)
            head = _LACKS.in_lang(app.lang).format(len(audit.proof.missing), verdict)
        legs_said = [f"  {leg_line(one, app.lang)}" for one in audit.proof.legs]
        said = zip(_HASHES, hashes, strict=True)
        digests = [f"  {text.in_lang(app.lang).format(one)}" for text, one in said]
        checks = [f"  - {one.in_lang(app.lang)}" for one in _CHECKS]
        if audit.withheld is not None:
            one = audit.withheld
            copy = _COPY.in_lang(app.lang).format(one.floor, one.effects, one.segments)
            head = f"{head}\n{copy}"
        lines = [head, *legs_said, *digests, _CHECK.in_lang(app.lang), *checks]
        click.echo("\n".join([*lines, _NOTICE.in_lang(app.lang)]))
    if audit.proof.ok:
        return
    raise SystemExit(EXIT_FINDINGS if audit.verdict is Verdict.FOUND else EXIT_UNDECIDED)
