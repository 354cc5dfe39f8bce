"""Run every benchmark, or the ones named: python -m benchmarks [NAME…] [--rows N]."""

import argparse
import pkgutil
from collections.abc import Sequence
from importlib import import_module

import benchmarks

NAMES = [
    info.name for info in pkgutil.iter_modules(benchmarks.__path__) if not info.name.startswith("_") and info.name != "stages"
]


def wanted(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return which benchmarks are to be run (`names`) on how many `rows`; exits with the names there are on an unknown one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args(arguments)
    if unknown := sorted(set(chosen.names) - set(NAMES)):
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(NAMES)}")
    chosen.names = chosen.names or NAMES
    return chosen


def main() -> None:
    chosen = wanted()
    for name in chosen.names:
        import_module(f"benchmarks.{name}").main(chosen.rows)


if __name__ == "__main__":
    main()
