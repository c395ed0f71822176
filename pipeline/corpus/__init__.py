"""The corpus: its index, what is added to it, its check, and how a run finds transcripts."""
