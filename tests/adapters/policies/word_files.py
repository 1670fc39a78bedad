"""A small Word document, and how one is packed."""

import zipfile
from io import BytesIO

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = f"""<w:document xmlns:w="{SPACE}"><w:body>
<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>隐私政策</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>一、收集</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>SDK名称</w:t></w:r></w:p></w:tc>
<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>信息</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>友盟</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>IMEI</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>MAC</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>OAID</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>—</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr><w:r><w:t>相机</w:t></w:r></w:p>
</w:body></w:document>"""
STYLES = f"""<w:styles xmlns:w="{SPACE}">
<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style></w:styles>"""


def docx(document: str, styles: str = STYLES) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/styles.xml", styles)
    return out.getvalue()
