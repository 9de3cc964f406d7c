"""Bodies of several parts: a job with its data, a deployment with its zip."""

from __future__ import annotations

import re
from email.message import Message as Headers
from email.parser import BytesHeaderParser


def parts_of(content_type: str, body: bytes) -> dict[str, bytes]:
    """Return the parts of a multipart body by name, byte for byte; an empty answer for another kind of body."""
    told = Headers()
    told["Content-Type"] = content_type
    boundary = told.get_boundary()
    if told.get_content_maintype() != "multipart" or not boundary:
        return {}
    parts: dict[str, bytes] = {}
    for each in re.split(rb"(?:^|\r\n)--" + re.escape(boundary.encode("latin-1")), body)[1:]:
        if each.startswith(b"--"):
            break
        head, _, content = each.partition(b"\r\n\r\n")
        name = BytesHeaderParser().parsebytes(head.lstrip()).get_param("name", header="content-disposition")
        if isinstance(name, str):
            parts[name] = content
    return parts
