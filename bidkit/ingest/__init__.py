"""Files in, `SourceDocument`s out: ordered blocks, each with an Anchor.

In: paths of docx, doc, pdf, xlsx, xls, html, md, txt files and zips of these. Out: one SourceDocument a file.
Refuses, with `UnreadableFile` that names the file, the page and what to do: encrypted, truncated, empty, scanned
without OCR, fonts without Unicode map, XFA shells, wrong extensions and archives that are bombs or try to escape.
Everything from outside is hostile: no external entity, no network, no file written, bounded memory.
"""
