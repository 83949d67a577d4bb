"""Negotiation: issues, packages, concessions and rounds, valued in money within the law and our authority.

In: issues with valued options, weights, limits. Out: packages, fronts, steps, findings about rounds.
A ReservationValue never leaves it unasked.
"""
