"""Words every room needs: ids, anchors, money, quantities, findings, the clock and the errors.

In: plain values. Out: frozen values. Refuses nothing but values that contradict themselves.
This room imports no other room and does no input or output.
"""
