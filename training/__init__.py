"""Fitting the shipped row scorer to hand-labelled tenders; not part of the installed package."""
