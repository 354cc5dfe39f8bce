"""prepared/<dataset>/<version>/: where releasing leaves what the site reads of a release and nobody downloads."""

from pathlib import Path

FOLDER = "prepared"
STORE = "serve.sqlite"


def prepared_folder(site: Path, dataset: str, version: str) -> Path:
    """Return where a version's prepared files lie."""
    return site / FOLDER / dataset / version


def store_path(site: Path, dataset: str, version: str) -> Path:
    """Return where its rows lie; there is none of a `view` release."""
    return prepared_folder(site, dataset, version) / STORE


def twin_path(site: Path, dataset: str, version: str, name: str) -> Path:
    """Return where the gzip twin of one of its files lies."""
    return prepared_folder(site, dataset, version) / f"{name}.gz"
