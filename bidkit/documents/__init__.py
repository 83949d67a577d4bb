"""Values -> files people open: xlsx, pdf, docx; and people's edits read back from them.

In: frozen values. Out: bytes of a finished file, never a half-written one. Text never becomes a formula,
HTML for PDF never fetches a local or remote resource that is not ours.
"""
