"""The judges of claims and stances: encoder, a user's heads, a language model."""
