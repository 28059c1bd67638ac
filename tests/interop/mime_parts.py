"""CPython's MIME parser on a multipart body.

  mime_parts.py CONTENT-TYPE   the body on stdin as hexadecimal digits -> a line per part: Content-ID, Content-Type and the
                               content as hexadecimal digits, with tabs between
"""

import sys
from email.parser import BytesParser


def main():
    body = bytes.fromhex(sys.stdin.read())
    message = BytesParser().parsebytes(b"Content-Type: " + sys.argv[1].encode() + b"\r\n\r\n" + body)
    if not message.is_multipart() or message.defects:
        sys.exit(f"not a multipart message: {message.defects}")
    for part in message.get_payload():
        print(part["Content-ID"], part["Content-Type"], part.get_payload(decode=True).hex(), sep="\t")


if __name__ == "__main__":
    main()
