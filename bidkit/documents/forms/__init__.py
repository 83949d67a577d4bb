"""In: a form's definition and values. Out: Word, Excel and PDF files of it, and what people typed into the first two.

Refused: a file without the stamp of one of our forms, a file that unpacks to an abnormal size, and everything a
document could ask us to open or run.
"""
