"""What `python -m bot …` can do, one file per command."""
