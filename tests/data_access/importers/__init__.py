"""What files are read as."""
