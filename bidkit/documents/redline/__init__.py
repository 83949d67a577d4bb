"""Two versions of a document as one: a Word file with tracked changes, or a page to read side by side.

In: the bytes of both files and their Comparison. Out: a docx whose accepted text is the new version and whose rejected
text is the old one, marks of other authors kept; or self-contained html. Refuses a redline where neither is a docx.
"""
