"""/files: the published files as they are, byte for byte, or with ASCII names; /tiles: vector tiles out of the archive.

Only files that datapackage.json lists can be asked for, by their whole name: no part of an address becomes a path.
"""

import gzip
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response, StreamingResponse

from api.web.ascii_names import renamed
from api.web.problems import Problem, not_found
from api.web.releases import at_version
from api.web.visit import Visit, visit_now
from catalog.site.prepared import twin_path
from catalog.site.release import Release, ReleaseFile
from gis.tiles.archive import Archive

router = APIRouter()

_DESCRIPTIONS = ("datapackage.json", "definition.json", "quality.json")
FOR_EVER = "public, max-age=31536000, immutable"
_TILE = "application/vnd.mapbox-vector-tile"


@router.api_route("/files/{dataset}/{version}/{name}", methods=["GET", "HEAD"])
def download(request: Request, dataset: str, version: str, name: str, names: str = "") -> Response:
    """Return one file of a release; `latest` is asked for anew each time, a version may be kept for ever."""
    visit = visit_now(request)
    release = at_version(visit, dataset, version)
    file = _file(release, name)
    headers = {
        "Cache-Control": "no-cache" if version == "latest" else FOR_EVER,
        "Content-Disposition": disposition(file.name),
        "Vary": "Accept-Encoding",
    }
    if names not in ("", "ascii"):
        raise Problem(400, "bad_request")
    if names == "ascii":
        return _in_ascii(request, release, file, headers)
    return _as_it_is(request, visit, release, file, headers)


def _file(release: Release, name: str) -> ReleaseFile:
    if name in _DESCRIPTIONS:
        path = release.folder / name
        tag = f"{release.entry.hash}-{name}"
        return ReleaseFile(name, path, "json", "application/json", path.stat().st_size, tag, name)
    file = release.file(name)
    if file is None:
        raise not_found()
    if release.cls == "view":
        raise Problem(403, "view_only")
    if not file.path.is_file():
        raise not_found()
    return file


def _as_it_is(request: Request, visit: Visit, release: Release, file: ReleaseFile, headers: Mapping[str, str]) -> Response:
    twin = twin_path(visit.site.site, release.id, release.version, file.name)
    packed = "range" not in request.headers and accepts_gzip(request) and twin.is_file()
    tagged = {**headers, "ETag": f'"{file.sha256}-gz"' if packed else f'"{file.sha256}"'}
    if _held(request, tagged["ETag"]):
        return Response(status_code=304, headers=tagged)
    if packed:
        tagged["Content-Encoding"] = "gzip"
    return _RawFile(twin if packed else file.path, headers=tagged, media_type=_mediatype(file))


def _in_ascii(request: Request, release: Release, file: ReleaseFile, headers: Mapping[str, str]) -> Response:
    chunks = renamed(release.dataset, file)
    if chunks is None:
        raise Problem(400, "no_ascii")
    tagged = {**headers, "ETag": f'"{file.sha256}-ascii"'}
    if _held(request, tagged["ETag"]):
        return Response(status_code=304, headers=tagged)
    return StreamingResponse(chunks, headers=tagged, media_type=_mediatype(file))


class _RawFile(FileResponse):
    """A file whose declared type is sent as it stands."""

    charset = ""


def _mediatype(file: ReleaseFile) -> str:
    return f"{file.mediatype}; charset=utf-8" if file.mediatype.startswith("text/") else file.mediatype


def disposition(name: str) -> str:
    r"""Return Content-Disposition with the name in ASCII and, where it has other letters, as RFC 5987 writes them.

    >>> disposition("道路.csv")
    'attachment; filename="__.csv"; filename*=UTF-8\'\'%E9%81%93%E8%B7%AF.csv'
    """
    plain = "".join(letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_" for letter in name)
    return f'attachment; filename="{plain}"' + (f"; filename*=UTF-8''{quote(name)}" if plain != name else "")


def accepts_gzip(request: Request) -> bool:
    """Say whether the reader takes gzip."""
    offers = [offer.strip().partition(";") for offer in request.headers.get("accept-encoding", "").lower().split(",")]
    return any(name.strip() in ("gzip", "*") and "q=0" not in rest.replace("q=0.", "") for name, _, rest in offers)


def _held(request: Request, etag: str) -> bool:
    return etag in request.headers.get("if-none-match", "")


@router.api_route("/tiles/{dataset}/{version}/{z}/{x}/{y}.mvt", methods=["GET", "HEAD"])
def tile(request: Request, dataset: str, version: str, z: int, x: int, y: int) -> Response:
    """Return one vector tile as it lies in the archive; 204 where it is empty."""
    visit = visit_now(request)
    release = at_version(visit, dataset, version)
    archive = _archive(visit, release)
    if not (0 <= z <= 24 and 0 <= x < 1 << z and 0 <= y < 1 << z):
        raise not_found()
    packed = archive.tile(z, x, y)
    headers = {"Cache-Control": "no-cache" if version == "latest" else FOR_EVER, "Vary": "Accept-Encoding"}
    if packed is None:
        return Response(status_code=204, headers=headers)
    if accepts_gzip(request):
        return Response(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=_TILE)
    return Response(gzip.decompress(packed), headers=headers, media_type=_TILE)


def _archive(visit: Visit, release: Release) -> Archive:
    held = visit.moment.archives.get(release.id)
    if held is not None and visit.site.releases[release.id].version == release.version:
        return held
    file = release.of_format("pmtiles")
    if file is None or not Path(file.path).is_file():
        raise not_found()
    return Archive(file.path)
