"""Fit, measure and export the encoder that reads an answer in one pass."""
