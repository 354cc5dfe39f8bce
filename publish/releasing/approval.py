"""Approval: somebody other than who asks agrees to what will become public, bound to all 64 digits of its package hash.

`log/approvals.jsonl` is a chain beside the history: a line when publication is asked for, a line when it is approved, by a
signer of machizu.toml or by a decision of the office's own document system. Built anew with another hash, nothing is approved.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from catalog.errors import MustWait, UsageError
from catalog.signers import Signers
from catalog.town import Town
from publish.releasing.act import Act
from publish.releasing.chain import Chain, Link, append_links, read_chain
from publish.releasing.schedule import scheduled_of
from publish.releasing.staged import StagedEntry, read_staged, staged_datasets

FILE = Path("log") / "approvals.jsonl"
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code can be read out and typed in, https://www.crockford.com/base32.html."""
_MISREAD = str.maketrans("OIL", "011", "-‐‑–—ー− ")
_BITS = 60


class Line(Link):
    """One line. `document` is the number of the decision, `until` the last moment at which an approval holds."""

    kind: Literal["asked", "approved"]
    dataset: str
    package: str
    at: str
    who: str
    account: str
    """The computer's user, beside the name that was typed."""
    document: str = ""
    until: str = ""


def code_of(package: str) -> str:
    """Return the readable code of a package hash: its first 60 bits as twelve letters.

    >>> code_of("0" * 64), code_of("f" * 64)
    ('0000-0000-0000', 'ZZZZ-ZZZZ-ZZZZ')
    """
    number = int(package[: _BITS // 4], 16)
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def names(code: str, package: str) -> bool:
    """Say whether what was typed names a package: its code, or its whole hash.

    >>> names("zzzz zzzz zzzz", "f" * 64), names("F" * 64, "f" * 64), names("ZZZZ", "f" * 64)
    (True, True, False)
    """
    typed = code.strip().upper()
    if re.fullmatch(r"[0-9A-F]{64}", typed):
        return typed == package.upper()
    return typed.translate(_MISREAD) == code_of(package).replace("-", "")


def approval_of(town: Path, entry: StagedEntry, now: datetime) -> Line | None:
    """Return the approval that holds for a staged release, the last one; None when nobody approved it or it has expired."""
    given = [line for line in _lines(town) if line.kind == "approved" and line.package == entry.hash]
    standing = [line for line in given if line.dataset == entry.dataset and not _is_over(line, now)]
    return standing[-1] if standing else None


def asked(town: Path, entry: StagedEntry) -> Line | None:
    """Return who asked for a staged release to be published, the last one."""
    found = [line for line in _lines(town) if (line.kind, line.dataset, line.package) == ("asked", entry.dataset, entry.hash)]
    return found[-1] if found else None


def ask(town: Path, entries: Iterable[StagedEntry], act: Act) -> None:
    """Note that publication is asked for, where the same person has not asked already. Call it under the town's lock."""
    before = {(line.dataset, line.package): (line.who, line.account) for line in _lines(town) if line.kind == "asked"}
    new = [entry for entry in entries if before.get((entry.dataset, entry.hash)) != (act.who, act.account)]
    append_links(town / FILE, [_line("asked", entry, act) for entry in new])


def approve(town: Path, settings: Town, code: str, act: Act) -> StagedEntry:
    """Approve the staged release of that code as one of the signers, or as a deputy. Call it under the town's lock.

    UsageError: nothing staged has that code, nobody asked, the name is no signer's, or it is who asked (or their deputy).
    """
    entry = _staged(town, code)
    asker = asked(town, entry)
    if asker is None:
        raise _nobody_asked(entry)
    _require_another(settings.signers, act, asker)
    planned = scheduled_of(town, entry.dataset)
    day = planned.moment if planned and planned.package == entry.hash else None
    append_links(town / FILE, [_line("approved", entry, act, _until(settings.signers, act.now, day))])
    return entry


def decide(
    town: Path,
    settings: Town,
    entries: Sequence[StagedEntry],
    codes: Sequence[str],
    act: Act,
    day: datetime | None = None,
) -> None:
    """Note that the office's own document system approved these codes, by the number of the decision.

    `day`: when they are to become public; the decision is one for that day and holds until it is carried out.
    UsageError: no number, or a code that is none of `entries` (it was built anew since). Call it under the town's lock.
    """
    if not act.document.strip():
        raise UsageError(
            "--approved には決裁の文書番号が要ります。",
            "--approved needs the number of the decision.",
            fix_ja="--decision 企財第123号 のように付けてください。",
            fix_en="Add it: --decision NUMBER.",
            code="no-decision-number",
        )
    named = [_named(code, entries) for code in codes]
    append_links(town / FILE, [_line("approved", entry, act, _until(settings.signers, act.now, day)) for entry in named])


def require(town: Path, settings: Town, entry: StagedEntry, now: datetime) -> str:
    """Return who approved a release ("" where one person is enough); MustWait when somebody still has to."""
    if settings.approval == "one":
        return ""
    standing = approval_of(town, entry, now)
    if standing is None:
        raise waits(settings, entry)
    return standing.document or standing.who


def waits(settings: Town, entry: StagedEntry) -> MustWait:
    """Return what is said of a release that waits for its approval."""
    code = code_of(entry.hash)
    signers = "、".join(settings.signers.everybody)
    ja = f"公開には、もう一人の承認が要ります(承認できる人: {signers})。" if signers else "公開には決裁が要ります。"
    en = f"A second person has to approve it ({signers.replace('、', ', ')})." if signers else "It needs a decision."
    return MustWait(
        f"「{entry.dataset}」の{ja}この内容の番号: {code}",
        f"{entry.dataset!r}: {en} The code of this content: {code}",
        fix_ja=f"{'承認する人は machizu approve ' + code + ' --who 名前、' if signers else ''}文書で決裁したときは "
        f"machizu publish {entry.dataset} --approved {code} --decision 文書番号 を実行します。",
        fix_en=f"{'To approve: machizu approve ' + code + ' --who NAME. ' if signers else ''}Decided on paper: "
        f"machizu publish {entry.dataset} --approved {code} --decision NUMBER.",
        code="not-approved",
    )


def ends_before(entry: StagedEntry, approval: Line, day: datetime) -> MustWait:
    """Return what is said of an approval that lapses before the day on which the release is to become public."""
    code, until, planned = code_of(entry.hash), approval.until[:10], day.date()
    return MustWait(
        f"「{entry.dataset}」の承認は {until} までで、公開する予定の {planned} より前に無効になります。",
        f"The approval of {entry.dataset!r} ends on {until}, before {planned}, when it is to become public.",
        fix_ja=f"予定は記録しました。もう一度承認してください(予定の日まで有効になります): machizu approve {code} --who 名前",
        fix_en=f"The day is noted. Approve it once more, which then holds for that day: machizu approve {code} --who NAME",
        code="approval-too-short",
    )


def _line(kind: Literal["asked", "approved"], entry: StagedEntry, act: Act, until: str = "") -> Line:
    return Line(
        kind=kind,
        dataset=entry.dataset,
        package=entry.hash,
        at=act.at,
        who=act.who,
        account=act.account,
        document=act.document,
        until=until,
    )


def read_approvals(town: Path) -> Chain[Line]:
    """Read the log; OutsideError when a whole line is no line of it."""
    return read_chain(town / FILE, Line)


def _lines(town: Path) -> tuple[Line, ...]:
    return read_approvals(town).links


def _is_over(line: Line, now: datetime) -> bool:
    return bool(line.until) and datetime.fromisoformat(line.until) < now


def _until(signers: Signers, now: datetime, day: datetime | None) -> str:
    """Return until when an approval holds: some days from now, or from the day for which it is given."""
    begins = max(now, day) if day else now
    return (begins + timedelta(days=signers.days)).astimezone(now.tzinfo).isoformat(timespec="seconds")


def _staged(town: Path, code: str) -> StagedEntry:
    entries = [entry for name in staged_datasets(town) if (entry := read_staged(town, name))]
    found = [entry for entry in entries if names(code, entry.hash)]
    if found:
        return found[0]
    before = next((line for line in _lines(town) if names(code, line.package)), None)
    if before is not None:
        raise UsageError(
            f"番号 {code} の「{before.dataset}」は、もう公開待ちではありません(作り直されたか、公開されました)。",
            f"{code} ({before.dataset}) no longer waits: it was built anew or is public.",
            fix_ja="machizu diff で今の内容と番号を見てください。作り直したものは、もう一度承認が要ります。",
            fix_en="See what waits now, and its code, with machizu diff. What was built anew needs a new approval.",
            code="approval-void",
        )
    raise _unknown(code, entries)


def _named(code: str, entries: Sequence[StagedEntry]) -> StagedEntry:
    found = next((entry for entry in entries if names(code, entry.hash)), None)
    if found is None:
        raise _unknown(code, entries)
    return found


def _unknown(code: str, entries: Sequence[StagedEntry]) -> UsageError:
    listed = "、".join(f"{entry.dataset} {code_of(entry.hash)}" for entry in entries)
    return UsageError(
        f"番号 {code} の公開待ちはありません(いまの公開待ち: {listed or 'なし'})。",
        f"Nothing that waits has the code {code} (waiting: {listed or 'nothing'}).",
        fix_ja="決裁のあとで作り直されたときは番号が変わります。内容を見直してから、もう一度決裁してください。",
        fix_en="Built anew after the decision, it has another code: look at it again and decide again.",
        code="no-such-code",
    )


def _nobody_asked(entry: StagedEntry) -> UsageError:
    return UsageError(
        f"「{entry.dataset}」の公開は、まだ願い出られていません。",
        f"Nobody has asked for {entry.dataset!r} to be published.",
        fix_ja=f"公開する担当が先に machizu publish {entry.dataset} を実行してください。",
        fix_en=f"Whoever publishes it first runs: machizu publish {entry.dataset}",
        code="not-asked",
    )


def _require_another(signers: Signers, act: Act, asker: Line) -> None:
    """Refuse who is no signer, and who asked: under another name from the same account, or as their own deputy."""
    roles = signers.roles_of(act.who)
    if not roles:
        listed = "、".join(signers.everybody)
        raise UsageError(
            f"「{act.who}」は承認できる人ではありません(machizu.toml の [signers]: {listed or 'なし'})。",
            f"{act.who!r} is no signer ([signers] of machizu.toml: {listed or 'none'}).",
            fix_ja="--who に承認する人の名前を書いてください。",
            fix_en="Give the signer's name with --who.",
            code="no-signer",
        )
    same = act.who == asker.who or act.account == asker.account or not roles - {asker.who}
    if same:
        raise UsageError(
            f"公開を願い出た人({asker.who})は、自分では承認できません。",
            f"Who asked for it ({asker.who}) cannot approve it.",
            fix_ja="別の人が自分のアカウントで承認してください。文書で決裁したときは publish --approved --decision です。",
            fix_en="Another person approves it from their own account; a decision on paper: publish --approved --decision.",
            code="same-person",
        )
