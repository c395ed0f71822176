"""Runs in the formats of other programs, and what people changed there, back as labels."""
