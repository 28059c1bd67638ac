"""CPython's xmlrpc.server as CloudBlue's billing: answers Execute on a free port of the loopback.

The first line on stdout is its URL; then every call is one line of JSON, as its parameters were decoded. It ends when
stdin closes, so that it cannot outlive the test that started it.
"""

import base64
import json
import sys
import threading
from xmlrpc.client import Fault
from xmlrpc.server import SimpleXMLRPCRequestHandler, SimpleXMLRPCServer

from xmlrpc_json import to_json


class Handler(SimpleXMLRPCRequestHandler):
    rpc_paths = ("/RPC2",)


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def business_fault(text):
    return Fault(1, base64.b64encode(text.encode("utf-8")).decode("ascii"))


def execute(call):
    say(json.dumps(to_json(call), ensure_ascii=True))
    if not isinstance(call, dict) or call.get("Server") != "BM":
        raise business_fault("Server is not known.")
    if call.get("Method") != "PlaceOrderAndAuthorize_API":
        raise business_fault(f"Method {call.get('Method')} is not found in BM.")
    # The documented return values; no redirect, so its counter is 0 and no pair follows.
    placed = [1000003, 501, "login", "15-Jan-2026 10:20:30", 0, 24.0, 4.0, 0.0, 20.0, "Demo \u0437\u0430\u043a\u0430\u0437", "SO000501"]
    return {"Result": [placed + ["", "", 0]]}


def main():
    server = SimpleXMLRPCServer(("127.0.0.1", 0), requestHandler=Handler, logRequests=False)
    server.register_function(execute, "Execute")
    say("http://127.0.0.1:%d/RPC2" % server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.buffer.read()
    server.shutdown()


if __name__ == "__main__":
    main()
