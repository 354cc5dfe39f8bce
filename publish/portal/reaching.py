"""Reaching a portal of machizu.toml: its token, its organization, what we may do there, what we put there before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import OutsideError, SettingError, did_you_mean
from catalog.town import Portal, Town
from publish.portal.client import Client
from publish.portal.memory import Memory, read_memory


@dataclass(frozen=True, slots=True)
class Reached:
    """A portal that answers and lets us publish into the organization with this id."""

    portal: Portal
    client: Client
    organization: str
    memory: Memory

    def address(self, package: str) -> str:
        """Return the address of a package's page."""
        return f"{self.client.url}/dataset/{package}"


def find_portal(town: Town, name: str) -> Portal:
    """Return a portal of machizu.toml by name; SettingError with the nearest name."""
    for portal in town.portals:
        if portal.name == name:
            return portal
    hint_ja, hint_en = did_you_mean(name, [portal.name for portal in town.portals])
    raise SettingError(
        f'machizu.toml に [[portal]] name = "{name}" がありません。{hint_ja}',
        f"machizu.toml has no [[portal]] named {name!r}.{hint_en}",
        fix_ja="--to には site か、machizu.toml の [[portal]] の name を書いてください。",
        fix_en="Give --to site, or the name of a [[portal]] in machizu.toml.",
        code="no-portal",
    )


def connect(portal: Portal) -> Client:
    """Return the client of a portal; its token comes from the environment only."""
    token = os.environ.get(portal.token_env, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise SettingError(
            f"環境変数 {portal.token_env} に、ポータル「{portal.name}」のトークンがありません(または使えない文字があります)。",
            f"The environment variable {portal.token_env} holds no usable token for the portal {portal.name!r}.",
            fix_ja="ポータルで API トークンを作り、その環境変数に入れてください(ファイルには書きません)。",
            fix_en="Make an API token at the portal and put it into that variable (never into a file).",
            code="no-token",
        )
    return Client(portal.name, portal.url, token)


@contextmanager
def reach(portal: Portal, town_folder: Path) -> Iterator[Reached]:
    """Connect and ask whether we may publish; before anything is written, so that a wrong token changes nothing."""
    with connect(portal) as client:
        organization = client.organization(portal.organization)
        if organization is None:
            raise OutsideError(
                f"ポータル「{portal.name}」に組織「{portal.organization}」がありません。",
                f"The portal {portal.name!r} has no organization {portal.organization!r}.",
                fix_ja="ポータルの管理者に組織を作ってもらうか、machizu.toml の organization を直してください。",
                fix_en="Have the portal's administrator make it, or correct organization in machizu.toml.",
                code="no-organization",
            )
        if not client.may_publish(str(organization["id"])):
            raise OutsideError(
                f"このトークンでは、ポータル「{portal.name}」の組織「{portal.organization}」に公開できません。",
                f"This token may not publish in the organization {portal.organization!r} of the portal {portal.name!r}.",
                fix_ja="トークンが有効か、その持ち主が組織の編集者か管理者かを、ポータルの管理者に確かめてください。",
                fix_en="Ask the portal's administrator whether the token is valid and its owner an editor there.",
                code="portal-refused",
            )
        yield Reached(portal, client, str(organization["id"]), read_memory(town_folder, portal.name, portal.url))
