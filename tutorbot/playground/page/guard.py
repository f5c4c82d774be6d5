"""Who may speak with the page: only a browser on this machine that opened the page itself.

Another website that is open in the same browser must not reach it, neither directly (Origin, Sec-Fetch-Site) nor by a
name of its own that leads to 127.0.0.1 (Host).
"""

from collections.abc import Set as AbstractSet

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}


def policy(host: str) -> str:
    """The page's Content-Security-Policy; `host` is where its WebSocket is."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "font-src 'self'",
            "img-src 'self' blob:",
            f"connect-src 'self' ws://{host}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def refusal(request: web.Request, hosts: AbstractSet[str]) -> str:
    """Why a request is refused; "" if it is not. `hosts` are the page's own, with their port."""
    named = request.headers.getall("Host", [])
    if len(named) != 1 or named[0].lower() not in hosts:
        return "This page is only reached at its own address."
    origins = request.headers.getall("Origin", [])
    ours = {f"http://{host}" for host in hosts}
    if len(origins) > 1 or any(origin.lower() not in ours for origin in origins):
        return "Other websites may not speak with this page."
    changes = request.method not in ("GET", "HEAD") or "Upgrade" in request.headers
    if changes and not origins:
        return "Say where you come from: the Origin header is missing."
    opened = request.headers.get("Sec-Fetch-Mode") == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document"
    if request.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site") and not opened:
        return "Other websites may not speak with this page."
    return ""


def guard(hosts: AbstractSet[str]) -> Middleware:
    """The middleware that refuses strangers and adds the headers that a browser is to keep to."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        reason = refusal(request, hosts)
        if reason:
            return web.Response(status=403, text=reason, headers=HEADERS)
        return await handler(request)

    return guarded
