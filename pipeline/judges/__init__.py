"""The judges of claims and stances: encoder, linear model, and others."""
