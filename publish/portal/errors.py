"""What a portal can answer instead of doing what it was asked, one sentence each. No token is in any of them.

A portal's own words are in its own language and may hold anything: they are shortened and made visible, and nothing here
is decided by them, only by error type and field.
"""

from collections.abc import Mapping
from typing import Any

from catalog.errors import OutsideError
from publish.answering.visible import visible

_LONGEST = 200


class Absent(OutsideError):
    """There is no such thing at the portal."""

    def __init__(self, portal: str, action: str) -> None:
        super().__init__(
            f"ポータル「{portal}」に見つかりません({action})。",
            f"Not found at the portal {portal!r} ({action}).",
            code="portal-absent",
        )


class Refused(OutsideError):
    """The token is not known (CKAN then takes us for a stranger), or its owner may not do this."""

    def __init__(self, portal: str, action: str) -> None:
        super().__init__(
            f"ポータル「{portal}」が許可しませんでした({action})。",
            f"The portal {portal!r} did not allow it ({action}).",
            fix_ja="トークンが有効か、その持ち主が組織の編集者か管理者かを、ポータルの管理者に確かめてください。",
            fix_en="Ask the portal's administrator whether the token is valid and its owner an editor of the organization.",
            code="portal-refused",
        )


class Invalid(OutsideError):
    """A value was not accepted; `fields` are CKAN's names of what it did not like."""

    def __init__(self, portal: str, action: str, errors: Mapping[str, Any]) -> None:
        self.fields = frozenset(errors) - {"__type"}
        what = quoted("; ".join(f"{field}: {errors[field]}" for field in sorted(self.fields)))
        super().__init__(
            f"ポータル「{portal}」が値を受け付けませんでした({action}): {what}",
            f"The portal {portal!r} refused a value ({action}): {what}",
            fix_ja="docs/ckan.md の「ポータル側の条件」を見て、ポータルの管理者に相談してください。",
            fix_en="See 'What a portal must allow' in docs/ckan.md and ask the portal's administrator.",
            code="portal-invalid",
        )


class TooLarge(OutsideError):
    """Files are larger than the portal takes (`ckan.max_resource_size`, or the web server before it): bytes by name."""

    def __init__(self, portal: str, files: Mapping[str, int]) -> None:
        self.files = files
        listed = "、".join(f"{name}({size / 2**20:,.1f} MiB)" for name, size in files.items())
        super().__init__(
            f"ポータル「{portal}」が受け取らないファイルがあります。大きさの上限を超えています: {listed}",
            f"The portal {portal!r} does not take files over its limit: {listed}",
            fix_ja="ほかは送りました。上限(ckan.max_resource_size)を上げるよう、ポータルの管理者に頼んでください。",
            fix_en="The rest was sent. Ask the portal's administrator to raise ckan.max_resource_size.",
            code="portal-too-large",
        )


class Unreachable(OutsideError):
    """No answer at all."""

    def __init__(self, portal: str, host: str, kind: str) -> None:
        super().__init__(
            f"ポータル「{portal}」({host})につながりません({kind})。",
            f"The portal {portal!r} ({host}) does not answer ({kind}).",
            fix_ja="ネットワークを確かめて、もう一度実行してください。途中までの分は次の実行が続けます。",
            fix_en="Check the network and run again; the next run goes on where this one stopped.",
            code="portal-unreachable",
        )


class Failed(OutsideError):
    """An answer that is none of CKAN's: an error page, a redirect, something that is not a CKAN. `status` is HTTP's."""

    def __init__(self, portal: str, action: str, status: int) -> None:
        moved = 300 <= status < 400
        super().__init__(
            f"ポータル「{portal}」の答えが CKAN のものではありません({action}、HTTP {status})。",
            f"The answer of the portal {portal!r} is not CKAN's ({action}, HTTP {status}).",
            fix_ja="machizu.toml の url を確かめてください(https:// への転送はたどりません)。"
            if moved or status == 404
            else "しばらくしてもう一度実行し、続く場合はポータルの管理者に連絡してください。",
            fix_en="Check url in machizu.toml (a redirect, as to https://, is not followed)."
            if moved or status == 404
            else "Run again later; if it persists ask the portal's administrator.",
            code="portal-failed",
        )


class Taken(OutsideError):
    """A package of the name is there already, and it is not ours."""

    def __init__(self, portal: str, name: str) -> None:
        super().__init__(
            f"ポータル「{portal}」には、machizu が作ったものではない「{name}」がすでにあります。上書きはしません。",
            f"The portal {portal!r} already has a package {name!r} that machizu did not make. It is not overwritten.",
            fix_ja="ポータルで名前を変えるか削除してください。",
            fix_en="Rename or delete it at the portal.",
            code="name-taken",
        )


class Moved(OutsideError):
    """Somebody gave our package to another organization."""

    def __init__(self, portal: str, name: str) -> None:
        super().__init__(
            f"ポータル「{portal}」の「{name}」は別の組織に移されています。",
            f"{name!r} at the portal {portal!r} stands in another organization.",
            fix_ja="組織を戻してもらうか、machizu.toml の organization を直してください。",
            fix_en="Have it moved back, or correct organization in machizu.toml.",
            code="portal-moved",
        )


class Hidden(OutsideError):
    """Somebody made our package private; they may have had a reason, so it is not undone."""

    def __init__(self, portal: str, name: str) -> None:
        super().__init__(
            f"ポータル「{portal}」の「{name}」は非公開にされています。",
            f"{name!r} at the portal {portal!r} was made private.",
            fix_ja="理由を確かめ、公開に戻してもらうか、machizu withdraw で取り下げてください。",
            fix_en="Find out why; have it made public again, or withdraw it with machizu withdraw.",
            code="portal-hidden",
        )


class Differs(OutsideError):
    """What a stranger gets is not what was released, also after a second attempt."""

    def __init__(self, portal: str, names: str) -> None:
        super().__init__(
            f"ポータル「{portal}」から読み返した内容が一致しません: {names}",
            f"What was read back from the portal {portal!r} differs: {names}",
            fix_ja="もう一度 publish を実行してください。続く場合はポータルの管理者に連絡してください。",
            fix_en="Publish again; if it persists ask the portal's administrator.",
            code="portal-differs",
        )


def quoted(text: str) -> str:
    """Return what a portal said, fit for one line of a terminal."""
    return visible(text, _LONGEST)
