"""Run every benchmark, or the ones named: python -m benchmarks [NAME…] [--rows N]."""

import argparse
import pkgutil
from importlib import import_module

import benchmarks

NAMES = [
    info.name for info in pkgutil.iter_modules(benchmarks.__path__) if not info.name.startswith("_") and info.name != "stages"
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], default=NAMES)
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    for name in chosen.names:
        import_module(f"benchmarks.{name}").main(chosen.rows)


if __name__ == "__main__":
    main()
