"""The record of a contract review on paper: Word and Excel to fill in and read back, PDF to sign and keep.

In: a ReviewRound with its verdicts and opinions. Out: bytes, and what people typed into a file that came back.
Refuses a file that is no record of this deal.
"""
