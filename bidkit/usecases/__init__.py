"""One verb each: load, call a pure room, save, return a value. Running a use case twice changes nothing more.

In: Settings-derived doors (unit of work, clock) and plain arguments. Out: a value. Raises BidkitError only.
"""
