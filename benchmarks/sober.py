"""Sober prose to count false alarms in: the documentation that packages ship in their source distributions.

`python -m benchmarks.sober FOLDER` downloads them and lays their Markdown, reStructuredText and text below FOLDER in three parts, each with `infra` and `ml`:

- `tuned`: one half of the first packages' files, read while the rules were made;
- `read`: their other half, unread when first measured, and further packages; both were read later and the rules mended by them;
- `unread`: packages that nobody looked into before they were measured; what was wrong there was mended afterwards.

`python -m benchmarks.wording --corpus FOLDER/unread/infra` counts. Nothing of it is kept in this repository.
"""

import collections
import concurrent.futures
import hashlib
import json
import pathlib
import re
import sys
import tarfile
import urllib.request

from packaging.version import InvalidVersion, Version

REGISTRY = "https://pypi.org/simple/"
UNTIL = "2026-11-27"
"""The day of the set, so that everybody who makes it has the same texts: what was published before it counts."""

FIRST = {
    "ml": """
mlflow fairlearn imbalanced-learn sktime pymc evidently great-expectations dvc feast kedro optuna lifelines xarray
""",
    "infra": """
celery Django Flask requests gunicorn dask distributed networkx psycopg pymongo attrs pip setuptools pipx pytest myst-parser Sphinx mkdocs ansible-core
prometheus_client kombu alembic luigi prefect jupyter_client nbconvert papermill fastapi starlette uvicorn pydantic httpx
""",
}
"""Packages of which one half of the files, by a hash of their path, was read while the rules were made."""
FURTHER = {
    "ml": """
pyod bentoml gymnasium skorch featuretools category_encoders mlxtend cleanlab arviz metaflow snorkel yellowbrick pandera tpot pycaret sacred nevergrad
ax-platform langchain llama-index-core openai pytorch-lightning flair textblob evaluate gradio streamlit deepeval ragas interpret lime sacrebleu alibi
eli5 statsforecast
transformers datasets accelerate peft sentence-transformers keras darts umap-learn pgmpy bambi numpyro dask-ml stable-baselines3 torchmetrics captum
alibi-detect nltk hyperopt MAPIE gpytorch botorch stumpy haystack-ai nannyml deepchecks skops gluonts
scikit-image statsmodels gensim prophet tslearn neuralforecast fastai optax chex equinox distrax pyro-ppl blackjax dynesty river scikit-optimize
bayesian-optimization skrub feature-engine tsfresh dowhy econml implicit wandb clearml aim kornia albumentations timm diffusers setfit bertopic keybert
whylogs giskard ludwig lale causalml orbit-ml autograd
""",
    "infra": """
tornado aiohttp click marshmallow rq paramiko invoke Werkzeug Jinja2 structlog urllib3 Scrapy trio anyio waitress pre-commit jupyterhub hatch coverage
netaddr beautifulsoup4 arrow Babel passlib cachetools Faker factory_boy vcrpy zope.interface botocore s3fs elasticsearch docker kubernetes graphene
ariadne litestar quart mkdocs-material buildbot ipython dagster pytest-asyncio aiosqlite jsonschema
django-filter django-cors-headers oauthlib rich-click prompt_toolkit pyinstaller
Twisted bottle pyramid sanic typer rich cattrs redis dramatiq huey APScheduler mongoengine tortoise-orm fsspec joblib loguru pika locust responses h2
hypercorn channels djangorestframework wagtail pelican supervisor ansible-lint cookiecutter watchdog pexpect PyJWT Authlib tenacity poetry pdm flit
black pylint bandit nox twine
tqdm Pygments virtualenv tox build SQLAlchemy peewee pendulum boltons more-itertools toolz sh fabric Pillow lxml bleach whitenoise gevent eventlet nameko
falcon CherryPy Flask-Login django-debug-toolbar django-allauth django-storages pytest-xdist hypothesis behave robotframework moto netmiko textual
questionary dynaconf environs watchfiles strawberry-graphql beanie aiokafka arq psutil mitmproxy salt tomlkit
""",
}
"""Packages that were read and mended by in whole."""
UNREAD = {
    "ml": """
shap dalex aif360 imodels pykeen torch-geometric einops flax mlserver zenml flytekit kfp pymc-marketing linearmodels arch pmdarima scikit-survival lifetimes
zarr intake modin thinc spacy seqeval jiwer lightly pytorch-metric-learning segmentation-models-pytorch opacus ultralytics fiftyone vaex hummingbird-ml
""",
    "infra": """
isort flake8 mypy yamllint codespell aiofiles asyncpg PyMySQL ldap3 paho-mqtt scapy dnspython cryptography certbot google-auth boto3 apache-libcloud
openstacksdk python-telegram-bot slack-bolt pytest-django nose2 schemathesis jedi pyinfra nats-py websockets trustme humanize freezegun
Django-Q2 wtforms itsdangerous pyroute2 pygit2 GitPython dulwich docker-compose sentry-sdk opentelemetry-api
""",
}
"""Packages that were measured before anything of theirs was read, the last of three such sets."""
PARTS = ("tuned", "read", "unread")
LEFT_OUT = re.compile(
    r"change|licen[cs]e|news|release|/test|requirement|history|authors|whats|sources.txt|top_level|entry_points|vendor|template|copying|notice|robots"
)
FEWEST, MOST = 150, 12_000
"""Words of a file that counts, and of a package after which no more is taken."""


def main() -> None:
    """Fill the folder that the command line names."""
    folder = pathlib.Path(sys.argv[1])
    archives = folder / "sdists"
    archives.mkdir(parents=True, exist_ok=True)
    for kinds, part in ((FIRST, ""), (FURTHER, "read"), (UNREAD, "unread")):
        for kind, names in kinds.items():
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                for name, archive in zip(names.split(), pool.map(lambda name: _download(name, archives), names.split()), strict=True):
                    if archive:
                        _take(archive, folder, (part, kind), _plain(name))
                    else:
                        print(f"{name}: no source distribution of {UNTIL} or before")


def _plain(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def _download(name: str, archives: pathlib.Path) -> pathlib.Path | None:
    """The newest source distribution of a package at the set's day: taken as it is, for nothing of it is run.

    Raises:
        OSError: if the registry can't be reached, or sends something else than it promised.
    """
    request = urllib.request.Request(f"{REGISTRY}{_plain(name)}/", headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        files = json.load(answer)["files"]
    found = [
        (version, file)
        for file in files
        if file["filename"].endswith(".tar.gz") and not file.get("yanked") and file.get("upload-time", "") < UNTIL and (version := _version(file["filename"]))
    ]
    if not found:
        return None
    _, newest = max(found, key=lambda pair: pair[0])
    kept = archives / newest["filename"]
    if not kept.is_file():
        with urllib.request.urlopen(newest["url"], timeout=300) as answer:
            content = answer.read()
        if hashlib.sha256(content).hexdigest() != newest["hashes"]["sha256"]:
            raise OSError(f"{newest['url']} isn't what the registry says it is")
        kept.write_bytes(content)
    return kept


def _version(filename: str) -> Version | None:
    """The version of a source distribution, none where it is a trial one."""
    try:
        found = Version(filename.removesuffix(".tar.gz").rpartition("-")[2])
    except InvalidVersion:
        return None
    return None if found.is_prerelease else found


def _take(archive: pathlib.Path, folder: pathlib.Path, place: tuple[str, str], package: str) -> None:
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
                target = folder / (place[0] or _half(member.name)) / place[1]
                target.mkdir(parents=True, exist_ok=True)
                (target / f"{package}__{name}").write_text(text, encoding="utf-8")


def _half(name: str) -> str:
    return PARTS[int(hashlib.md5(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2]


if __name__ == "__main__":
    main()
