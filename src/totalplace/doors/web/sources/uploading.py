"""Files of a form go to the disk as they come, counted and hashed; none is kept in memory."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from totalplace.doors.web.sources.seeing import home
from totalplace.refusal import Refused
from totalplace.sources.submitting.bytes_held import Held, Incoming

_MB: Final = 2**20
_DEFAULT_MB: Final = 200
_WHOLE_FORM: Final = 5  # files of the largest size that one form may carry in all


def most_bytes(environment: Mapping[str, str] = os.environ) -> int:
    """The most bytes that one file may have: TOTALPLACE_UPLOAD_MB megabytes, or 200."""
    said = environment.get("TOTALPLACE_UPLOAD_MB", "")
    return (int(said) if said.isdecimal() and int(said) else _DEFAULT_MB) * _MB


class Heard:
    """The body of a request, and how much of it came: a line that is cut looks like its end."""

    def __init__(self, body: Any, said: str) -> None:
        self._body, self._came = body, 0
        self._said = int(said) if said.isdecimal() else None

    def read(self, *size: int) -> bytes:
        """The next bytes."""
        some: bytes = self._body.read(*size)
        self._came += len(some)
        return some

    def readline(self, *size: int) -> bytes:
        """The next line."""
        line: bytes = self._body.readline(*size)
        self._came += len(line)
        return line

    def check(self) -> None:
        """Raise Refused where less came than was said: half a file must not pass for a whole."""
        if self._said is not None and self._came != self._said:
            raise Refused(
                "Nothing was taken",
                why="the line was cut before all of it had come",
                next_step="Send it again",
            )


class HeldFile(UploadedFile):  # type: ignore[type-arg]  # it takes none when it runs
    """A file of a form: its bytes are held already, or it says why they are not."""

    def __init__(self, name: str, held: Held | None, refused: Refused | None) -> None:
        super().__init__(io.BytesIO(), name, size=held.size if held else 0)
        self.held, self.refused = held, refused


class ToDisk(FileUploadHandler):
    """Writes each file to the disk as it comes; what the sender says of its type is ignored."""

    chunk_size = _MB

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002  (the framework says how it is called)
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        *rest: Any,  # noqa: ARG002
        **said: Any,  # noqa: ARG002
    ) -> None:
        """Refuse a form that is too large before it is read."""
        if content_length > most_bytes() * _WHOLE_FORM:
            raise Refused(
                "Nothing was taken",
                why=f"the files together are larger than {_WHOLE_FORM} times what one may be",
                next_step="Give them in several goes",
            )

    def new_file(self, *args: Any, **said: Any) -> None:
        """A file begins."""
        super().new_file(*args, **said)
        self._incoming = Incoming(home(), name=self.file_name or "", most_bytes=most_bytes())
        self._refused: Refused | None = None

    def take(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """The next bytes; past a refusal they are let go by."""
        if self._refused is None:
            try:
                self._incoming.write(raw_data)
            except Refused as refused:
                self._refused = refused

    receive_data_chunk = take  # the framework's name for it

    def file_complete(self, file_size: int) -> HeldFile:  # noqa: ARG002
        """A file has ended: it is on the disk before anybody is told."""
        if self._refused is None:
            try:
                return HeldFile(self._incoming.name, self._incoming.keep(), None)
            except Refused as refused:
                self._refused = refused
        return HeldFile(self._incoming.name, None, self._refused)

    def upload_interrupted(self) -> None:
        """The sender went away in the middle."""
        if hasattr(self, "_incoming"):
            self._incoming.drop()
