"""What a stance is about: the words that name it, and the actor that is meant."""
