"""What each section of a document says, one module a group of sections."""
