"""Sober prose to count false alarms in: the documentation that packages ship in their source distributions.

`python -m benchmarks.sober FOLDER` downloads them and lays their Markdown, reStructuredText and text below FOLDER/infra and FOLDER/ml; then
`python -m benchmarks.wording --corpus FOLDER/infra --corpus FOLDER/ml` counts. Nothing of it is kept in this repository.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tarfile

ML = """
mlflow fairlearn imbalanced-learn sktime pymc evidently great-expectations dvc feast kedro optuna lifelines xarray
"""
INFRA = """
celery Django Flask requests gunicorn dask distributed networkx psycopg pymongo attrs pip setuptools pipx pytest myst-parser Sphinx mkdocs ansible-core
prometheus_client kombu alembic luigi prefect jupyter_client nbconvert papermill fastapi starlette uvicorn pydantic httpx
"""
LEFT_OUT = re.compile(
    r"change|licen[cs]e|news|release|/test|requirement|history|authors|whats|sources.txt|top_level|entry_points|vendor|template|copying|notice|robots"
)
FEWEST, MOST = 150, 12_000
"""Words of a file that counts, and of a package after which no more is taken."""


def main() -> None:
    """Fill the folder that the command line names."""
    folder = pathlib.Path(sys.argv[1])
    for kind, names in (("ml", ML.split()), ("infra", INFRA.split())):
        for name in names:
            archives = folder / "sdists"
            archives.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(archives), name]
            if subprocess.run(command, check=False, capture_output=True, timeout=300).returncode:
                print(f"{name}: can't be downloaded here")
        for archive in sorted((folder / "sdists").glob("*.tar.gz")):
            package = re.sub("[-_.]+", "-", archive.name.rpartition("-")[0]).lower()
            if package in {re.sub("[-_.]+", "-", name).lower() for name in names}:
                _take(archive, folder / kind, package)


def _take(archive: pathlib.Path, folder: pathlib.Path, package: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    taken: collections.Counter[str] = collections.Counter()
    with tarfile.open(archive) as files:
        for member in sorted(files.getmembers(), key=lambda member: member.name):
            low = member.name.lower()
            if not member.isfile() or not low.endswith((".md", ".rst", ".txt")) or LEFT_OUT.search(low) or (low.endswith(".txt") and "/docs/" not in low):
                continue
            content = files.extractfile(member)
            text = content.read().decode(errors="replace") if content else ""
            words = len(text.split())
            if words >= FEWEST and taken[package] <= MOST:
                taken[package] += words
                name = re.sub(r"[^\w.]+", "_", member.name.partition("/")[2])
                (folder / f"{package}__{name}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
