"""The folder of transcripts: index, additions, check, export, and the inputs of a run."""
