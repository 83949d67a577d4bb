"""The whole system on one machine: a Prefect server, the runner of our flows and the deal room, started as one.

In: Settings and two ports. Out: processes that live and die together. Refuses to start twice in one data folder and
never touches the Prefect settings of the person at the keyboard: everything lies under BIDKIT_HOME.
"""
