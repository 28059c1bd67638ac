"""CPython's xmlrpc.client on one message.

  loads      a request or response on stdin -> JSON on stdout
  request    JSON {"method": ..., "params": [...]} on stdin -> methodCall on stdout
  response   JSON value on stdin -> methodResponse on stdout ({"fault": {"code", "string"}} makes a fault)
"""

import json
import sys
import xmlrpc.client

from xmlrpc_json import from_json, to_json


def loads(text):
    try:
        params, method = xmlrpc.client.loads(text)
    except xmlrpc.client.Fault as fault:
        return {"fault": {"code": fault.faultCode, "string": fault.faultString}}
    if method is not None:
        return {"method": method, "params": to_json(params)}
    return {"value": to_json(params[0])}


def main():
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    data = sys.stdin.buffer.read()
    if command == "loads":
        json.dump(loads(data), sys.stdout, ensure_ascii=True)
        return
    given = json.loads(data)
    if command == "request":
        text = xmlrpc.client.dumps(tuple(from_json(given["params"])), methodname=given["method"], encoding="utf-8")
    elif command == "response":
        if isinstance(given, dict) and set(given) == {"fault"}:
            answer = xmlrpc.client.Fault(given["fault"]["code"], given["fault"]["string"])
        else:
            answer = (from_json(given),)
        text = xmlrpc.client.dumps(answer, methodresponse=True, encoding="utf-8")
    else:
        sys.exit(__doc__)
    sys.stdout.buffer.write(text.encode("utf-8"))


if __name__ == "__main__":
    main()
