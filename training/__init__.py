"""What fits and measures the shipped weights; no part of the package."""
