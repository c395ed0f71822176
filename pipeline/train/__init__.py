"""Training on annotated rows for ``westward train``: linear models and heads of an encoder."""
