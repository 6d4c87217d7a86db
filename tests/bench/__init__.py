"""`make bench`: what Baton costs, each figure beside its baseline in the same run."""
