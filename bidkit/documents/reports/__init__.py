"""Reports on deals: the dossier of one, the pipeline of all, the scorecard of a person.

In: frozen values with codes still to be put into words. Out: finished PDF and xlsx files in one language.
Says "unknown" or "not enough data" where a value is missing; never leaves a blank to be read as good news.
"""
