"""What migration 0002 added: frozen, never changed again; a new migration alters it."""
