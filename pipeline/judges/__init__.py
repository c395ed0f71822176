"""Who answers what a unit claims and where it stands: encoder, linear model, and others."""
