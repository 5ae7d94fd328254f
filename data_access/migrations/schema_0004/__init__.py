"""What migration 0004 added: frozen, never changed again; a new migration alters it."""
