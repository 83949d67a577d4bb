"""Qualified XML names of WordprocessingML, in the transitional namespaces every part is mapped to."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def w(name: str) -> str:
    """`name` in the main WordprocessingML namespace, as lxml writes it."""
    return _W + name


VAL, TYPE, ID, ILVL, STYLE_ID, NAME = w("val"), w("type"), w("id"), w("ilvl"), w("styleId"), w("name")
AUTHOR, DATE, FONT, CHAR, ANCHOR = w("author"), w("date"), w("font"), w("char"), w("anchor")
ASCII, HANSI = w("ascii"), w("hAnsi")

BODY, P, R, T, TBL, TR, TC = w("body"), w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, TRPR, TCPR, TBLPR = w("pPr"), w("rPr"), w("trPr"), w("tcPr"), w("tblPr")
SDT, SDT_PR, SDT_CONTENT, SECT_PR = w("sdt"), w("sdtPr"), w("sdtContent"), w("sectPr")
DOC_PART_GALLERY = w("docPartGallery")
P_STYLE, R_STYLE, NUM_PR, NUM_ID, OUTLINE_LEVEL = w("pStyle"), w("rStyle"), w("numPr"), w("numId"), w("outlineLvl")
BOLD, VANISH, R_FONTS, TABS, LEADER = w("b"), w("vanish"), w("rFonts"), w("tabs"), w("leader")
TAB, PTAB, BR, CR = w("tab"), w("ptab"), w("br"), w("cr")
NO_BREAK_HYPHEN, SOFT_HYPHEN, SYM = w("noBreakHyphen"), w("softHyphen"), w("sym")
INS, DEL, MOVE_FROM, MOVE_TO, DEL_TEXT = w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("delText")
CELL_DEL = w("cellDel")
FIELD_CHAR, FIELD_CHAR_TYPE, INSTR_TEXT = w("fldChar"), w("fldCharType"), w("instrText")
FIELD_SIMPLE, INSTR, DEL_INSTR_TEXT = w("fldSimple"), w("instr"), w("delInstrText")
CHECK_BOX, CHECKED, DEFAULT, DROP_DOWN, RESULT, LIST_ENTRY = (
    w("checkBox"),
    w("checked"),
    w("default"),
    w("ddList"),
    w("result"),
    w("listEntry"),
)
HYPERLINK, RUBY, RUBY_BASE = w("hyperlink"), w("ruby"), w("rubyBase")
DRAWING, PICT, OBJECT, TEXT_BOX = w("drawing"), w("pict"), w("object"), w("txbxContent")
FOOTNOTE_REF, ENDNOTE_REF, COMMENT_REF = w("footnoteReference"), w("endnoteReference"), w("commentReference")
FOOTNOTE, ENDNOTE, COMMENT = w("footnote"), w("endnote"), w("comment")
GRID_SPAN, GRID_BEFORE, V_MERGE, H_MERGE, TBL_HEADER = (
    w("gridSpan"),
    w("gridBefore"),
    w("vMerge"),
    w("hMerge"),
    w("tblHeader"),
)
ALTERNATE, CHOICE, FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
W14_CHECK_BOX, W14_CHECKED, W14_VAL = _W14 + "checkbox", _W14 + "checked", _W14 + "val"
SYM_EX, SYM_EX_CHAR = _W16SE + "symEx", _W16SE + "char"
O_MATH, O_MATH_PARA, MATH_TEXT = MATH + "oMath", MATH + "oMathPara", MATH + "t"

_OFF = frozenset({"0", "false", "off", "none"})


def is_on(toggle: Element) -> bool:
    """Whether a toggle such as `<w:b/>` or `<w:b w:val="0"/>` switches its property on."""
    return toggle.get(VAL, "1") not in _OFF


def number(text: str | None, default: int = 0) -> int:
    """`text` as an integer; `default` where it is missing or no number."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def branch_of(alternate: Element) -> Element | None:
    """The one branch of an mc:AlternateContent to read: the first Choice unless only the Fallback holds text."""
    choice = next(alternate.iterchildren(CHOICE), None)
    fallback = next(alternate.iterchildren(FALLBACK), None)
    if choice is None or fallback is None:
        return fallback if choice is None else choice
    if next(choice.iter(T, SYM, SYM_EX, MATH_TEXT), None) is not None:
        return choice
    return fallback if next(fallback.iter(T, SYM), None) is not None else choice
