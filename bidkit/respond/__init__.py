"""Responses to requirements: what we answer, on which evidence, and what we know about ourselves.

In: Requirements, company facts, past answers. Out: Responses, suggestions with their reason, a work plan.
Refuses a claim without a fact behind it: it comes back as a Finding. No compliance is ever assumed.
"""
