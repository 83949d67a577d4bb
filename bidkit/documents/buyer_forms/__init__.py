"""The buyer's own forms: cloned from the tender block by block, blanks filled, locked text proven untouched.

In: the tender's bytes and the values of facts. Out: Word files with the forms, and findings on every difference.
"""
