"""The tables as migration 0001 made them: frozen, never changed again; a new migration alters them."""
