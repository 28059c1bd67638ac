"""python-zeep on any of the WSDLs of the tests.

  zeep_styles.py WSDL PORT OPERATION   JSON on stdin -> the envelope zeep would send
  zeep_styles.py --reply WSDL PORT OPERATION   a response on stdin -> JSON of what zeep makes of it

The JSON of a request is an object of arguments. {"$type": NAME, …} is an object of the type {namespace}name; {"$xml": TEXT} an element;
{"$array": NAME, "items": […]} an
array of SOAP encoding; {"$nil": true} is xsi:nil; {"$decimal": TEXT} and {"$date": TEXT} are what they say; "$headers" are SOAP headers.
"""

import datetime
import decimal
import json
import pathlib
import sys

from lxml import etree
from zeep import Client, Settings, xsd
from zeep.helpers import serialize_object
from zeep.transports import Transport

# Contracts import the schema of SOAP encoding by its namespace alone.
ENCODING = pathlib.Path(__file__).parent.parent.parent / "codegen/src/source/builtin/soap-encoding-1.1.xsd"


class Offline(Transport):
    def _load_remote_data(self, url):
        if url == "http://schemas.xmlsoap.org/soap/encoding/":
            return ENCODING.read_bytes()
        if url.split(":", 1)[0] in ("http", "https"):
            raise OSError(f"not fetched: {url}")
        return super()._load_remote_data(url)


def value(client, item):
    if isinstance(item, list):
        return [value(client, one) for one in item]
    if not isinstance(item, dict):
        return item
    if "$nil" in item:
        return xsd.Nil
    if "$xml" in item:
        return etree.fromstring(item["$xml"])
    if "$decimal" in item:
        return decimal.Decimal(item["$decimal"])
    if "$date" in item:
        return datetime.date.fromisoformat(item["$date"])
    if "$array" in item:
        return client.get_type(item["$array"])(value(client, item["items"]))
    members = {name: value(client, one) for name, one in item.items() if name != "$type"}
    return client.get_type(item["$type"])(**members) if "$type" in item else members


class Answer:
    """As much of a requests.Response as zeep reads."""

    def __init__(self, content):
        self.content = content
        self.status_code = 200
        self.headers = {"Content-Type": "text/xml; charset=utf-8"}
        self.encoding = "utf-8"


def reply(wsdl, port, operation):
    client = Client(wsdl, transport=Offline(), settings=Settings(strict=True))
    service = next(service for service in client.wsdl.services.values() if port in service.ports)
    binding = client.bind(service.name, port)._binding
    result = binding.process_reply(client, binding.get(operation), Answer(sys.stdin.buffer.read()))
    json.dump(serialize_object(result, dict), sys.stdout, ensure_ascii=True, default=str)


def main():
    if sys.argv[1] == "--reply":
        return reply(*sys.argv[2:5])
    wsdl, port, operation = sys.argv[1:4]
    client = Client(wsdl, transport=Offline(), settings=Settings(strict=True))
    arguments = value(client, json.load(sys.stdin))
    headers = arguments.pop("$headers", None)
    service = next(service for service in client.wsdl.services.values() if port in service.ports)
    proxy = client.bind(service.name, port)
    envelope = client.create_message(proxy, operation, _soapheaders=headers, **arguments)
    sys.stdout.write(etree.tostring(envelope, encoding="unicode"))


if __name__ == "__main__":
    main()
