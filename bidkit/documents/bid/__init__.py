"""The bid as Word files that survive people.

In: frozen values of volumes, parts and facts; the bytes of Word files people edited. Out: Word files whose every
generated part sits in a tagged control, what people changed in them, and merges that keep every character they typed.
Refuses: ids Word cannot hold, templates without the styles or the place for the parts, files that are no Word files.
"""
