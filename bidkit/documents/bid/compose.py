"""Parts -> WordprocessingML: each part in a control of its own, each response in one inside its table row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bidkit.documents.bid import oxml
from bidkit.documents.bid.control import Tag, bookmark_name, digest_of
from bidkit.documents.bid.look import CAPTION, CELL, CENTRED_CELL, GAP, HEAD_CELL, PICTURE, TABLE, Look
from bidkit.documents.bid.model import (
    BidPart,
    Contents,
    HouseForm,
    Index,
    IndexRow,
    Picture,
    ResponseRow,
    Responses,
    SeeAlso,
    Subheading,
    Table,
    Text,
)
from bidkit.documents.bid.picture import measured
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

ROWS_A_TABLE = 100  # layout programs crawl through longer tables
UNKNOWN_PAGE = "?"
_RESPONSE_CELL = 2
_RESPONSE_SHARES = (0.07, 0.31, 0.29, 0.11, 0.15, 0.07)
_INDEX_SHARES = (0.07, 0.37, 0.20, 0.27, 0.09)
_CHECK_SHARES = (0.07, 0.41, 0.20, 0.23, 0.09)
_FOREIGN = "<w:p><w:r><w:t>{mark}</w:t></w:r></w:p>"

PutPicture = Callable[[bytes, str, str], str]  # bytes, extension, content type -> relation id
PutForeign = Callable[[HouseForm | Contents], str]  # -> the mark of a paragraph that is replaced afterwards


class Composer:
    """Writes the parts of one volume; numbers bookmarks, pictures and captions as it goes."""

    def __init__(
        self,
        look: Look,
        language: Language,
        titles: Mapping[str, str],
        put_picture: PutPicture,
        put_foreign: PutForeign,
    ) -> None:
        self._look, self._language, self._titles = look, language, titles
        self._put_picture, self._put_foreign = put_picture, put_foreign
        self._bookmarks, self._pictures = 0, 0
        self._captions = {"table": 0, "picture": 0}

    def part(self, part: BidPart) -> str:
        """One part as a control with its bookmark."""
        number = self._next()
        start, end = oxml.bookmark_start(number, bookmark_name(part.id)), oxml.bookmark_end(number)
        blocks = "".join(self._block(block) for block in part.blocks)
        if part.title:
            before = "<w:pageBreakBefore/>" if part.new_page else ""
            head = oxml.paragraph(self._look.heading(part.level), start + oxml.run(part.title), before)
            inner = head + blocks + end
        else:
            inner = start + (blocks or self._text("")) + end
        if inner.endswith(f"</w:tbl>{end}"):
            inner = inner[: -len(end)] + self._gap() + end
        tag = Tag(part.id, part.revision, digest_of(part.title + _words(part)))
        return oxml.control(str(tag), part.title or part.id, inner)

    def _next(self) -> int:
        self._bookmarks += 1
        return self._bookmarks

    def _block(self, block: object) -> str:
        match block:
            case Text(text=text, style=style):
                return oxml.paragraph(self._look.text(style), oxml.run(text))
            case Subheading(text=text, level=level):
                return oxml.paragraph(self._look.heading(level), oxml.run(text))
            case SeeAlso():
                return self._see(block)
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Responses():
                return self._responses(block)
            case Index():
                return self._index(block)
            case HouseForm() | Contents():
                return _FOREIGN.format(mark=self._put_foreign(block))
            case _:
                raise TypeError(f"no way to write a {type(block).__name__}")

    def _text(self, text: str) -> str:
        return oxml.paragraph(self._look.style("Bid Body"), oxml.run(text))

    def _gap(self) -> str:
        return oxml.paragraph(self._look.style(GAP), "")

    def _word(self, code: str) -> str:
        return label("bid", code, self._language)

    def _page(self, part: str) -> str:
        if not part or part not in self._titles:
            return oxml.run(self._word("no-page")) if not part else oxml.run(UNKNOWN_PAGE)
        return oxml.field(f"PAGEREF {bookmark_name(part)} \\h", UNKNOWN_PAGE)

    def _see(self, block: SeeAlso) -> str:
        before, _, after = block.text.partition("{ref}")
        title = self._titles.get(block.part, block.part)
        head, _, tail = self._word("see.part").format(title=title, page="\x1f").partition("\x1f")
        inner = oxml.run(before + head) + self._page(block.part) + oxml.run(tail + after)
        return oxml.paragraph(self._look.style("Bid Body"), inner)

    def _caption(self, kind: str, text: str) -> str:
        if not text:
            return ""
        self._captions[kind] += 1
        name = "Table" if kind == "table" else "Figure"
        word = self._word(f"caption.{kind}")
        number = oxml.field(f"SEQ {name} \\* ARABIC", str(self._captions[kind]))
        keep = "<w:keepNext/>" if kind == "table" else ""
        inner = oxml.run(f"{word} ") + number + oxml.run(f"  {text}")
        return oxml.paragraph(self._look.style(CAPTION), inner, keep)

    def _table(self, block: Table) -> str:
        shares = block.widths or tuple(1 / len(block.header) for _ in block.header)
        widths = self._widths(shares)
        rows = [
            oxml.row("".join(oxml.cell(w, self._cell(text)) for w, text in zip(widths, row, strict=True)))
            for row in block.rows
        ]
        return self._caption("table", block.caption) + self._chunks(widths, block.header, rows)

    def _widths(self, shares: Iterable[float]) -> tuple[int, ...]:
        weights = tuple(shares)
        return tuple(int(self._look.line * share / sum(weights)) for share in weights)

    def _cell(self, text: str, style: str = CELL) -> str:
        return oxml.paragraph(self._look.style(style), oxml.run(text))

    def _chunks(self, widths: tuple[int, ...], header: tuple[str, ...], rows: list[str]) -> str:
        head = oxml.row(
            "".join(oxml.cell(w, self._cell(t, HEAD_CELL)) for w, t in zip(widths, header, strict=True)), header=True
        )
        style = self._look.style(TABLE)
        chunks = [rows[at : at + ROWS_A_TABLE] for at in range(0, len(rows), ROWS_A_TABLE)] or [[]]
        return self._gap().join(oxml.table(style, widths, head + "".join(chunk)) for chunk in chunks) + self._gap()

    def _responses(self, block: Responses) -> str:
        codes = ("number", "requirement", "response", "compliance", "evidence", "page")
        header = tuple(self._word(f"head.{code}") for code in codes)
        widths = self._widths(_RESPONSE_SHARES)
        rows = [self._response(row, widths) for row in block.rows]
        return self._caption("table", block.caption) + self._chunks(widths, header, rows)

    def _response(self, row: ResponseRow, widths: tuple[int, ...]) -> str:
        centre = self._look.style(CENTRED_CELL)
        mark = oxml.bookmark(self._next(), bookmark_name(row.id), oxml.run(row.number))
        tag = Tag(row.id, row.revision, digest_of(row.response))
        cells = (
            oxml.paragraph(centre, mark),
            self._cell(row.requirement),
            self._cell(row.response),
            self._cell(row.compliance, CENTRED_CELL),
            self._cell(row.evidence),
            oxml.paragraph(centre, self._page(row.proof)),
        )
        made = [oxml.cell(w, c) for w, c in zip(widths, cells, strict=True)]
        # Around the cell, as Word does it itself: a control inside may not be the last thing in a cell.
        made[_RESPONSE_CELL] = oxml.control(str(tag), row.number or row.id, made[_RESPONSE_CELL])
        return oxml.row("".join(made))

    def _index(self, block: Index) -> str:
        check = block.kind == "check"
        codes = ("number", "check" if check else "item", "clause", "verdict" if check else "place", "page")
        widths = self._widths(_CHECK_SHARES if check else _INDEX_SHARES)
        rows = [self._index_row(number, row, widths, check=check) for number, row in enumerate(block.rows, 1)]
        header = tuple(self._word(f"head.{code}") for code in codes)
        return self._caption("table", block.caption) + self._chunks(widths, header, rows)

    def _index_row(self, number: int, row: IndexRow, widths: tuple[int, ...], *, check: bool) -> str:
        place = row.verdict if check else self._titles.get(row.part, self._word("no-page"))
        cells = (
            self._cell(str(number), CENTRED_CELL),
            self._cell(row.item),
            self._cell(row.clause),
            self._cell(place),
            oxml.paragraph(self._look.style(CENTRED_CELL), self._page(row.part)),
        )
        return oxml.row("".join(oxml.cell(w, c) for w, c in zip(widths, cells, strict=True)))

    def _picture(self, block: Picture) -> str:
        size = measured(block.data, block.width_mm, self._look.line)
        self._pictures += 1
        relation = self._put_picture(block.data, size.extension, size.content_type)
        shown = oxml.picture(relation, 1000 + self._pictures, block.caption, size.width, size.height)
        below = self._caption("picture", block.caption)
        return oxml.paragraph(self._look.style(PICTURE), shown, "<w:keepNext/>" if below else "") + below


def _words(part: BidPart) -> str:
    """The words a part's digest is taken of: those of its blocks as values, so that looks do not count."""
    return "\x1f".join(repr(block) for block in part.blocks if not isinstance(block, Picture | Contents))
