"""Styles and numbering of the house templates."""

from __future__ import annotations

from dataclasses import dataclass

NAVY, BLUE, GREY, PALE = "1F3864", "2E74B5", "595959", "EAF0F8"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Faces:
    """Typefaces and measures of one language: body and heading fonts, Latin and East Asian."""

    body: str
    head: str
    body_cjk: str
    head_cjk: str
    size: int  # half points
    cell: int
    line: int  # 240ths of a line
    indent: int  # hundredths of a character at the first line
    lang: str


FACES = {
    "zh": Faces("Times New Roman", "Arial", "宋体", "黑体", 24, 21, 360, 200, "zh-CN"),
    "en": Faces("Calibri", "Calibri", "宋体", "黑体", 22, 20, 288, 0, "en-GB"),
}


def fonts(latin: str, cjk: str) -> str:
    """The four slots of a typeface; an empty East Asian slot makes layout programs search for every character."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{cjk}"/>'


def styles_xml(language: str) -> str:
    """The styles part."""
    f = FACES[language]
    body, head = fonts(f.body, f.body_cjk), fonts(f.head, f.head_cjk)
    indent = f'<w:ind w:firstLineChars="{f.indent}" w:firstLine="{f.indent * f.size // 20}"/>' if f.indent else ""
    out = [
        (
            f'<w:docDefaults><w:rPrDefault><w:rPr>{body}<w:sz w:val="{f.size}"/><w:szCs w:val="{f.size}"/>'
            f'<w:lang w:val="{f.lang if language == "en" else "en-US"}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
            "<w:pPrDefault/></w:docDefaults>"
        ),
        _style("Normal", "Normal", "", body, default=True, based=""),
        (
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        ),
        (
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
            '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        ),
        (
            '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
            f'<w:rPr>{body}<w:color w:val="{BLUE}"/></w:rPr></w:style>'
        ),
    ]
    for level, (size, before, after) in enumerate(((32, 360, 200), (28, 280, 140), (25, 220, 100), (24, 160, 80)), 1):
        rule = (
            f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="{BLUE}"/></w:pBdr>' if level == 1 else ""
        )
        out.append(
            _style(
                f"Heading{level}",
                f"heading {level}",
                f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>{rule}'
                f'<w:spacing w:before="{before}" w:after="{after}" w:line="300" w:lineRule="auto"/>'
                f'<w:outlineLvl w:val="{level - 1}"/>',
                f'{head}<w:b/><w:color w:val="{NAVY if level < 3 else "262626"}"/><w:sz w:val="{size}"/>'
                f'<w:szCs w:val="{size}"/>',
                next_style="BidBody",
            )
        )
    spacing = f'<w:spacing w:before="0" w:after="100" w:line="{f.line}" w:lineRule="auto"/>'
    both = '<w:jc w:val="both"/>'
    out += [
        _style("BidBody", "Bid Body", f"{spacing}{indent}{both}", body),
        _style("BidBullet", "Bid Bullet", _list(2, 0) + spacing + both, body),
        _style("BidNumbered", "Bid Numbered", _list(1, 5) + spacing + both, body),
        _style(
            "BidQuote",
            "Bid Quote",
            f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{BLUE}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/>'
            '<w:spacing w:before="80" w:after="120" w:line="300" w:lineRule="auto"/>'
            '<w:ind w:left="340" w:right="340"/>',
            fonts(f.body, "楷体") + f'<w:sz w:val="{f.size - 1}"/>',
        ),
        _style(
            "BidNote",
            "Bid Note",
            '<w:spacing w:before="40" w:after="120" w:line="280" w:lineRule="auto"/>',
            f'{body}<w:color w:val="{GREY}"/><w:sz w:val="{f.cell - 1}"/>',
        ),
        _style(
            "BidSign",
            "Bid Signature",
            '<w:spacing w:before="120" w:after="60" w:line="400" w:lineRule="auto"/><w:ind w:left="3400"/>',
            body,
        ),
        _style("BidPicture", "Bid Picture", '<w:spacing w:before="160" w:after="60"/><w:jc w:val="center"/>', body),
        _style(
            "BidGap",
            "Bid Gap",
            '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            body + '<w:sz w:val="2"/>',
        ),
        _style(
            "Caption",
            "caption",
            '<w:spacing w:before="120" w:after="80"/><w:jc w:val="center"/>',
            f'{head}<w:color w:val="{GREY}"/><w:sz w:val="{f.cell}"/><w:szCs w:val="{f.cell}"/>',
            next_style="BidBody",
        ),
        _cell("BidTableText", "Bid Table Text", body, f.cell, ""),
        _cell("BidTableCentre", "Bid Table Centre", body, f.cell, '<w:jc w:val="center"/>'),
        _cell(
            "BidTableHead",
            "Bid Table Head",
            f'{head}<w:b/><w:color w:val="{NAVY}"/>',
            f.cell,
            "",
            '<w:jc w:val="center"/>',
        ),
        _style(
            "Title",
            "Title",
            '<w:spacing w:before="0" w:after="240"/><w:jc w:val="center"/>',
            f'{head}<w:b/><w:color w:val="{NAVY}"/><w:spacing w:val="{60 if language == "zh" else 10}"/>'
            '<w:sz w:val="64"/><w:szCs w:val="64"/>',
        ),
        _style(
            "Subtitle",
            "Subtitle",
            '<w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>',
            f'{head}<w:color w:val="{BLUE}"/><w:sz w:val="36"/><w:szCs w:val="36"/>',
        ),
        _style(
            "BidCover",
            "Bid Cover Line",
            '<w:spacing w:before="90" w:after="60"/>',
            f'{body}<w:sz w:val="26"/><w:szCs w:val="26"/>',
        ),
        _style(
            "BidCoverLabel",
            "Bid Cover Label",
            '<w:spacing w:before="90" w:after="60"/><w:jc w:val="right"/>',
            f'{head}<w:color w:val="{GREY}"/><w:sz w:val="24"/>',
        ),
        _style(
            "BidFormTitle",
            "Bid Form Title",
            '<w:keepNext/><w:spacing w:before="120" w:after="280"/><w:jc w:val="center"/>',
            f'{head}<w:b/><w:sz w:val="36"/><w:szCs w:val="36"/>',
        ),
        _style(
            "TOCHeading",
            "TOC Heading",
            '<w:spacing w:before="120" w:after="280"/><w:jc w:val="center"/>',
            f'{head}<w:b/><w:color w:val="{NAVY}"/><w:sz w:val="34"/>',
        ),
        _style(
            "Header",
            "header",
            f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="5" w:color="{BLUE}"/></w:pBdr>'
            '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>',
            f'{body}<w:color w:val="{GREY}"/><w:sz w:val="18"/>',
        ),
        _style(
            "Footer",
            "footer",
            '<w:pBdr><w:top w:val="single" w:sz="4" w:space="5" w:color="BFBFBF"/></w:pBdr>'
            '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>',
            f'{body}<w:color w:val="{GREY}"/><w:sz w:val="18"/>',
        ),
        _table_style(),
    ]
    for level, left in ((1, 0), (2, 300), (3, 600)):
        weight = "<w:b/>" if level == 1 else ""
        out.append(
            _style(
                f"TOC{level}",
                f"toc {level}",
                f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
                f'<w:spacing w:before="{90 if level == 1 else 30}" w:after="30"/>'
                f'<w:ind w:left="{left}"/>',
                f'{body}{weight}<w:sz w:val="{f.size - (level > 1) * 2}"/>',
            )
        )
    return f'<w:styles xmlns:w="{W}">{"".join(out)}</w:styles>'


def numbering_xml(chapter: str) -> str:
    """Headings 1 to 4 decimal throughout, a numbered list that begins anew under each heading, and a bullet."""
    texts = (chapter, "%1.%2", "%1.%2.%3", "%1.%2.%3.%4", "%1.%2.%3.%4.%5", "%6)")
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        + (f'<w:pStyle w:val="{style}"/>' if (style := _level_style(at)) else "")
        + f'<w:suff w:val="{"tab" if at == 5 else "space"}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{850 if at == 5 else 0}" w:hanging="{425 if at == 5 else 0}"/></w:pPr></w:lvl>'
        for at, text in enumerate(texts)
    )
    bullet = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="BidBullet"/>'
        '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="850" w:hanging="425"/></w:pPr>'
        f'<w:rPr>{fonts("Arial", "宋体")}<w:color w:val="{BLUE}"/></w:rPr></w:lvl>'
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{levels}'
        '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>'
        f'{bullet}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )


def _level_style(at: int) -> str:
    return f"Heading{at + 1}" if at < 4 else "BidNumbered" if at == 5 else ""


def _list(num: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def _cell(style: str, name: str, run: str, size: int, keep: str, align: str = "") -> str:
    if not align and keep.startswith("<w:jc"):
        keep, align = "", keep
    return _style(
        style,
        name,
        f'{keep}<w:spacing w:before="40" w:after="40" w:line="264" w:lineRule="auto"/>{align}',
        f'{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
    )


def _style(
    style: str,
    name: str,
    paragraph: str,
    run: str,
    *,
    default: bool = False,
    based: str = "Normal",
    next_style: str = "",
) -> str:
    return (
        f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if default else ""} w:styleId="{style}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{next_style}"/>' if next_style else "")
        + f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _table_style() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (
            ("top", 10, NAVY),
            ("left", 4, "A6B4C8"),
            ("bottom", 10, NAVY),
            ("right", 4, "A6B4C8"),
            ("insideH", 4, "A6B4C8"),
            ("insideV", 4, "A6B4C8"),
        )
    )
    return (
        '<w:style w:type="table" w:styleId="BidTable"><w:name w:val="Bid Table"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/>'
        '<w:left w:w="90" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/>'
        '<w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
        '</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE}"/><w:vAlign w:val="center"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )
