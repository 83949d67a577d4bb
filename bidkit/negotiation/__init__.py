"""Negotiation: issues, packages, concessions and rounds, valued in money within the law and our authority.

In: comparable terms, weights, limits. Out: plans, fronts, findings about rounds. ReservationValues never leave it unasked.
"""
