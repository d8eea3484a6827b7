#!/usr/bin/env python3
"""The document bridge: draws Vega-Lite charts for the report generator.

It reads requests on standard input and writes answers on standard output. Each message is a JSON object in UTF-8
after its length as four bytes, big-endian. A request has "id", "operation" and what the operation needs; the answer
has the same "id" and either "result" or "error" {"code", "message"}. A bad request gets an error and the program
goes on; the end of input ends it.

    hello                 the versions of this protocol and of what it draws with
    draw   {"spec": …}    {"svg": "<svg …"}; data must stand in the specification, nothing is fetched

The program opens no files and no connections, and limits its own memory and time.
"""

import importlib.metadata
import json
import os
import platform
import resource
import signal
import struct
import sys

PROTOCOL = 1
VEGA_LITE = "6.4"
MAXIMUM_MESSAGE = 16 * 1024 * 1024


class RequestError(Exception):
    """A request that cannot be carried out, with a code that stays the same and a message for people."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def limit_resources():
    """Bounds memory and files, so that a hostile specification costs no more than this process."""
    memory = int(os.environ.get("CEYUAN_BRIDGE_MEMORY_MB", "1536")) * 1024 * 1024
    # RLIMIT_DATA and not RLIMIT_AS: the JavaScript engine reserves far more addresses than it ever uses.
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def references(node, path="spec"):
    """The paths of members that would fetch something from elsewhere."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("url", "href"):
                yield f"{path}.{name}"
            yield from references(value, f"{path}.{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from references(value, f"{path}[{index}]")


def hello(_request):
    import vl_convert

    return {
        "protocol": PROTOCOL,
        "python": platform.python_version(),
        "vlConvert": importlib.metadata.version("vl-convert-python"),
        "vega": vl_convert.get_vega_version(),
        "vegaLite": VEGA_LITE,
    }


def draw(request):
    import vl_convert

    spec = request.get("spec")
    if not isinstance(spec, dict):
        raise RequestError("BAD_SPEC", "expected a Vega-Lite specification as a JSON object in the member 'spec'")
    outside = next(references(spec), None)
    if outside is not None:
        raise RequestError("OUTSIDE_REFERENCE", f"{outside}: data must stand in the specification itself")
    try:
        svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    except ValueError as error:
        raise RequestError("BAD_SPEC", " ".join(str(error).split())[:500]) from error
    return {"svg": svg}


OPERATIONS = {"hello": hello, "draw": draw}


def answer(payload, seconds):
    """Carries one request out; never raises for what the request says."""
    request = None
    try:
        request = json.loads(payload)
        if not isinstance(request, dict):
            raise RequestError("BAD_REQUEST", "expected a JSON object")
        operation = OPERATIONS.get(request.get("operation"))
        if operation is None:
            raise RequestError("UNKNOWN_OPERATION", f"expected one of: {', '.join(sorted(OPERATIONS))}")
        # The alarm's own effect, ending the process, also works while native code runs.
        signal.alarm(seconds)
        try:
            reply = {"result": operation(request)}
        finally:
            signal.alarm(0)
    except RequestError as error:
        reply = {"error": {"code": error.code, "message": str(error)}}
    except ImportError as error:
        reply = {"error": {"code": "PACKAGE_MISSING", "message": str(error)}}
    except (ValueError, RecursionError) as error:
        reply = {"error": {"code": "BAD_REQUEST", "message": str(error)[:500]}}
    except MemoryError:
        reply = {"error": {"code": "OUT_OF_MEMORY", "message": "the request needs more memory than it may use"}}
    reply["id"] = request.get("id") if isinstance(request, dict) else None
    return reply


def read_exactly(stream, count):
    """The next bytes of a stream, or None at its end."""
    data = stream.read(count)
    return data if data is not None and len(data) == count else None


def main():
    limit_resources()
    seconds = int(os.environ.get("CEYUAN_BRIDGE_SECONDS", "30"))
    incoming = sys.stdin.buffer
    # What a library prints must not get between the messages.
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        header = read_exactly(incoming, 4)
        if header is None:
            return 0
        (length,) = struct.unpack(">I", header)
        if length > MAXIMUM_MESSAGE:
            print(f"document bridge: a message of {length} bytes is too long", file=sys.stderr)
            return 2
        payload = read_exactly(incoming, length)
        if payload is None:
            return 0
        reply = json.dumps(answer(payload, seconds), ensure_ascii=False).encode("utf-8")
        outgoing.write(struct.pack(">I", len(reply)) + reply)
        outgoing.flush()


if __name__ == "__main__":
    sys.exit(main())
