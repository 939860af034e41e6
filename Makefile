# `make demo` and `make test` set up all they need: Python 3.11 or later, make and the package registries are enough.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export NO_MKDOCS_2_WARNING := 1
# The language server runs in a process of its own, as editors start it; what is only reached there isn't counted.
SERVED := lint/mlvalue/lsp/features.py,lint/mlvalue/lsp/server.py,lint/mlvalue/lsp/wire.py,lint/mlvalue/lsp/folders.py,lint/mlvalue/lsp/lens.py
.PHONY: demo test serve bench measure compare pictures clean

demo: .venv/demo
	@mlvalue lint > .venv/lint.txt || { cat .venv/lint.txt; exit 1; }
	@mkdocs build --strict --quiet
	@echo "mlvalue lint: $$(tail -n 1 .venv/lint.txt)"
	@echo "The site is in $(CURDIR)/site: $$(find site/designs -name index.html | wc -l) design documents, the portfolio is site/portfolio/index.html."
	@echo "Look at it with: make serve (then open http://127.0.0.1:8000/portfolio/)"

serve: .venv/demo
	mkdocs serve

test: .venv/dev .venv/node
	pre-commit run --all-files --show-diff-on-failure
	pytest -n auto --dist worksteal --cov --cov-report=
	coverage report
	coverage report --include='lint/*' --omit='$(SERVED)' --fail-under=95 > /dev/null

pictures: .venv/dev
	python docs/pictures.py

bench: .venv/dev
	python -m benchmarks.lint
	python -m benchmarks.throughput

# Needs the package registries; what it prints is shown on docs/wording.md.
measure: .venv/dev
	python -m benchmarks.sober .venv/sober
	python -m benchmarks.measure .venv/sober > .venv/measured.md
	mv .venv/measured.md benchmarks/measured.md

# Needs the package registries, and Node.js for eslint; what it prints is shown on docs/compare.md.
compare: .venv/dev
	python -m benchmarks.compare --install > .venv/compared.md
	mv .venv/compared.md benchmarks/compared.md

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("mlvalue needs Python 3.11 or later, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/demo: .venv/bin/python pyproject.toml
	pip install --quiet --disable-pip-version-check --editable '.[mkdocs]'
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml
	pip install --quiet --disable-pip-version-check --editable '.[mkdocs,dev]'
	@touch $@ .venv/demo

# Node.js itself comes from PyPI, with the rest of what developers need.
.venv/node: tests/lighthouse/package-lock.json tests/lighthouse/package.json | .venv/dev
	@mkdir -p .venv/lighthouse
	@cp $^ .venv/lighthouse
	npm ci --prefix .venv/lighthouse --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

clean:
	rm -rf .venv site build dist
