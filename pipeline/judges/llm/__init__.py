"""A language model as a judge: the codebook it is given, and the check of what it answers."""
