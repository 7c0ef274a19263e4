# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4 · Feed a downstream table
#
# A run over a folder writes typed Parquet files. Here they become tables of a database for people who never see this code. DuckDB reads
# the files directly, and so does Polars, without SQL. You need not convert any file of a run.

# %%
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import polars as pl
from IPython.display import Markdown, display

CORPUS = next(folder for folder in (Path("../corpus"), Path("corpus")) if folder.is_dir())
scratch = tempfile.TemporaryDirectory()
RUN = Path(scratch.name) / "run"

# %% [markdown]
# ## The run
#
# In a shell this is `hakusho run texts/ -o run --analyzer sudachi --format parquet`. The texts are those of notebook 3.

# %%
with (CORPUS / "samples/manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
    dev = [CORPUS / "samples" / row["file"] for row in csv.DictReader(stream) if row["split"] == "dev"]
texts = [CORPUS / "defense_white_paper_h26_III-2-2.txt", *dev]
command = ["run", *texts, "-o", RUN, "--analyzer", "sudachi", "--format", "parquet"]
process = subprocess.run(
    [sys.executable, "-m", "pipeline", *map(str, command)],
    capture_output=True,
    text=True,
    encoding="utf-8",
    check=False,
)
assert process.returncode == 0, process.stderr
files = sorted(str(path.relative_to(RUN)) for path in RUN.rglob("*.parquet"))
print(f"{len(files)} Parquet files:", *files[:8], "…", sep="\n")

# %% [markdown]
# ## DuckDB: a database of four tables
#
# One glob names all documents. A list (`article`, `flags`) is a list, a day is a `DATE`; you need not parse anything.

# %%
database = duckdb.connect(str(Path(scratch.name) / "hakusho.duckdb"))
for table in ("entities", "dates", "laws", "sentences"):
    database.execute(
        f"CREATE TABLE {table} AS SELECT * FROM read_parquet(?)", [f"{RUN.as_posix()}/*/{table}.parquet"]
    )
database.execute(
    "CREATE TABLE documents AS SELECT * FROM read_parquet(?)", [f"{RUN.as_posix()}/documents.parquet"]
)
database.sql(
    "SELECT table_name, column_count, estimated_size AS rows FROM duckdb_tables() ORDER BY table_name"
).df()

# %% [markdown]
# Before we count, we check the tables against each other: every key is unique, every mention has its sentence and its document, and no
# mention is lost on the way.

# %%
CHECKS = {
    "a mention has one key": "SELECT count(*) - count(DISTINCT (doc_id, entity_id)) FROM entities",
    "every mention has its sentence": "SELECT count(*) FROM entities ANTI JOIN sentences USING (doc_id, sentence_id)",
    "every mention has its document": "SELECT count(*) FROM entities ANTI JOIN documents USING (doc_id)",
    "documents count their mentions right": """
        SELECT count(*) FROM documents JOIN (SELECT doc_id, count(*) AS found FROM entities GROUP BY doc_id) USING (doc_id) WHERE mentions <> found""",
    "dates and laws are mentions": """
        SELECT count(*) FROM (SELECT doc_id, entity_id FROM dates UNION ALL SELECT doc_id, entity_id FROM laws) ANTI JOIN entities USING (doc_id, entity_id)""",
    "an antecedent is a mention of the same document": """
        SELECT count(*) FROM entities AS e WHERE antecedent <> '' AND NOT EXISTS
        (SELECT 1 FROM entities AS a WHERE a.doc_id = e.doc_id AND a.entity_id = e.antecedent)""",
}
broken = {name: database.sql(query).fetchall()[0][0] for name, query in CHECKS.items()}
assert not any(broken.values()), broken
display(Markdown("\n".join(f"- {name}: holds" for name in broken)))

# %% [markdown]
# ## Three questions in SQL
#
# **Which laws are cited in more than one paper?** By the title of today, so that a renamed law counts once.

# %%
database.sql("""
    SELECT coalesce(nullif(title_today, ''), norm) AS law, any_value(nullif(law_num, '')) AS number,
           count(DISTINCT doc_id) AS papers, count(*) AS mentions, list_sort(list(DISTINCT publisher)) AS publishers
    FROM laws JOIN documents USING (doc_id)
    WHERE norm <> ''
    GROUP BY law HAVING papers > 1
    ORDER BY papers DESC, mentions DESC, law LIMIT 10
""").df()

# %% [markdown]
# **What happened in a decade, and who was there?** A sentence that names a day of that decade and an organization connects the two.

# %%
database.sql("""
    WITH told AS (SELECT DISTINCT doc_id, sentence_id, year // 10 * 10 AS decade FROM dates WHERE year IS NOT NULL),
    bodies AS (
        SELECT decade, norm, count(*) AS n FROM told JOIN entities USING (doc_id, sentence_id) WHERE label = 'ORG' GROUP BY ALL
    )
    SELECT decade, (SELECT count(*) FROM told AS t WHERE t.decade = bodies.decade) AS sentences, list(norm ORDER BY n DESC, norm)[:3] AS names
    FROM bodies GROUP BY decade ORDER BY decade
""").df()

# %% [markdown]
# **Where in the text?** The sentence as it reads, with the mention's place in the raw file, so that anybody can check a row.

# %%
database.sql("""
    SELECT e.doc_id, e.start, e."end", e.text, e.article[1] AS article, s.surface AS sentence
    FROM entities AS e JOIN sentences AS s USING (doc_id, sentence_id)
    WHERE e.label = 'LAW' AND len(e.article) > 0 AND e.doc_id LIKE 'defense_white%'
    ORDER BY e.start LIMIT 5
""").df()

# %% [markdown]
# ## Hand it on
#
# A table for a dashboard: mentions by ministry, year spoken of, and kind; written as one Parquet file and read back. We compare the sums
# to check that no figure is lost.

# %%
handed = Path(scratch.name) / "mentions_by_year.parquet"
database.execute(f"""
    COPY (
        SELECT publisher, year, granularity, count(*) AS mentions, count(*) FILTER (len(flags) > 0) AS flagged
        FROM dates JOIN documents USING (doc_id) WHERE year IS NOT NULL GROUP BY ALL ORDER BY ALL
    ) TO '{handed.as_posix()}' (FORMAT parquet)
""")
back = pl.read_parquet(handed)
total = database.sql("SELECT count(*) FROM dates WHERE year IS NOT NULL").fetchall()[0][0]
assert back["mentions"].sum() == total
display(
    Markdown(
        f"{back.height} rows hold {total} dated mentions of {back['publisher'].n_unique()} publishers, {back['flagged'].sum()} flagged."
    )
)
back.head(5)

# %% [markdown]
# ## The same with Polars
#
# Polars scans all files lazily, and reads only the columns that the query needs.

# %%
entities = pl.scan_parquet(f"{RUN.as_posix()}/*/entities.parquet")
documents = pl.scan_parquet(f"{RUN.as_posix()}/documents.parquet")
by_publisher = (
    entities.with_columns(pl.col("label").cast(pl.String))
    .join(documents.select("doc_id", "publisher"), on="doc_id")
    .group_by("publisher", "label")
    .agg(pl.len().alias("mentions"), pl.col("norm").n_unique().alias("names"))
    .sort("publisher", "label")
    .collect()
)
assert by_publisher["mentions"].sum() == database.sql("SELECT count(*) FROM entities").fetchall()[0][0]
by_publisher.pivot("label", index="publisher", values="mentions").fill_null(0).sort("publisher")

# %%
database.close()
scratch.cleanup()
