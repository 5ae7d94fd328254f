"""Numbers and facts in plain English, with units and evidence; nothing here draws."""
