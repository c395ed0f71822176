"""The folder of a run: written whole or not at all, its JSON Lines and its manifest."""
