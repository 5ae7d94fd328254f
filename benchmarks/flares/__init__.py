"""How well and how fast flares are found: our own labelled diaries, the detector, and the usual alternatives."""
