"""Every request comes in here: read, hindered on demand, checked, carried out, written down."""

import asyncio
import json
import logging
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import BodyPartReader, web

from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.faults import Faults, RestFault
from tutorbot.playground.posting import Upload
from tutorbot.playground.rest.routing import Answer, Call, Route, Router

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """A request of the bot and how it was answered.

    `path` is without /api/v10; `at` is when it came, in unix seconds; `known` is false for routes that the
    local Discord does not have; `answered` is false when the connection was dropped instead.
    """

    method: str
    path: str
    status: int
    body: Any
    at: float
    query: dict[str, str]
    files: tuple[str, ...] = ()
    error: str = ""
    known: bool = True
    answered: bool = True


class Door:
    """Answers HTTP requests under /api/v10."""

    def __init__(
        self,
        routes: Iterable[Route],
        token: str,
        clock: Callable[[], float],
        *,
        faults: Faults,
        check: Callable[[Call], None],
        record: Callable[[Request], None],
    ) -> None:
        self._router = Router(routes)
        self._token = token
        self._clock = clock
        self._faults = faults
        self._check = check
        self._record = record

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        at = self._clock()
        path = "/" + request.rel_url.raw_path.split("/", 3)[-1]
        call = Call(request.method, path, dict(request.query))
        try:
            call = await _with_body(call, request)
        except ValueError:
            return self._finish(call, at, _refused(ApiError(Refusal.NOT_JSON)))
        fault = self._faults.take_rest(call.method, path, call.body)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.lose_request:
            self._note(call, at, 0, "trouble on demand", answered=False)
            return _cut(request)
        if fault is not None and fault.status is not None:
            return self._hindered(call, at, fault, fault.status)
        found = self._router.find(call.method, path)
        if found is None:
            return self._finish(call, at, _refused(ApiError(Refusal.UNKNOWN_ROUTE)), known=False)
        route, names = found
        answer, error = self._answer(route, replace(call, names=names), request.headers.get("Authorization"))
        if fault is not None and fault.lose_answer:
            self._note(call, at, answer.status, error, answered=False)
            return _cut(request)
        return self._finish(call, at, (answer, error), exhausted_for=fault.exhausted_for if fault else None)

    def _answer(self, route: Route, call: Call, authorization: str | None) -> tuple[Answer, str]:
        if not route.open and authorization != f"Bot {self._token}":
            return _refused(ApiError(Refusal.UNAUTHORIZED))
        self._check(call)
        try:
            return route.handler(call), ""
        except ApiError as error:
            return _refused(error)
        except Exception as error:
            _log.exception("%s %s could not be carried out", call.method, call.path)
            return Answer(500, {"message": "500: Internal Server Error", "code": 0}), f"crashed: {error!r}"

    def _hindered(self, call: Call, at: float, fault: RestFault, status: int) -> web.Response:
        headers = {"Via": "1.1 google"}
        body = fault.body or {"message": f"{status}: trouble on demand", "code": 0}
        if status == 429:
            wait = 0.05 if fault.retry_after is None else fault.retry_after
            body = {"message": "You are being rate limited.", "retry_after": wait, "global": fault.everywhere}
            headers |= {
                "Retry-After": str(max(1, round(wait))),
                "X-RateLimit-Scope": "global" if fault.everywhere else "user",
            }
            if fault.everywhere:
                headers["X-RateLimit-Global"] = "true"
        self._note(call, at, status, "trouble on demand")
        return _response(Answer(status, body), headers)

    def _finish(
        self,
        call: Call,
        at: float,
        outcome: tuple[Answer, str],
        *,
        known: bool = True,
        exhausted_for: float | None = None,
    ) -> web.Response:
        answer, error = outcome
        self._note(call, at, answer.status, error, known=known)
        wait = 1.0 if exhausted_for is None else exhausted_for
        bucket = zlib.crc32("/".join(part for part in call.path.split("/") if not part.isdigit()).encode())
        headers = {
            "X-RateLimit-Limit": "50",
            "X-RateLimit-Remaining": "49" if exhausted_for is None else "0",
            "X-RateLimit-Reset": f"{self._clock() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": f"{call.method.lower()}{bucket:08x}",
            "Via": "1.1 google",
        }
        if call.path.startswith(("/interactions", "/webhooks")):
            del headers["X-RateLimit-Bucket"]
        return _response(answer, headers)

    def _note(
        self, call: Call, at: float, status: int, error: str, *, known: bool = True, answered: bool = True
    ) -> None:
        files = tuple(upload.filename for _, upload in sorted(call.files.items()))
        self._record(
            Request(call.method, call.path, status, call.body, at, dict(call.query), files, error, known, answered)
        )


def _cut(request: web.Request) -> web.Response:
    """Drop the connection; the response goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _refused(error: ApiError) -> tuple[Answer, str]:
    return Answer(error.status, error.body()), str(error)


def _response(answer: Answer, headers: dict[str, str]) -> web.Response:
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    text = json.dumps(answer.body).encode()
    return web.Response(status=answer.status, body=text, headers={**headers, "Content-Type": "application/json"})


async def _with_body(call: Call, request: web.Request) -> Call:
    if request.content_type == "multipart/form-data":
        return await _with_parts(call, request)
    text = await request.read()
    return replace(call, body=json.loads(text)) if text else call


async def _with_parts(call: Call, request: web.Request) -> Call:
    body: Any = {}
    files: dict[int, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ValueError("a nested multipart body")
        data = bytes(await part.read())
        name = part.name or ""
        if name == "payload_json":
            body = json.loads(data)
        elif name.startswith("files["):
            files[int(name[6:-1])] = Upload(part.filename or "file", data)
    return replace(call, body=body, files=files)
