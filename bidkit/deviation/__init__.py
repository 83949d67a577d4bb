"""Deviations: required value against offered value, seen from the purchaser's side.

In: Requirements, the tender's own rules for its deviation tables, Responses. Out: the rows each table must have,
and Deviations with direction, reason and money impact. What cannot be compared is "unclear", never "none".
"""
