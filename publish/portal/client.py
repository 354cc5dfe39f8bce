"""The one door to ckanapi: actions of a CKAN as typed calls, its errors as one sentence each.

What CKAN 2.12 really does with these calls was measured; the reasons stand where they matter.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import ckanapi
import requests

from catalog.errors import OutsideError

Dict = dict[str, Any]
_TIMEOUT = (10, 300)
"""Seconds to connect and to wait for an answer: a large upload is indexed before CKAN answers."""
_MOST_BYTES = 2_000_000_000


class Client:
    """One CKAN with one token. Tokens go into the Authorization header bare; `Bearer` is refused by CKAN."""

    def __init__(self, name: str, url: str, token: str) -> None:
        self.name = name
        self.url = url.rstrip("/")
        self._session = requests.Session()
        self._ckan = ckanapi.RemoteCKAN(self.url, apikey=token or None, user_agent="machizu", session=self._session)

    def package(self, name: str) -> Dict | None:
        """Return a package by name or id; None when there is none, or only a deleted one."""
        try:
            found: Dict = self.call("package_show", id=name)
        except _Absent:
            return None
        # An editor is still shown a deleted package; its name may be taken again.
        return found if found.get("state", "active") == "active" else None

    def organization(self, name: str) -> Dict | None:
        """Return an organization by name, None when there is none."""
        try:
            found: Dict = self.call("organization_show", id=name)
        except _Absent:
            return None
        return found

    def call(self, action: str, /, **values: Any) -> Any:
        """Call an action; OutsideError in one sentence when it fails, _Absent when the thing is not there."""
        return self._send(action, values, None)

    def upload(self, action: str, file: Path, name: str, values: Mapping[str, str]) -> Dict:
        """Call resource_create or resource_patch with a file. Multipart carries strings only, so values are strings."""
        with file.open("rb") as stream:
            sent: Dict = self._send(action, dict(values), {"upload": (name, stream)})
        return sent

    def download(self, url: str) -> str | None:
        """Return the sha256 of what an address gives to a stranger (no token); None when it gives nothing."""
        try:
            with requests.get(url, stream=True, timeout=_TIMEOUT, headers={"User-Agent": "machizu"}) as response:
                if response.status_code != requests.codes.ok:
                    return None
                digest, size = hashlib.sha256(), 0
                for block in response.iter_content(1 << 20):
                    digest.update(block)
                    size += len(block)
                    if size > _MOST_BYTES:
                        return None
                return digest.hexdigest()
        except requests.RequestException as problem:
            self._unreachable(problem)

    def _send(self, action: str, values: Dict, files: Dict | None) -> Any:
        try:
            return self._ckan.call_action(action, values, files=files, requests_kwargs={"timeout": _TIMEOUT})
        except ckanapi.NotFound as problem:
            raise _Absent(self.name, action) from problem
        except ckanapi.NotAuthorized as problem:
            # CKAN answers a stranger's question about a deleted or private package with 403, not 404.
            raise _Refused(self.name, action) from problem
        except ckanapi.ValidationError as problem:
            raise _Invalid(self.name, action, problem.error_dict) from problem
        except ckanapi.CKANAPIError as problem:
            raise _failed(self.name, action, str(problem)[:300]) from problem
        except requests.RequestException as problem:
            self._unreachable(problem)

    def _unreachable(self, problem: requests.RequestException) -> NoReturn:
        host = urlsplit(self.url).netloc
        raise OutsideError(
            f"ポータル「{self.name}」({host})につながりません({type(problem).__name__})。",
            f"The portal {self.name!r} ({host}) does not answer ({type(problem).__name__}).",
            fix_ja="ネットワークを確かめて、もう一度実行してください。途中までの分は次の実行が続けます。",
            fix_en="Check the network and run again; the next run goes on where this one stopped.",
            code="portal-unreachable",
        ) from problem


class _Absent(OutsideError):
    def __init__(self, portal: str, action: str) -> None:
        super().__init__(
            f"ポータル「{portal}」に見つかりません({action})。",
            f"Not found at the portal {portal!r} ({action}).",
            code="portal-absent",
        )


class _Refused(OutsideError):
    def __init__(self, portal: str, action: str) -> None:
        super().__init__(
            f"ポータル「{portal}」が許可しませんでした({action})。",
            f"The portal {portal!r} did not allow it ({action}).",
            fix_ja="トークンの環境変数と、組織での権限(編集者以上)を確かめてください。",
            fix_en="Check the token's environment variable and your role in the organization (editor or higher).",
            code="portal-refused",
        )


class _Invalid(OutsideError):
    def __init__(self, portal: str, action: str, errors: Mapping[str, Any]) -> None:
        # The texts are in the portal's own language: name the fields, quote the texts.
        what = "; ".join(f"{field}: {text}" for field, text in errors.items() if field != "__type")[:300]
        super().__init__(
            f"ポータル「{portal}」が値を受け付けませんでした({action}): {what}",
            f"The portal {portal!r} refused a value ({action}): {what}",
            code="portal-invalid",
        )


def _failed(portal: str, action: str, what: str) -> OutsideError:
    return OutsideError(
        f"ポータル「{portal}」でエラーが起きました({action}): {what}",
        f"The portal {portal!r} failed ({action}): {what}",
        code="portal-failed",
    )
