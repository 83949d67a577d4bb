"""Text -> typed values: amounts, percentages, periods and dates, Chinese and English.

In: a piece of text. Out: Quantity and date values with their character offsets, in reading order.
Refuses nothing: what is not a value is simply not returned.
"""
