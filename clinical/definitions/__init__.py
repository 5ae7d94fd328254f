"""Definitions as data: regions, thresholds, instruments, drugs; each with its source and version."""
