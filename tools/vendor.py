"""Vendor the map's outside scripts: fetch the locked packages with npm, verify their sha512, copy or bundle what is needed
into api/web/static/vendor/ and write its manifest (sha384 and licence of every file).

    python tools/vendor.py            make the folder anew
    python tools/vendor.py --check    exit 1 if the folder is not what the lock makes

A new version: change it in vendor.lock.json with an empty integrity, run, and read the difference before committing it.
Runs on Linux x64 (the bundler is a native program); nothing of it is needed to install or run machizu.
"""

import argparse
import base64
import filecmp
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha384, sha512
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("vendor.lock.json")
TARGET = Path(__file__).parents[1] / "api" / "web" / "static" / "vendor"
MANIFEST = "manifest.json"


def main() -> int:
    """Make the vendored folder, or compare it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        made = make(json.loads(LOCK.read_text("utf-8")), Path(room))
        if wanted.check:
            differing = _differing(made, TARGET)
            print("\n".join(differing) or "vendor: as locked")
            return 1 if differing else 0
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(made, TARGET)
    return 0


def make(lock: dict[str, Any], room: Path) -> Path:
    """Return a folder with everything the lock names, made inside `room`."""
    modules, made = room / "node_modules", room / "vendor"
    for package in (*lock["packages"], lock["bundler"]):
        _unpack(_fetch(package, room), modules / package["name"])
    for package in lock["packages"]:
        for source, target in package["files"].items():
            _copy(modules / package["name"] / source, made / target)
    for name, entry in lock["bundles"].items():
        _bundle(entry, room, modules / lock["bundler"]["name"], made / name)
    (made / MANIFEST).write_text(json.dumps(_manifest(lock, made), indent=1) + "\n", "utf-8")
    return made


def _fetch(package: dict[str, Any], room: Path) -> Path:
    """Download one package's archive; stop when it is not the one that was locked."""
    name = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", name, "--json"]
    told = subprocess.run(command, cwd=room, check=True, capture_output=True, text=True)  # noqa: S603  (names of the lock)
    archive = room / str(json.loads(told.stdout)[0]["filename"])
    found = "sha512-" + base64.b64encode(sha512(archive.read_bytes()).digest()).decode()
    if found != package["integrity"]:
        raise SystemExit(f"{name}: the lock says {package['integrity'] or 'nothing'}, the registry sent {found}")
    return archive


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as members:
        members.extractall(folder.with_suffix(".part"), filter="data")
    shutil.move(folder.with_suffix(".part") / "package", folder)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _bundle(entry: str, room: Path, bundler: Path, target: Path) -> None:
    """Join the exports that `entry` names, with all they import, into one minified ES module."""
    (room / "entry.js").write_text(entry, "utf-8")
    options = ["--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=none", "--log-level=warning"]
    command = [str(bundler / "bin" / "esbuild"), "entry.js", *options, f"--outfile={target}"]
    subprocess.run(command, cwd=room, check=True)  # noqa: S603  (the locked program)


def _manifest(lock: dict[str, Any], made: Path) -> dict[str, Any]:
    packages = [{key: package[key] for key in ("name", "version", "licence")} for package in lock["packages"]]
    files = sorted(path for path in made.rglob("*") if path.is_file())
    return {"format": 1, "packages": packages, "files": {path.relative_to(made).as_posix(): _sha384(path) for path in files}}


def _sha384(path: Path) -> str:
    return "sha384-" + base64.b64encode(sha384(path.read_bytes()).digest()).decode()


def _differing(made: Path, stood: Path) -> list[str]:
    """Return the names that are not the same in both folders."""
    names = {path.relative_to(root).as_posix() for root in (made, stood) for path in root.rglob("*") if path.is_file()}
    return sorted(n for n in names if not (stood / n).is_file() or not (made / n).is_file() or not _same(made / n, stood / n))


def _same(one: Path, other: Path) -> bool:
    return filecmp.cmp(one, other, shallow=False)


if __name__ == "__main__":
    sys.exit(main())
