"""A browser reduced to its wire: opens a page by deep link and reads every message that comes back."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

WAITS = 20.0  # seconds for the first script run of a fresh server


def first_visit(url: str, page: str, query: str) -> str:
    """Everything the server sends to an anonymous visitor of that page until its script has run, as text."""
    address = url.replace("http://", "ws://") + "/_stcore/stream"
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_name = page
    shown = []
    with connect(address, subprotocols=[Subprotocol("streamlit")], origin=Origin(url), max_size=None) as socket:
        socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(socket.recv(WAITS, decode=False))
            shown.append(str(message))
            if message.WhichOneof("type") == "script_finished":
                return "".join(shown)
