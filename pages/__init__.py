"""Floor 4: one screen per file."""
