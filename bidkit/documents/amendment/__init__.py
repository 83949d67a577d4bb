"""What an addendum did to a tender and to the work on it, as a value that is stored and as papers people read.

In: an Amendment. Out: a workbook or a Word file in Chinese or English. Refuses nothing: an amendment without changes
says so.
"""
