"""The FHIR interface, read only: a patient's summary for a program that holds a token. Off unless FLAREBOARD_FHIR is 1.

A record number stands in the body of a request, never in an address; a link is opaque and means nothing without a
token. Errors are OperationOutcomes without a word about any patient, and so are the lines of the log.
"""

import logging
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import anyio
import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import clock
from dashboard.errors import ExplainedError, NotPermitted, UnexpectedError, reference_number
from dashboard.fhir_capabilities import STATEMENT
from dashboard.services import fhir_summary, tokens
from dashboard.services.fhir_summary import NoSuchPatient
from dashboard.services.tokens import Bearer

log = logging.getLogger("flareboard")

MEDIA = "application/fhir+json; charset=utf-8"
LARGEST_BODY = 16_384
LONGEST_NUMBER, LONGEST_LINK = 64, 64
MOST_A_MINUTE = 60
MOST_WRONG_A_MINUTE = 20
_MOST_REMEMBERED = 10_000
_MINUTE = timedelta(minutes=1)
_TAKEN = frozenset({"*/*", "application/*", "application/fhir+json", "application/json"})
_SENT = frozenset({"application/fhir+json", "application/json"})
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_SUMMARY = "$summary"

Node = dict[str, Any]
Answer = Callable[[Request, Bearer], Awaitable[Response]]


class Refused(Exception):
    """An answer that is an error: its status, the code of the issue, what happened, and further headers."""

    def __init__(self, status: int, code: str, why: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.status, self.code, self.why, self.headers = status, code, why, dict(headers or {})


class Pace:
    """How often each token, or each address, asked within the last minute; in memory, since there is one process."""

    def __init__(self, most: int = MOST_A_MINUTE) -> None:
        self._most = most
        self._asked: dict[int | str, deque[datetime]] = {}

    def seconds_to_wait(self, who: int | str, now: datetime) -> int:
        """0 where they may ask now, which then counts; else the seconds until they may again."""
        if wait := self.wait(who, now):
            return wait
        self.count(who, now)
        return 0

    def wait(self, who: int | str, now: datetime) -> int:
        """The seconds until they may ask again, 0 for now; nothing is counted."""
        asked = self._asked.get(who, deque())
        while asked and now - asked[0] >= _MINUTE:
            asked.popleft()
        return int((asked[0] + _MINUTE - now).total_seconds()) + 1 if len(asked) >= self._most else 0

    def count(self, who: int | str, now: datetime) -> None:
        """They asked; of many others the one who asked first is forgotten."""
        self._asked.setdefault(who, deque()).append(now)
        while len(self._asked) > _MOST_REMEMBERED:
            self._asked.pop(next(iter(self._asked)))


_pace = Pace()
_wrong = Pace(MOST_WRONG_A_MINUTE)
"""Tokens that opened nothing, by the address they came from."""
_makers = anyio.CapacityLimiter(2)
"""Documents made at the same time: the people at the screens come first."""


def routes() -> list[Route]:
    """Everything below /fhir, for the server to put beside its own."""
    return [Route("/fhir/{rest:path}", answer, methods=_METHODS)]


async def answer(request: Request) -> Response:
    """The answer to any request below /fhir; whatever goes wrong is an OperationOutcome."""
    try:
        return await _answer(request)
    except Refused as refused:
        return outcome(refused.status, refused.code, refused.why, refused.headers)
    except NoSuchPatient as error:
        return outcome(404, "not-found", error.what_happened)
    except NotPermitted:
        return outcome(403, "forbidden", "The person this token acts for may not hand out summaries.")
    except Exception as error:
        return _unexpected(error)


def outcome(status: int, code: str, why: str, headers: Mapping[str, str] | None = None) -> Response:
    """An OperationOutcome with one issue."""
    issue = {"severity": "error", "code": code, "diagnostics": why}
    return _json({"resourceType": "OperationOutcome", "issue": [issue]}, status, headers)


def _json(node: Node, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(node), status, dict(headers or {}), MEDIA)


def _unexpected(error: Exception) -> Response:
    """The log gets the kind of error and the lines of code, never its message: that may quote a patient."""
    reference = reference_number()
    log.error("%s %s\n%s", reference, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    busy = isinstance(error, ExplainedError) and not isinstance(error, UnexpectedError)
    why = error.what_happened if busy and isinstance(error, ExplainedError) else "The summary could not be made."
    return outcome(503 if busy else 500, "transient" if busy else "exception", f"{why} Reference: {reference}.")


async def _answer(request: Request) -> Response:
    parts = request.path_params["rest"].strip("/").split("/")
    if parts == ["metadata"]:
        _require(request.method in ("GET", "HEAD"), _not_allowed("GET"))
        _require_taken(request)
        return _json(STATEMENT)
    bearer = await _bearer(request)
    if parts == ["Patient", _SUMMARY]:
        _require(request.method == "POST", _not_allowed("POST", "The record number belongs into the body."))
        _require_taken(request)
        return await _summary(bearer, _identifier(await _body(request)), by_link=False)
    if len(parts) == 3 and parts[0] == "Patient" and parts[2] == _SUMMARY:
        _require(request.method in ("GET", "HEAD"), _not_allowed("GET"))
        _require_taken(request)
        return await _summary(bearer, parts[1], by_link=True)
    _require(request.method in ("GET", "HEAD"), _not_allowed("GET", "Nothing can be changed here."))
    raise Refused(404, "not-found", "There is nothing at this address.")


async def _summary(bearer: Bearer, wanted: str, *, by_link: bool) -> Response:
    def made() -> bytes:
        if len(wanted) > (LONGEST_LINK if by_link else LONGEST_NUMBER):
            raise fhir_summary.refused(bearer.viewer, None)
        by = "link" if by_link else "record"
        return fhir_summary.summary(bearer, wanted, by, as_of=clock.today(), now=clock.now())  # type: ignore[arg-type]

    return Response(await anyio.to_thread.run_sync(made, limiter=_makers), 200, media_type=MEDIA)


async def _bearer(request: Request) -> Bearer:
    """Who asks. Raises Refused without a token that holds, and for one that asks too often."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not secret.strip():
        raise Refused(401, "login", "A bearer token is needed.", {"WWW-Authenticate": 'Bearer realm="Flareboard"'})
    now, address = clock.now(), request.client.host if request.client else ""
    if wait := _wrong.wait(address, now):
        raise Refused(429, "throttled", "Too many wrong tokens came from this address.", {"Retry-After": str(wait)})
    found = await anyio.to_thread.run_sync(lambda: tokens.bearer(secret.strip(), now=now))
    if found is None:
        _wrong.count(address, now)
        told = {"WWW-Authenticate": 'Bearer realm="Flareboard", error="invalid_token"'}
        raise Refused(401, "login", "This token opens nothing: it is unknown, over, or was taken back.", told)
    if wait := _pace.seconds_to_wait(found.token_id, now):
        raise Refused(429, "throttled", "This token asks too often.", {"Retry-After": str(wait)})
    return found


def _require(fine: bool, refused: Refused) -> None:
    if not fine:
        raise refused


def _not_allowed(method: str, why: str = "") -> Refused:
    allowed = "GET, HEAD" if method == "GET" else method
    return Refused(405, "not-supported", f"Only {method} is possible here. {why}".strip(), {"Allow": allowed})


def _require_taken(request: Request) -> None:
    """Returns where JSON is among what the program takes. Raises Refused."""
    wanted = [kind.partition(";")[0].strip().casefold() for kind in request.headers.get("accept", "").split(",")]
    form = request.query_params.get("_format", "json")
    fits = form in ("json", "application/json", "application/fhir+json")
    _require(
        fits and (wanted == [""] or not _TAKEN.isdisjoint(wanted)),
        Refused(406, "not-supported", "Only application/fhir+json is given."),
    )


async def _body(request: Request) -> Node:
    """The resource in the body. Raises Refused for another kind, for too much, and for no JSON object."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    _require(kind in _SENT, Refused(415, "not-supported", "The body has to be application/fhir+json."))
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST_BODY:
            raise Refused(413, "too-long", f"The body holds more than {LARGEST_BODY} bytes.")
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Refused(400, "structure", "The body is not valid JSON.") from None
    if not isinstance(found, dict) or found.get("resourceType") != "Parameters":
        raise Refused(400, "structure", "The body has to be a Parameters resource.")
    return found


def _identifier(body: Node) -> str:
    """The record number that is asked for. Raises Refused."""
    given = body.get("parameter")
    parameters = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    values = [_value(each) for each in parameters if each.get("name") == "identifier"]
    if len(values) != 1 or not isinstance(values[0], str) or not values[0].strip():
        raise Refused(
            400, "required", "Exactly one parameter 'identifier' with the record number as its value is needed."
        )
    return values[0].strip()


def _value(parameter: Node) -> object:
    identifier = parameter.get("valueIdentifier")
    return identifier.get("value") if isinstance(identifier, dict) else parameter.get("valueString")
