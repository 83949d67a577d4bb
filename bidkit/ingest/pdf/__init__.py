"""PDF files in, `SourceDocument`s out: paragraphs, headings and table rows with their page and rectangle.

In: the bytes of a PDF. Out: blocks in reading order, text verbatim but for ligatures, radicals, lost hyphens and the
blanks that positioning alone put between Chinese characters; page furniture apart; form field values as blocks.
Refuses: encrypted, truncated, empty, XFA shells, fonts without a Unicode map, and scans where no OCR is installed.
The engine is not thread-safe: one file at a time in a process.
"""

from bidkit.ingest.pdf.reader import read_pdf

__all__ = ["read_pdf"]
