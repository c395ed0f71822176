"""Tables of words and actors, as data; each is validated by the module that loads it."""
