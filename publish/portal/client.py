"""The one door to ckanapi: actions of a CKAN as typed calls, its errors as one sentence each.

What CKAN 2.12 really does with these calls was measured; the reasons stand where they matter.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ckanapi
import requests

from publish.portal.errors import Absent, Failed, Invalid, Refused, TooLarge, Unreachable

Dict = dict[str, Any]
_TIMEOUT = (10, 300)
"""Seconds to connect and to wait for an answer: a large upload is indexed before CKAN answers."""
_MOST_BYTES = 2_000_000_000


class Client:
    """One CKAN with one token, or with none ("") as a stranger. Close it after use, or use it in a `with`."""

    def __init__(self, name: str, url: str, token: str) -> None:
        self.name = name
        self.url = url.rstrip("/")
        self._status = 0
        self._session = requests.Session()
        self._session.hooks["response"].append(self._note)
        # Tokens go into the Authorization header bare; `Bearer` is refused by CKAN.
        self._ckan = ckanapi.RemoteCKAN(self.url, apikey=token or None, user_agent="machizu", session=self._session)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def package(self, name: str) -> Dict | None:
        """Return a package by name or id; None when there is none, or only a deleted one."""
        try:
            found: Dict = self.call("package_show", id=name)
        except Absent:
            return None
        # An editor is still shown a deleted package; its name may be taken again.
        return found if found.get("state", "active") == "active" else None

    def organization(self, name: str) -> Dict | None:
        """Return an organization by name or id, None when there is none."""
        try:
            found: Dict = self.call("organization_show", id=name)
        except Absent:
            return None
        return found

    def may_publish(self, organization: str) -> bool:
        """Say whether the token's owner may make packages in an organization, given by id; a wrong token is nobody's."""
        mine = self.call("organization_list_for_user", permission="create_dataset")
        return any(one["id"] == organization for one in mine)

    def call(self, action: str, /, **values: Any) -> Any:
        """Call an action; an error of `publish.portal.errors` when it is not done."""
        return self._send(action, values, None)

    def upload(self, action: str, file: Path, name: str, values: Mapping[str, str]) -> Dict:
        """Call resource_create or resource_patch with a file. Multipart carries strings only, so values are strings."""
        try:
            with file.open("rb") as stream:
                sent: Dict = self._send(action, dict(values), {"upload": (name, stream)})
        except Invalid as problem:
            if "upload" in problem.fields:
                raise TooLarge(self.name, {name: file.stat().st_size}) from problem
            raise
        except Failed as problem:
            if self._status == requests.codes.request_entity_too_large:  # the web server before CKAN
                raise TooLarge(self.name, {name: file.stat().st_size}) from problem
            raise
        return sent

    def download(self, url: str) -> str | None:
        """Return the sha256 of what an address gives to a stranger (no token); None when it gives nothing."""
        try:
            with requests.get(url, stream=True, timeout=_TIMEOUT, headers={"User-Agent": "machizu"}) as response:
                return _digest(response) if response.status_code == requests.codes.ok else None
        except requests.RequestException as problem:
            raise self._unreachable(problem) from problem

    def _send(self, action: str, values: Dict, files: Dict | None) -> Any:
        try:
            return self._ckan.call_action(action, values, files=files, requests_kwargs={"timeout": _TIMEOUT})
        except ckanapi.NotFound as problem:
            raise Absent(self.name, action) from problem
        except ckanapi.NotAuthorized as problem:
            # CKAN answers a stranger's question about a deleted or private package with 403, not 404.
            raise Refused(self.name, action) from problem
        except ckanapi.ValidationError as problem:
            raise Invalid(self.name, action, problem.error_dict) from problem
        except ckanapi.CKANAPIError as problem:
            raise Failed(self.name, action, self._status) from problem
        except requests.RequestException as problem:
            raise self._unreachable(problem) from problem

    def _note(self, response: requests.Response, **_: object) -> None:
        self._status = response.status_code

    def _unreachable(self, problem: requests.RequestException) -> Unreachable:
        return Unreachable(self.name, urlsplit(self.url).netloc, type(problem).__name__)


def _digest(response: requests.Response) -> str | None:
    digest, size = hashlib.sha256(), 0
    for block in response.iter_content(1 << 20):
        digest.update(block)
        size += len(block)
        if size > _MOST_BYTES:
            return None
    return digest.hexdigest()
