"""Which sentence of an answer gives a reason for which: labels, a linear model, its measure."""
