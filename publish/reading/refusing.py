"""Refusals of workbooks that cannot be opened, in one sentence."""

from catalog.errors import UnusableSource


def damaged(name: str) -> UnusableSource:
    """Return the refusal of a workbook that contradicts itself."""
    return UnusableSource(
        f"{name} は壊れていて開けません。",
        f"{name} is damaged and cannot be opened.",
        fix_ja="Excel で開いて保存し直すか、受け取り直してください。",
        fix_en="Open it in Excel and save it again, or ask for it again.",
        code="damaged",
    )


def locked(name: str) -> UnusableSource:
    """Return the refusal of a workbook that is encrypted."""
    return UnusableSource(
        f"{name} はパスワードで保護されているため読めません。",
        f"{name} is protected by a password and cannot be read.",
        fix_ja="パスワードを外して保存し直してください(ファイル > 情報 > ブックの保護)。",
        fix_en="Remove the password (File > Info > Protect Workbook) and save it again.",
        code="locked",
    )
