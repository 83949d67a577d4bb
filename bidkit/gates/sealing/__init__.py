"""The check before sealing: whether a bid may go out as it is.

In: what the tender says, what people answered, the volumes of the bid as read, company facts, names of other deals.
Out: for every rule of `schemas/rules/sealing.yaml` an outcome with its faults and the questions only a person can
answer. What could not run reads "not checked", never "passed". Refuses bids of several bidders in one workspace and
everything that helps a bid past checks for likeness.
"""
