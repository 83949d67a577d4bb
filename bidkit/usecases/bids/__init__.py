"""The bid of a deal: volumes put together from what the store holds, built, taken back, merged and watched.

In: a deal with its tender, answers, deviation tables, company facts and forms; the files people edited. Out: Word
files whose parts survive people, and where each part stands. Refuses to write a bid while its gate is shut, and never
writes over words it has not taken in or kept a copy of.
"""
