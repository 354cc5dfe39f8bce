"""Problem: whatever went wrong with one file, as one sentence and what to do; nothing of it may stop the others."""

from catalog.errors import MachizuError, OutsideError, UnusableSource, of_system


def problem_of(problem: BaseException) -> MachizuError:
    """Return the sentence for anything that was raised while one file was read, checked or answered."""
    if isinstance(problem, MachizuError):
        return problem
    if isinstance(problem, OSError):
        return of_system(problem)
    if isinstance(problem, MemoryError):
        return OutsideError(
            "メモリが足りないため、確かめられませんでした。",
            "The memory did not suffice to check it.",
            fix_ja="年度や地区で分けたファイルにして、置き直してください。",
            fix_en="Split it by year or district and hand it in again.",
            code="memory",
        )
    name = type(problem).__name__
    return UnusableSource(
        f"思いがけない不具合({name})のため、確かめられませんでした。",
        f"It could not be checked because of an unexpected fault ({name}).",
        fix_ja="Excel などで開いて保存し直し、置き直してください。それでも同じなら、machizu の係に伝えてください。",
        fix_en="Open it, save it again and hand it in anew; if that does not help, tell whoever keeps machizu.",
        code="unexpected",
    )


def is_passing(problem: BaseException) -> bool:
    """Say whether the same may go well a little later: a file held open, a share that is away, a full disk."""
    return isinstance(problem, OSError) or (isinstance(problem, OutsideError) and problem.code != "memory")


def is_a_link() -> MachizuError:
    """Return what is said of a file that is none of its own."""
    return UnusableSource(
        "リンク(ショートカット)や特別なファイルなので、開きません。",
        "It is a link or no ordinary file, or a file that belongs to it is; it is not opened.",
        fix_ja="ファイルそのものを置いてください。",
        fix_en="Put the file itself there.",
        code="link",
    )


def is_away() -> MachizuError:
    """Return what is said of a watched folder that cannot be seen."""
    return OutsideError(
        "フォルダーが見えません。",
        "The folder cannot be seen.",
        fix_ja="共有フォルダーにつながっているかを確かめてください。見えるようになったら続けます。",
        fix_en="See whether the share is connected; watching goes on when it is.",
        code="folder-away",
    )
