"""An answer as the judges see it: its rows, the actors it names, its syntax."""
