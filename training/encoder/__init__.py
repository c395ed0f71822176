"""Fitting, calibration and export of the encoder."""
