"""python-zeep calling a service over WSDL's HTTP bindings.

  zeep_http.py WSDL   JSON on stdin, a list of [SERVICE, PORT, ADDRESS, OPERATION, {ARGUMENT: VALUE}]
                      -> JSON: what each call returned, as text, or what zeep had against the reply
"""

import json
import sys

from lxml import etree
from zeep import Client


def shown(result):
    if isinstance(result, etree._Element):
        return etree.tostring(result, encoding="unicode")
    return result if isinstance(result, str) else repr(result)


def main():
    client = Client(sys.argv[1])
    results = []
    for service, port, address, operation, arguments in json.load(sys.stdin):
        bound = client.bind(service, port)
        bound._binding_options["address"] = address
        try:
            results.append(shown(getattr(bound, operation)(**arguments)))
        except (AttributeError, ValueError, etree.XMLSyntaxError) as error:
            results.append(repr(error))
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
