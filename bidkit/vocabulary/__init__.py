"""Words as data: code lists, cue words and labels, read from `schemas/`.

In: the csv and yaml files of `schemas/`. Out: frozen tables; code -> label in zh or en.
Refuses a file with an unknown column, a duplicate code or a missing language, naming file and row.
"""
