"""Build self_check.docx, the shape of the self-inspection report, after the layout of official papers (GB/T 9704-2012).

Run `python -m qingqun.findings.report.template` after a change and commit the file; a test holds the two together. A4, margins 37, 35,
28 and 26 mm, 28 points a
line, 28 characters on it; title 方正小标宋 22 pt, text 仿宋 16 pt, headings 黑体 and 楷体 16 pt, tables 12 pt; page numbers outside. Where
a computer lacks these fonts, the font table names what to take instead, so that WPS, Word and LibreOffice each find a likeness.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

PATH = Path(__file__).with_name("self_check.docx")
TITLE, BODY, HEAD, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
NARROW = 33  # millimetres: what is narrower holds a word or a number
LIKE = {
    TITLE: "FZXiaoBiaoSong-B05S,小标宋,SimSun,宋体,Noto Serif CJK SC",
    BODY: "FangSong,仿宋,STFangsong,Noto Serif CJK SC",
    HEAD: "SimHei,STHeiti,Noto Sans CJK SC",
    KAI: "KaiTi,楷体,STKaiti,Noto Serif CJK SC",
    SONG: "SimSun,STSong,Noto Serif CJK SC",
}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def build(path: Path = PATH) -> None:
    """Write the template."""
    document = Document()
    _page(document)
    _base(document)
    _front(document)
    _found(document)
    _costs(document)
    _acts(document)
    _rests(document)
    _fonts(document)
    document.core_properties.author = "qingqun"
    document.save(str(path))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _number(footer: Any, side: Any) -> None:
    """The page number between dashes, outside: right on odd pages, left on even ones, one character from the edge."""
    footer.alignment = side
    footer.paragraph_format.left_indent = footer.paragraph_format.right_indent = Pt(14)
    for piece in ("— ", None, " —"):
        run = _face(footer.add_run(piece or ""), SONG, 14)
        if piece is None:
            run._r.extend(_field())  # noqa: SLF001  python-docx has no other way to a field


def _field() -> list[Any]:
    parts = []
    for kind in ("begin", "instr", "end"):
        part = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        if kind == "instr":
            part.text = "PAGE"
        else:
            part.set(qn("w:fldCharType"), kind)
        parts.append(part)
    return parts


def _base(document: Any) -> None:
    style = document.styles["Normal"]
    _face(style, BODY, 16)
    closer = OxmlElement("w:spacing")  # 28 characters of 16 points stand on 156 mm when each gives up a quarter of a point
    closer.set(qn("w:val"), "-5")
    style.font.element.rPr.append(closer)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    layout.space_before = layout.space_after = Pt(0)


def _face(owner: Any, name: str, size: float) -> Any:
    owner.font.size, owner.font.name = Pt(size), "Times New Roman"
    fonts = owner.font.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), name)
    return owner


def _line(document: Any, text: str, name: str = BODY, size: float = 16, *, align: Any = None) -> Any:
    paragraph = document.add_paragraph()
    _face(paragraph.add_run(text), name, size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if align is None else align
    if align is None:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    return paragraph


def _heading(document: Any, text: str, name: str = HEAD) -> None:
    paragraph = _line(document, text, name)
    paragraph.paragraph_format.keep_with_next = True
    _outline(paragraph, 0 if name == HEAD else 1)


def _outline(paragraph: Any, level: int) -> None:
    """Show the line in the navigation of WPS and Word without the looks of their heading styles."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    paragraph._p.get_or_add_pPr().append(mark)  # noqa: SLF001  python-docx has no outline levels


def _each(document: Any, of: str, text: str) -> None:
    document.add_paragraph("{%p for line in " + of + " %}")
    _line(document, text)
    document.add_paragraph("{%p endfor %}")


def _when(document: Any, test: str) -> None:
    document.add_paragraph("{%p if " + test + " %}")


def _end(document: Any) -> None:
    document.add_paragraph("{%p endif %}")


def _table(document: Any, name: str, widths: Sequence[float]) -> None:
    """A table of a Table in the context: its header is repeated on each page, no row is torn; widths are millimetres."""
    table = document.add_table(rows=4, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    texts = (
        [f"{{{{ {name}.header[{i}] }}}}" for i in range(len(widths))],
        ["{%tr for row in " + name + ".rows %}"],
        [f"{{{{ row[{i}] }}}}" for i in range(len(widths))],
        ["{%tr endfor %}"],
    )
    for number, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        padded = [*cells, *[""] * (len(widths) - len(cells))]
        for cell, width, text in zip(row.cells, widths, padded, strict=True):
            cell.width = Mm(width)
            _cell(cell, text, head=number == 0, middle=number == 0 or width < NARROW)
        _row(row, "w:cantSplit", *(("w:tblHeader",) if number == 0 else ()))
    document.add_paragraph().paragraph_format.line_spacing = Pt(14)


def _cell(cell: Any, text: str, *, head: bool, middle: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(18)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.LEFT
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _face(paragraph.add_run(text), HEAD if head else BODY, 12)


def _row(row: Any, *marks: str) -> None:
    for mark in marks:
        row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001  python-docx has no such switches


def _front(document: Any) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _line(document, "{{ title }}", TITLE, 22, align=centre).paragraph_format.line_spacing = Pt(36)
    document.add_paragraph()
    _line(document, "{{ to }}", align=WD_ALIGN_PARAGRAPH.LEFT)
    _line(document, "{{ opening }}")
    _heading(document, "{{ h.overall }}")
    _line(document, "{{ headline }}")
    _each(document, "coverage", "{{ line }}")
    _table(document, "basis", (30, 126))


def _found(document: Any) -> None:
    _heading(document, "{{ h.found }}")
    _when(document, "cases.rows")
    _heading(document, "{{ h.by_rule }}", KAI)
    _table(document, "by_rule", (58, 18, 18, 18, 24, 20))
    _heading(document, "{{ h.by_unit }}", KAI)
    _table(document, "by_unit", (44, 14, 14, 14, 14, 14, 14, 14, 14))
    _each(document, "unit_notes", "{{ line }}")
    _heading(document, "{{ h.cases }}", KAI)
    _line(document, "{{ cases_note }}")
    _table(document, "cases", (12, 15, 34, 40, 55))
    _when(document, "costs.rows")
    _heading(document, "{{ h.costs_of }}", KAI)
    _each(document, "costs_notes", "{{ line }}")
    _table(document, "costs", (42, 28, 17, 16, 19, 17, 17))
    _end(document)
    _end(document)
    _each(document, "hinted", "{{ line }}")


def _costs(document: Any) -> None:
    _heading(document, "{{ h.costs }}")
    _each(document, "burden_notes", "{{ line }}")
    _table(document, "burden", (60, 32, 32, 32))
    _when(document, "units.rows")
    _each(document, "units_notes", "{{ line }}")
    _table(document, "units", (48, 18, 18, 18, 18, 18, 18))
    _end(document)


def _acts(document: Any) -> None:
    _heading(document, "{{ h.acts }}")
    _each(document, "acts", "{{ line }}")
    _when(document, "fates.rows")
    _each(document, "fates_notes", "{{ line }}")
    _table(document, "fates", (56, 20, 20, 20, 20, 20))
    _end(document)
    _each(document, "forecast_notes", "{{ line }}")
    _table(document, "forecast", (46, 38, 18, 18, 18, 18))
    _when(document, "compared")
    _heading(document, "{{ h.compared }}")
    _each(document, "gaps", "{{ line }}")
    _table(document, "compared", (60, 32, 32, 32))
    for name, widths in (("foretold", (44, 40, 18, 18, 18, 18)), ("mended", (40, 34, 22, 20, 20, 20))):
        _when(document, name)
        _line(document, "{{ " + name + ".title }}。{{ " + name + ".notes[0] }}")
        _table(document, name, widths)
        _end(document)
    _end(document)


def _rests(document: Any) -> None:
    right = WD_ALIGN_PARAGRAPH.RIGHT
    _heading(document, "{{ h.clauses }}")
    _table(document, "clauses", (52, 56, 20, 28))
    _heading(document, "{{ h.notes }}")
    _each(document, "notes", "{{ line }}")
    _table(document, "definitions", (40, 116))
    start = len(document.paragraphs)
    _line(document, "{{ closing }}")
    document.add_paragraph()
    _each(document, "attached", "{{ line }}")
    document.add_paragraph()
    for line in document.paragraphs[start:]:  # the signature never stands alone on a page
        line.paragraph_format.keep_with_next = True
    for text in ("{{ unit }}", "{{ made_on }}"):
        signed = _line(document, text, align=right)
        signed.paragraph_format.keep_with_next = text != "{{ made_on }}"
        signed.paragraph_format.right_indent = Pt(4 * 16 if "made_on" in text else 2 * 16)


def _fonts(document: Any) -> None:
    """Name a likeness for each font: w:altName in the font table."""
    entries = "".join(f'<w:font w:name="{name}"><w:altName w:val="{like}"/></w:font>' for name, like in LIKE.items())
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{W}">{entries}</w:fonts>'.encode()  # noqa: SLF001  same


if __name__ == "__main__":
    build()
