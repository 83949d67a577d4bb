"""Makes the bid templates of `templates/docx`: `python -m training.bid_templates`; later they are edited in Word.

Run it only to start over: it replaces what was restyled by hand.
"""
