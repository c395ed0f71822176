"""People's labels of the sentences of a run: their files, and where they apply."""
