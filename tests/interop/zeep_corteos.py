"""python-zeep on Corteos' OrdersAPI.

  request WSDL PORT TOKEN ID   -> the Renotify envelope zeep would send, as canonical XML
  response WSDL PORT           a Renotify response on stdin -> JSON of what zeep makes of it

PORT is the WSDL's: OrdersAPISoap or OrdersAPISoap12. Nothing is fetched: imports that are not beside the WSDL fail.
"""

import json
import sys

from lxml import etree
from zeep import Client, Settings
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport


class Offline(Transport):
    def _load_remote_data(self, url):
        if url.split(":", 1)[0] in ("http", "https"):
            raise OSError(f"not fetched: {url}")
        return super()._load_remote_data(url)


class Answer:
    """As much of a requests.Response as zeep reads."""

    def __init__(self, content, media_type):
        self.status_code = 200
        self.headers = {"Content-Type": media_type}
        self.encoding = "utf-8"
        self.content = content


def main():
    command, wsdl, port = (sys.argv + ["", "", ""])[1:4]
    if command not in ("request", "response"):
        sys.exit(__doc__)
    # By default zeep stops at whatever the WSDL does not know.
    client = Client(wsdl, transport=Offline(), settings=Settings(strict=True))
    service = client.bind(port_name=port)
    binding = service._binding
    if command == "request":
        token, number = sys.argv[4:6]
        envelope = client.create_message(
            service, "Renotify", id_Reserve=int(number), _soapheaders={"AuthHeader": {"Token": token}}
        )
        sys.stdout.buffer.write(etree.tostring(envelope, method="c14n"))
        return
    answer = Answer(sys.stdin.buffer.read(), "text/xml; charset=utf-8")
    try:
        result = binding.process_reply(client, binding.get("Renotify"), answer)
        json.dump(serialize_object(result, dict), sys.stdout, ensure_ascii=True, default=str)
    except Fault as fault:
        json.dump({"fault": {"code": fault.code, "string": fault.message}}, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
