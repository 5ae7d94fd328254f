"""What migration 0007 added: frozen, never changed again; a new migration alters it."""
