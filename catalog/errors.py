"""The exceptions of machizu: one tree, each with what to do and the exit code of DESIGN 6.

    MachizuError
    ├── DefinitionError, SettingError, RecipeError, UsageError   exit 2: something written by us or staff is wrong
    ├── UnusableSource, CheckFailed                               exit 1: the content cannot be published
    ├── OutsideError                                              exit 3: portal, network or disk
    ├── DisclosureRefused                                         exit 4
    └── MustWait                                                  exit 5: a person, a date, another run's lock

Bad *data* is a Finding, not an exception; these are raised when a step cannot go on.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any


class MachizuError(Exception):
    """A sentence for the reader in both languages, and what to do about it."""

    exit_code = 2
    code = "error"

    def __init__(self, ja: str, en: str, *, fix_ja: str = "", fix_en: str = "", code: str = "") -> None:
        super().__init__(en)
        self.message = {"ja": ja, "en": en}
        self.fix = {"ja": fix_ja, "en": fix_en}
        self.code = code or type(self).code

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error cross from a worker process: pickle would call the class with the English sentence alone."""
        return _again, (type(self), self.message, self.fix, self.code)

    def told(self, lang: str) -> dict[str, str]:
        """Return `code`, `message` and `fix` for a reader of Japanese (ja) or English (any other language)."""
        key = "ja" if lang == "ja" else "en"
        return {"code": self.code, "message": self.message[key], "fix": self.fix[key]}

    def in_language(self, lang: str) -> str:
        """Return the sentence and the advice as one line."""
        told = self.told(lang)
        return " ".join(part for part in (told["message"], told["fix"]) if part)


def _again(cls: type[MachizuError], message: dict[str, str], fix: dict[str, str], code: str) -> MachizuError:
    error = cls.__new__(cls)
    MachizuError.__init__(error, message["ja"], message["en"], fix_ja=fix["ja"], fix_en=fix["en"], code=code)
    return error


class DefinitionError(MachizuError):
    """A dataset definition or code list is wrong."""

    code = "definition"


class SettingError(MachizuError):
    """machizu.toml is wrong."""

    code = "setting"


class RecipeError(MachizuError):
    """A recipe is wrong."""

    code = "recipe"


class UsageError(MachizuError):
    """A path, option or name given on the command line is wrong."""

    code = "usage"


class UnusableSource(MachizuError):
    """A file handed in cannot be read as a table at all (empty, a PDF, a missing part)."""

    exit_code = 1
    code = "unusable-source"


class CheckFailed(MachizuError):
    """Findings stand in the way of publication, or a verification failed."""

    exit_code = 1
    code = "check-failed"


class OutsideError(MachizuError):
    """A portal, the network or the disk failed."""

    exit_code = 3
    code = "outside"


class DisclosureRefused(MachizuError):
    """The gate refuses: something would leave that must not."""

    exit_code = 4
    code = "disclosure"


class MustWait(MachizuError):
    """A person, a date or another run's lock has to be waited for."""

    exit_code = 5
    code = "wait"


def nearest(given: str, valid: Iterable[str]) -> str | None:
    """Return the valid name that most resembles what was given, or None."""
    found = get_close_matches(given, list(valid), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(given: str, valid: Iterable[str]) -> tuple[str, str]:
    """Return the question that follows a refusal, in Japanese and English; both empty where nothing resembles it.

    >>> did_you_mean("tittle", ["title", "key"])
    ('「title」ではありませんか。', " Did you mean 'title'?")
    """
    near = nearest(given, valid)
    return (f"「{near}」ではありませんか。", f" Did you mean {near!r}?") if near else ("", "")


def not_written(name: str) -> OutsideError:
    """Return what is said when a library could not write a file of ours, mostly because the disk is full."""
    return OutsideError(
        f"{name} を書き出せません。",
        f"{name} cannot be written.",
        fix_ja="ディスクの空きと故障を確かめて、もう一度実行してください。",
        fix_en="See whether the disk is full or failing, and run again.",
        code="written-wrong",
    )


def of_system(problem: OSError) -> OutsideError:
    """Return what is said when the system could not read or write a file."""
    where = problem.filename or ""
    return OutsideError(
        f"ファイルを読み書きできません: {where} ({problem.strerror})",
        f"Cannot read or write {where}: {problem.strerror}",
        fix_ja="ディスクの空き、権限、ファイルが開かれていないかを確かめてください。",
        fix_en="Check free space, permissions and whether the file is open elsewhere.",
        code="system",
    )
