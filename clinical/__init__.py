"""Floor 1: the medicine. Standard library, numpy, pandas and scipy only; no SQL, no screen, no clock, no I/O."""
