"""Text -> typed values: amounts, percentages, periods, dates, and the commercial terms they belong to.

In: a piece of text, two texts to compare, or a SourceDocument. Out: Quantity and date values with their offsets;
TermValues with term, basis, rate and start event; Comparisons with direction and reason; TermReadings with anchors.
Refuses nothing: what is not a value is simply not returned, and what cannot be compared is "unclear", never "none".
"""
