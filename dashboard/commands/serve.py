"""`flareboard serve`: the application, until it is stopped."""

import argparse

from dashboard.commands.parsing import Commands, port


def add(commands: Commands) -> None:
    """The arguments of `serve`."""
    serve = commands.add_parser("serve", help="serve the application; an empty demo database is filled first")
    serve.add_argument("--host", default="127.0.0.1", metavar="H", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=port, default=8501, metavar="P", help="port to listen on (default: 8501)")
    serve.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 after a stop, 2 when the configuration or the database is refused."""
    from dashboard import server  # Streamlit takes a second to load; no other command needs it

    return server.main(arguments.host, arguments.port)
