"""Workbooks of one sheet, written by hand, whose XML may be anything."""

from collections.abc import Iterable

from hostile_files import zipped

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FORMATS = (0, 14, 22, 20, 46, 10, 2, 49)
"""Number formats of the styles: general, day, day and time, time of day, hours beyond 24, per cent, two decimals, text."""
STRINGS = (
    "<si><t>名称</t></si>",
    "<si><t></t></si>",
    "<si><t>１２，０００</t></si>",
    '<si><t xml:space="preserve"> a\n b </t></si>',
    "<si><r><t>太</t></r><r><rPr><b/></rPr><t>字</t></r></si>",
    "<si><t>髙﨑</t><rPh sb='0' eb='2'><t>タカサキ</t></rPh><phoneticPr fontId='1'/></si>",
    "<si><t>A &amp; B &lt;c r=&quot;A1&quot;&gt;&#12354;</t></si>",
    "<si><t>一_x000D_二</t></si>",
    "<si><t><![CDATA[<v>]]></t></si>",
)


def sheet_of(rows: str, *, before: str = "", behind: str = "") -> str:
    """Return the XML of a sheet of these rows."""
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"


def book(
    sheet: str | bytes, strings: Iterable[str] = STRINGS, *, date1904: bool = False, at: str = "sharedStrings.xml"
) -> bytes:
    """Return a workbook with one sheet of this XML and the strings in a member of this name."""
    kinds = {"workbook.xml": "sheet.main", "worksheets/sheet1.xml": "worksheet", "styles.xml": "styles"}
    kinds[at] = "sharedStrings"
    parts = "".join(f'<Override PartName="/xl/{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    styles = "".join(f'<xf numFmtId="{one}" applyNumberFormat="1"/>' for one in FORMATS)
    told = f'<workbookPr date1904="{int(date1904)}"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    links = {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": at}
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{rels}{parts}</Types>',
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/_rels/workbook.xml.rels": _relations(links),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_OFFICE}">{told}</workbook>',
        "xl/styles.xml": f"<styleSheet {MAIN}><cellXfs>{styles}</cellXfs></styleSheet>",
        f"xl/{at}": f"<sst {MAIN}>{''.join(strings)}</sst>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped({name: text if isinstance(text, bytes) else text.encode() for name, text in members.items()})


def _relations(links: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
