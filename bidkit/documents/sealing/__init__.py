"""The check before sealing on paper: comments in the bid itself, a workbook, the self-check and the self-assessment.

In: frozen views with every text already in words, and the bytes of Word files. Out: docx, xlsx and pdf bytes; what an
office file says about itself. Refuses what is no Word file to comment on.
"""
