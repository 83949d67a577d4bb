"""Sample source -> PDF through HTML, with the numbers printed as text."""

from __future__ import annotations

from html import escape

from markup import Node, pieces
from weasyprint import CSS, HTML

from bidkit.documents.fonts import OwnFontsOnly, font_configuration, font_css

_CSS = """
@page { size: A4; margin: 24mm 22mm; @top-left { content: string(head); font-size: 8pt; color: #555 }
        @bottom-center { content: "Page " counter(page) " of " counter(pages); font-size: 8pt; color: #555 } }
html { font-size: 10.5pt; line-height: 1.55 }
#head { string-set: head content(); position: absolute; visibility: hidden }
h1 { font-size: 17pt; margin: 6mm 0 4mm } h2 { font-size: 13pt; margin: 6mm 0 2mm } h3 { font-size: 11.5pt }
h1, h2, h3 { break-after: avoid; line-height: 1.3 }
p { margin: 0 0 2.2mm } .centre { text-align: center; font-size: 17pt; margin: 5mm 0 } .right { text-align: right }
.item { margin-left: 8mm } .subitem { margin-left: 15mm } .break { break-after: page }
.toc { display: flex; justify-content: space-between }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 2mm 0 5mm }
td, th { border: 0.6pt solid #444; padding: 1.2mm 2mm; text-align: left; vertical-align: top; font-weight: normal }
th { background: #e8edf3 } tr { break-inside: avoid } u { white-space: pre }
"""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_CHINESE = "零一二三四五六七八九十"


class _Numbers:
    """The numbers a word processor would print."""

    def __init__(self, language: str) -> None:
        self.language, self.counts = language, dict.fromkeys(("h1", "h2", "h3", "clause", "item", "subitem"), 0)

    def label(self, kind: str) -> str:
        """The number of the next paragraph of this kind; "" for kinds without one."""
        if kind not in self.counts:
            if kind == "star":
                return "★"
            self.counts["item"] = 0
            return ""
        order = list(self.counts)
        for below in order[order.index(kind) + 1 :]:
            self.counts[below] = 0
        self.counts[kind] += 1
        n = self.counts
        if self.language == "zh":
            return {
                "h2": f"{_CHINESE[n['h2'] % 11]}、",
                "item": f"{n['item']}. ",
                "subitem": f"（{n['subitem']}）",
            }.get(kind, "")
        return {
            "h1": f"Section {n['h1']} ",
            "h2": f"{n['h1']}.{n['h2']} " if n["h1"] else f"{n['h2']}. ",
            "clause": f"{n['h1']}.{n['h2']}.{n['clause']} " if n["h2"] else f"{n['h1']}.{n['clause']} ",
            "item": f"({chr(96 + n['item'])}) ",
            "subitem": f"({_ROMAN[n['subitem'] - 1]}) " if n["subitem"] else "",
        }.get(kind, "")


def pdf_of(nodes: list[Node], language: str, header: str, title: str) -> bytes:
    """The finished file; equal input gives equal bytes."""
    numbers = _Numbers(language)
    body = "\n".join(_html(node, numbers) for node in nodes)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><meta name="dcterms.created" content="2027-03-08">'
    html = f'<html lang="{language}"><head>{head}</head><body><div id="head">{escape(header)}</div>{body}'
    fonts = font_configuration()
    sheets = [CSS(string=text, font_config=fonts, url_fetcher=OwnFontsOnly()) for text in (font_css(), _CSS)]
    document = HTML(string=html, url_fetcher=OwnFontsOnly()).render(stylesheets=sheets, font_config=fonts)
    data: bytes = document.write_pdf(pdf_identifier=b"bidkit-sample-tender")
    return data


def _html(node: Node, numbers: _Numbers) -> str:
    if node.kind == "break":
        return '<div class="break"></div>'
    if node.kind == "table":
        numbers.label("body")
        return _table(node)
    text = escape(numbers.label(node.kind)) + _text(node.text)
    if node.kind == "toc":
        name, page = node.text.split("\t")
        return f'<p class="toc"><span>{escape(name)} {"." * 60}</span><span>{page}</span></p>'
    if node.kind in ("h1", "h2", "h3"):
        return f"<{node.kind}>{text}</{node.kind}>"
    return f'<p class="{node.kind}">{text or "&nbsp;"}</p>'


def _table(node: Node) -> str:
    columns = "".join(f'<col style="width: {w * 100 / sum(node.widths):.2f}%">' for w in node.widths)
    head = "".join(f"<th>{_text(cell)}</th>" for cell in node.rows[0])
    rows = "".join(
        "<tr>" + "".join(f"<td>{_text(cell) or '&nbsp;'}</td>" for cell in row) + "</tr>" for row in node.rows[1:]
    )
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _text(text: str) -> str:
    return "".join(
        f"<u>{piece.replace(' ', chr(160))}</u>" if blank else escape(piece) for piece, blank in pieces(text)
    )
