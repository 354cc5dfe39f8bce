"""Saving a workbook of ours, with the mark of what it is about as a document property."""

import io
from dataclasses import replace
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.writer.excel import ExcelWriter

from publish.answering.results.mark import NAME, PROPERTY, Mark, content_of


class _Archive(ZipFile):
    """A zip that keeps the document's own properties back until everything else is written."""

    kept = b""

    def writestr(self, member: Any, data: Any, *rest: Any, **options: Any) -> None:  # type: ignore[override]
        """Write a member, or keep it."""
        if member == PROPERTY:
            self.kept = data
        else:
            super().writestr(member, data, *rest, **options)


def saved(book: Workbook, mark: Mark | None = None) -> bytes:
    """Return the XLSX; of a clerk's own workbook only ours stays of what names persons and properties."""
    book.properties.creator = book.properties.lastModifiedBy = "machizu"
    book.custom_doc_props = CustomPropertyList()
    if mark:
        book.custom_doc_props.append(StringProperty(name=NAME, value=str(mark)))
    stream = io.BytesIO()
    with _Archive(stream, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
        if mark:
            told = replace(mark, content=content_of(archive.infolist()))
            ZipFile.writestr(archive, PROPERTY, archive.kept.replace(str(mark).encode(), str(told).encode()))
    return stream.getvalue()
