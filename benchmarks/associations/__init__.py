"""How often associations are claimed where there is nothing, and found where something was planted."""
