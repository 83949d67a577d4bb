"""Measuring the product against hand-labelled tenders and against the raw cost of opening a file.

In: the development data kept beside the project (`../shared`) or files made here. Out: printed tables and reports.
Refuses to report anything when the data is absent. Not part of the installed product.
"""
