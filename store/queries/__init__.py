"""Read models for cards and digests: questions to the ledger that change nothing."""
