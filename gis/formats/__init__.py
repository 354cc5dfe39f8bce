"""Writers of published files, found by folder: a module with NAME, SUFFIX, MEDIA_TYPE and `write` is a format."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


@cache
def writers() -> dict[str, ModuleType]:
    """Return the writers by module name, e.g. "geojson"; each offers `write(path, cells, types, layer, *, ids)`."""
    modules = {info.name: import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)}
    return {name: module for name, module in sorted(modules.items()) if hasattr(module, "write")}
