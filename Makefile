# Two commands do everything: `make demo` and `make test`. Both set up what is missing, end by themselves, and may be run again.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup demo try test check nightly bench quality model messages lock clean
.DEFAULT_GOAL := demo

setup: $(READY)

$(READY): requirements.lock pyproject.toml setup.sh
	sh setup.sh $(VENV)
	touch $@

demo: $(READY)
	$(BIN)/qingqun demo --out build/demo
	$(BIN)/qingqun play --data build/demo/hub --pictures build/demo/report/hub

# The hub of the demo's street office, until stopped; accounts are printed, the clock stands on a Saturday evening.
try: $(READY)
	$(BIN)/qingqun play --keep --data build/demo/hub

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -n 2 -m "not nightly"

# Hours: what is slow, shortest first, then the attacks (ATTACK_SHARE=0.1 for a tenth of them), then the large measurements.
# Nothing else runs beside the measurements; each part runs though an earlier one failed, and the whole fails then.
nightly: $(READY)
	status=0; \
	$(BIN)/pytest -m nightly --ignore tests/faults || status=1; \
	$(BIN)/pytest -m nightly tests/faults || status=1; \
	$(BIN)/python bench/audit.py --messages 10000000 || status=1; \
	$(BIN)/python bench/hub.py --inbox 10000000 || status=1; \
	exit $$status

bench: $(READY)
	$(BIN)/python bench/audit.py

quality: $(READY)
	$(BIN)/python bench/quality.py

# Trains the learned half of the labels, the plain facts and the deadlines from data/; what training needs is installed beside the rest.
model: $(READY)
	$(BIN)/pip install -q --require-hashes -r requirements-train.lock
	$(BIN)/python training/train.py
	$(BIN)/python training/cues.py
	$(BIN)/python training/moments.py

# Gathers every text for people into the English catalogue and compiles it; the .po is edited by hand.
PO := qingqun/locale/en/LC_MESSAGES/qingqun
messages: $(READY)
	$(BIN)/pybabel -q extract -F babel.cfg -k later --no-location --omit-header -w 140 -o build/qingqun.pot .
	$(BIN)/pybabel -q update -D qingqun -l en -i build/qingqun.pot -o $(PO).po --no-fuzzy-matching --omit-header -w 140 --init-missing
	$(BIN)/pybabel -q compile -f -i $(PO).po -o $(PO).mo

# Only whoever renews the lock needs uv; installing is plain pip.
lock:
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --universal -o requirements.lock
	uv pip compile pyproject.toml --extra train --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --universal -c requirements.lock -o requirements-train.lock
	uv pip compile pyproject.toml --extra matrix --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --universal -c requirements.lock -o requirements-matrix.lock

clean:
	rm -rf build $(VENV)
