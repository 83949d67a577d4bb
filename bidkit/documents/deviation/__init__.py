"""Deviation tables as files: Word in the tender's own form or the house form, Excel, and both read back.

In: a table with its rows and what people said to them; for the tender's own form the tender's Word file. Out: bytes,
and what people typed into such files, whatever program saved them. Refuses, as Conflict, a blank table without a
person's explicit word, and as UnreadableFile what is no such file.
"""
