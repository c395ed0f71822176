"""The tables of a run: one count of everything, rows, columns, queries."""
