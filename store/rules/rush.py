"""Why is an ask a rush? Four causes, from the asker's own mouth, and what each counts for.

A rush from outside is held against nobody. One that the asker caused by waiting is the asker's to explain.
"""

from enum import StrEnum


class Cause(StrEnum):
    """Why something is needed sooner than the lead time allows. `str` because the ledger keeps its value."""

    OUTSIDE = "outside"  # a customer, an accident, an authority
    KNOWN_NOW = "known_now"  # nobody could have asked earlier
    WAITED = "waited"  # the need was known, and the asker's side waited
    OTHER = "other"


def counts(cause: Cause | None) -> bool:
    """Whether a rush of this cause counts for the asking department. None: filed before causes were asked for."""
    return cause is not Cause.OUTSIDE


def is_the_askers_to_explain(cause: Cause | None) -> bool:
    """Whether the asker's own lead should hear of it: the need was known, and it was asked for late."""
    return cause is Cause.WAITED
