# Every target works alone in a bare clone: Python 3.11 and make are all that it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup run test test-bare check checked-form checked-lint checked-types checked-layers checked-house docs reference notebooks dist release-check gains confidence candidates bench bench-cluster bench-commits fuzz linear soak s3 audit scores gold-package differences no-dates undated jlawcite second-opinion screenshots gallery lock clean
setup: $(STAMP)

# The lock holds all that is needed (pip check says so), so its packages need not wait for each other: four are installed at a time.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if v >= (3, 11) else "hakusho needs Python 3.11 or newer, and this is %d.%d: set PYTHON=python3.11 (or newer)" % v)'
	@if [ -L $(VENV) ]; then echo "$(VENV) is a link, and to set it up would empty what it leads to: remove the link (rm $(VENV)), then run make again" >&2; exit 1; fi
	$(PYTHON) -m venv --clear $(VENV)
	awk '/^[^ #]/ { n += 1 } { print > ("$(VENV)/" n % 4 ".txt") }' requirements.lock
	printf '%s\n' 0 1 2 3 | xargs -P 4 -I {} $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/{}.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip --disable-pip-version-check check
	@touch $@

run: setup
	$(BIN)/hakusho run corpus -o outputs

# On all processors; WORKERS=0 runs the tests one after the other, in one process.
WORKERS ?= auto
test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# All tests as on a machine that never ran anything of the kind: an empty home, no temporary files, no caches.
# Those that start Ray run alone and once more beside another cluster, in a process of their own.
test-bare: export PIP_NO_CACHE_DIR = 1
test-bare: setup
	$(BIN)/python -m tools.bare -n $(WORKERS) --dist worksteal

# make check -j2 does two at a time.
check: checked-types checked-form checked-lint checked-layers checked-house
checked-types: setup
	$(BIN)/mypy
checked-form: setup
	$(BIN)/ruff format --check .
checked-lint: setup
	$(BIN)/ruff check .
checked-layers: setup
	$(BIN)/lint-imports
checked-house: setup
	$(BIN)/python -m tools.house

# The documentation as a site, in build/docs: no network, and a warning is an error.
docs: setup reference
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html docs build/docs
	@echo "open build/docs/index.html"

# The pages of the documentation that are made from the program.
reference: setup
	$(BIN)/python -m tools.make_reference
	$(BIN)/python -m tools.make_errors
	$(BIN)/python -m tools.make_formats
	$(BIN)/python -m tools.licences
	$(BIN)/python -m tools.make_messages

# What the working tree finds otherwise than BASE (a commit, branch or tag), on the corpus.
BASE ?= HEAD
gains: setup
	$(BIN)/python -m tools.gains $(BASE)

# Fits the weights of evidence (pipeline/data/confidence.*) on the gold of the split dev, and draws their figure.
# TEXTS: a folder with the texts of the stand-off gold, which are not shipped.
confidence: setup
	$(BIN)/python -m tools.fit_confidence $(TEXTS)

# Fits the weights of candidates, and measures them on documents left out.
candidates: setup
	$(BIN)/python -m tools.fit_candidates

# Wheel and source archive, in dist/: the wheel is built from the source archive, and nothing is downloaded.
# The same commit gives the same bytes.
dist: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1580601600)
dist: setup
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist .

# Is this a release that could go out today? What comes out of dist is installed in bare environments, as people do, and tried;
# build/release then holds what goes with it. HAKUSHO_HOME: where the repository is to be read (https://host/owner/name).
release-check: dist docs notebooks build/tools/.installed
	$(BIN)/python -m pytest -q tests/docs/test_notebooks.py tests/project
	$(BIN)/python -m tools.release_check

build/tools/.installed: tools/locked/release.txt | setup
	$(BIN)/python -m venv --clear build/tools
	build/tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/locked/release.txt
	@touch $@

# What ours is compared with is installed apart, in build/bench: nothing else needs it.
bench: setup build/bench/.installed
	$(BIN)/python -m tools.benchmark

# This state against the commit BASE (HEAD is this one without what is not committed), in turn; adds to docs/project/speed_history.csv.
bench-commits: setup
	$(BIN)/python -m tools.benchmark_commits $(BASE)

# The pictures of the documentation, in docs/pictures. Needs Chromium and a Japanese font.
screenshots: setup
	$(BIN)/python -m tools.screenshots

# The figures of the gallery (docs/gallery.md), of a run over the papers in TEXTS, which are not shipped.
gallery: setup
	$(BIN)/hakusho run $(TEXTS) -o build/gallery --analyzer sudachi --format csv
	$(BIN)/python -m tools.gallery build/gallery

# What a learned model would add to the rules that find organizations (docs/decisions.md says what came of it).
second-opinion: setup build/bench/.installed
	$(BIN)/python -m tools.second_opinion $(TEXTS)

build/bench/.installed: tools/locked/bench.txt | setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target build/bench --require-hashes -r tools/locked/bench.txt
	@touch $@

# PRICE: of one processor for one hour.
PRICE ?= 0.05
bench-cluster: setup
	$(BIN)/python -m tools.cluster_benchmark --price $(PRICE)

# Coverage-guided fuzzing for SECONDS a target; atheris is installed beside the locked packages.
SECONDS ?= 60
fuzz: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/locked/fuzz.txt
	for target in $$($(BIN)/python -c "import tools.fuzz; print(*tools.fuzz.TARGETS)"); do $(BIN)/python -m tools.fuzz $$target $(SECONDS) || exit 1; done

# Every word of our grammars and every fourth registered name, repeated: the work grows with the text. PART (0 to 5) says
# how each is repeated, and which names; at night the public workflow takes another one each day.
PART ?= 0
linear: setup
	$(BIN)/python -m tools.linear --part $(PART)
	$(BIN)/python -m tools.linear --part $(PART) --registered --every 4

# Runs over DOCUMENTS that are killed, stopped and started again, while inputs change: no byte is lost.
DOCUMENTS ?= 3000
soak: setup
	$(BIN)/python -m tools.soak $(DOCUMENTS)

# Inputs and results on a server that speaks S3, over HTTP on this machine. The server and s3fs are installed apart, in build/s3:
# they need an older python-dateutil than the locked one.
s3: setup build/s3/.installed
	PYTHONPATH=build/s3 $(BIN)/python -m pytest -q tests/runs/test_s3.py

build/s3/.installed: tools/locked/s3.txt | setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --upgrade --target build/s3 --require-hashes -r tools/locked/s3.txt
	@touch $@

# Known faults of the locked packages; asks an advisory service (PyPI, else OSV), so it needs a network. Exit code 2 of the
# script: nobody answered, and nothing was audited.
audit: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/locked/audit.txt
	$(BIN)/python -m tools.audit

# TEXTS: a folder with the texts of the stand-off gold, which are not shipped.
scores: setup build/bench/.installed
	$(BIN)/python -m tools.scores $(TEXTS)

# The gold as a data package, in build/gold; with the texts of the stand-off gold where TEXTS holds them.
gold-package: setup
	$(BIN)/python -m tools.gold_package $(TEXTS)

# Writes notebooks/*.ipynb from the scripts beside them, without outputs.
notebooks: setup
	$(BIN)/python -m tools.make_notebooks

# What is no date, by kind, with its share of the texts of TEXTS (else of the corpus): docs/project/no_dates.md. Minutes.
no-dates: setup
	$(BIN)/python -m tools.no_dates $(TEXTS)

# The dates of the gold in texts whose reference dates are not told: what is then wrong without a flag. TEXTS: as of scores.
undated: setup
	$(BIN)/python -m tools.undated $(TEXTS)

# Our values of dates beside those of other readers, on our own sentences: docs/project/date_differences.md.
differences: setup build/bench/.installed
	$(BIN)/python -m tools.date_differences

jlawcite: setup build/bench/.installed
	$(BIN)/python -m tools.jlawcite_table

# requirements.lock, lean.txt out of it, and the tools that the targets above install. Locked versions are kept; `make lock COMPILE=--upgrade` raises them.
COMPILE ?=
lock:
	$(BIN)/python -m pip install --quiet --require-hashes -r tools/locked/lock.txt
	$(BIN)/uv pip compile $(COMPILE) $(LOCKED) --extra dev -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCKED) --group lean --constraint requirements.lock -o lean.txt
	for tool in audit fuzz lock; do $(BIN)/uv pip compile $(COMPILE) $(LOCKED) --group $$tool --constraint requirements.lock -o tools/locked/$$tool.txt || exit 1; done
	for tool in bench release s3; do $(BIN)/uv pip compile $(COMPILE) $(LOCKED) --group $$tool -o tools/locked/$$tool.txt || exit 1; done

LOCKED := --quiet --universal --python-version 3.11 --generate-hashes --no-header

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
