"""Training of an encoder's heads on annotated rows for ``westward train``."""
