"""Where a deal really stands and whether it may go on.

In: loaded values (evidence, filled forms, judgements, waivers, decisions, the customer's steps) and rules as data.
Out: standings of facts, the position, blockers (none means go), rulings of law, go / no-go, win probability.
Refuses nothing silently: what is unknown or missing reads "not checked" and keeps the gate shut.
"""
