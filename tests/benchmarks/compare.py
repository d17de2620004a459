"""Compares two checkouts: `.venv/bin/python tests/benchmarks/compare.py BASE_DIR NEW_DIR [--pairs 10]`.

Runs the quick benchmarks of each checkout with its own `./matinee bench`, in alternation, and prints for each figure
the median difference in per cent. Every round runs the base twice; the differences between its two runs are the noise
that a difference has to exceed to mean anything. Figures are read from the printed tables, so the checkouts may differ
in every name.
"""

import argparse
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NOISE_QUANTILE = 0.9
ALLOWED_PERCENT = 3.0


@dataclass(frozen=True)
class Figure:
    """A figure that a benchmark prints.

    Attributes:
        name: the name in the report.
        file: the benchmark.
        pattern: matches the printed line; its group is the figure, for which less is better.
        keyword: selects the test by pytest's `-k`; empty for the whole file.
    """

    name: str
    file: str
    pattern: str
    keyword: str = ""


FIGURES = (
    Figure("start to first paint, ms", "bench_start.py", r"Matinee (\d+) ms"),
    Figure("timeline frame, scroll, ms", "bench_timeline.py", r"scroll +median +([\d.]+) ms", "500-True"),
    Figure("timeline frame, drag, ms", "bench_timeline.py", r"drag, normal +median +([\d.]+) ms", "500-True"),
    Figure("timeline frame, ripple, ms", "bench_timeline.py", r"ripple +median +([\d.]+) ms", "500-True"),
    Figure("committed edit, ms", "bench_library.py", r"committed edit, 500 segments .*?median ([\d.]+) ms", "500"),
    Figure("fan-out, CPU µs per delivery", "bench_fanout.py", r"the hub +([\d.]+)"),
    Figure("late join by Enter, ms", "bench_join.py", r"Enter, from the public page +(\d+)"),
    Figure("late join by Join, ms", "bench_join.py", r"Join, in the room +(\d+)"),
)


def main(arguments: Sequence[str]) -> int:
    """Compare, and return 1 if a figure is slower by more than 3 % and by more than the noise."""
    parser = argparse.ArgumentParser(description="Compare the quick benchmarks of two checkouts.")
    parser.add_argument("base", type=Path, help="the checkout to compare with")
    parser.add_argument("new", type=Path, help="the checkout to judge")
    parser.add_argument("--pairs", type=int, default=10, help="rounds of base, new, base (default 10)")
    parser.add_argument("--only", default="", help="compare only figures whose name contains this text")
    options = parser.parse_args(arguments)
    figures = [figure for figure in FIGURES if options.only in figure.name]
    runs: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for number in range(options.pairs):
        order = ("base", "new", "again") if number % 2 == 0 else ("again", "new", "base")
        found = {each: measure(options.new if each == "new" else options.base, figures) for each in order}
        for figure in figures:
            samples = [found[each].get(figure.name) for each in ("base", "new", "again")]
            if None not in samples:
                runs[figure.name].append((samples[0] or 0.0, samples[1] or 0.0, samples[2] or 0.0))
        print(f"round {number + 1} of {options.pairs} done", file=sys.stderr, flush=True)
    return print_report(figures, runs)


def measure(checkout: Path, figures: Sequence[Figure]) -> Mapping[str, float]:
    """Run the benchmarks of a checkout, and return the figures by name; one that is not printed is missing."""
    found: dict[str, float] = {}
    for file, keyword in dict.fromkeys((figure.file, figure.keyword) for figure in figures):
        command = [str(checkout.resolve() / "matinee"), "bench", f"tests/benchmarks/{file}"]
        if keyword:
            command += ["-k", keyword]
        # A benchmark that misses its own bar fails, but its figures are printed and still count.
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        for figure in figures:
            match = re.search(figure.pattern, done.stdout) if figure.file == file else None
            if match:
                found[figure.name] = float(match[1])
    return found


def print_report(figures: Sequence[Figure], runs: Mapping[str, Sequence[tuple[float, float, float]]]) -> int:
    """Print a line per figure, and return 1 if one is slower by more than 3 % and by more than the noise."""
    print(f"{'':34}{'base':>9}{'new':>9}{'difference':>12}{'base against base':>20}")
    is_slower = False
    for figure in figures:
        rounds = runs.get(figure.name, ())
        if not rounds:
            print(f"{figure.name:34}  not measured: the benchmark printed no such figure in one of the checkouts")
            is_slower = True
            continue
        base = statistics.median(one for pair in rounds for one in (pair[0], pair[2]))
        new = statistics.median(pair[1] for pair in rounds)
        difference = statistics.median(100 * (middle / ((first + last) / 2) - 1) for first, middle, last in rounds)
        noise = sorted(abs(100 * (last / first - 1)) for first, _, last in rounds)
        spread = noise[min(len(noise) - 1, int(len(noise) * NOISE_QUANTILE))]
        print(f"{figure.name:34}{base:9.2f}{new:9.2f}{difference:+11.1f} %{spread:18.1f} %")
        is_slower |= difference > max(ALLOWED_PERCENT, spread)
    return int(is_slower)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
