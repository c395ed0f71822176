"""People who code: samples, labels, agreement, and estimates from both."""
