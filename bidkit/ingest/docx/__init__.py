"""The Word door: a .docx file in, a `SourceDocument` out, straight from the zip and its XML.

In: the bytes of a docx, docm or dotx file (also strict OOXML). Out: blocks in reading order with the numbers Word
renders, tables as logical grids, tracked insertions kept, deletions reported; comments, notes and page furniture apart.
Refuses, as UnreadableFile: encrypted, truncated, empty, oversized or damaged packages, and what is no Word document.
"""

from bidkit.ingest.docx.reader import read_docx

__all__ = ["read_docx"]
