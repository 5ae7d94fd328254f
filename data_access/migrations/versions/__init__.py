"""One file a migration; each says what it changes and takes it back."""
