"""The history of the tables, one file a step; steps only lead forward, for what is stored is never thrown away."""
