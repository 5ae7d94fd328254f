"""The parts of migration 0008, frozen as of that migration."""
