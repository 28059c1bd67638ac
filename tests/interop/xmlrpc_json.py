"""XML-RPC values as JSON that keeps their types.

int -> number, double -> {"double": repr}, str -> string, bytes -> {"base64": text}, DateTime -> {"dateTime": text};
arrays, structs, booleans and nil as JSON has them. A fault is {"fault": {"code": ..., "string": ...}}.
"""

import base64
import xmlrpc.client


def to_json(value):
    if isinstance(value, bool) or value is None or isinstance(value, (int, str)):
        return value
    if isinstance(value, float):
        return {"double": repr(value)}
    if isinstance(value, xmlrpc.client.Binary):
        return {"base64": base64.b64encode(value.data).decode("ascii")}
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, xmlrpc.client.DateTime):
        return {"dateTime": value.value}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {name: to_json(item) for name, item in value.items()}
    raise TypeError(f"no JSON for {type(value).__name__}")


def from_json(value):
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if isinstance(value, dict):
        if set(value) == {"double"}:
            return float(value["double"])
        if set(value) == {"base64"}:
            return xmlrpc.client.Binary(base64.b64decode(value["base64"]))
        if set(value) == {"dateTime"}:
            return xmlrpc.client.DateTime(value["dateTime"])
        return {name: from_json(item) for name, item in value.items()}
    return value
