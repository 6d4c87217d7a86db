"""The ledger: what is true, and the rules that keep it true.

Reading order: `rules/lifecycle.py` (which moves exist and who may make them), `tables.py` (what is kept),
`database.py` (one act, one transaction), then the verbs: `asks.py`, `acknowledging.py`, `delivering.py` and so on.
"""
