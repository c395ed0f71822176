"""Who answers what a unit claims and where it stands: encoder, language model, a user's heads."""
