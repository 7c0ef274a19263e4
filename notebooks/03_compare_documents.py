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
# # 3 · Laws, organizations and dates over several documents
#
# We compare white papers of different ministries and decades: what do they speak of, how far do they look back, which bodies and laws do
# they share? The texts are the chapter of the 防衛白書 and the half of the samples that may be looked at (`dev`): passages in the manner of
# other white papers, written for this project, with true facts. They are short, so the notebook shows methods rather than results
# about Japan's ministries. Set `PATHS` to a folder of your own, and all figures and sentences change with it.

# %%
import csv
import re
from pathlib import Path

import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401 - gives matplotlib a Japanese font
import numpy as np
import pandas as pd
from IPython.display import Markdown, display

import pipeline

CORPUS = next(folder for folder in (Path("../corpus"), Path("corpus")) if folder.is_dir())
COLOURS = {"ORG": "#0072B2", "DATE": "#D55E00", "LAW": "#009E73"}
NAMES = {"ORG": "組織", "DATE": "日付", "LAW": "法令"}

with (CORPUS / "samples/manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
    dev = [CORPUS / "samples" / row["file"] for row in csv.DictReader(stream) if row["split"] == "dev"]
PATHS = [CORPUS / "defense_white_paper_h26_III-2-2.txt", *dev]

analyze = pipeline.load(analyzer="sudachi")
documents = sorted(analyze.pipe(PATHS), key=lambda document: document.source.reference_date)
sources = pd.DataFrame(
    [
        (
            d.source.doc_id,
            re.sub("（.*", "", d.source.title),
            d.source.publisher,
            d.source.edition,
            d.source.reference_date,
            len(d.source.raw),
        )
        for d in documents
    ],
    columns=["doc_id", "title", "publisher", "edition", "day", "characters"],
)
sources["name"] = sources["publisher"] + " " + sources["edition"].str.replace("防衛白書", "")
sources = sources.set_index("doc_id")
entities = pd.concat([document.to_frame() for document in documents], ignore_index=True)
dates = pd.concat([document.to_frame("dates") for document in documents], ignore_index=True)
laws = pd.concat([document.to_frame("laws") for document in documents], ignore_index=True)
sources[["title", "publisher", "edition", "day", "characters"]]

# %% [markdown]
# ## How dense are names, dates and laws?
#
# Documents differ in length, so we count per thousand characters.

# %%
density = pd.crosstab(entities["doc_id"], entities["label"]).reindex(sources.index)[list(COLOURS)]
density = density.div(sources["characters"], axis=0) * 1000
fig, axes = plt.subplots(1, 3, figsize=(9.5, 0.3 * len(sources) + 1.3), sharey=True)
for ax, label in zip(axes, COLOURS, strict=True):
    ax.barh(sources["name"], density[label], color=COLOURS[label])
    ax.axvline(density[label].median(), color="#1d2330", ls=":", lw=1)
    ax.set(title=f"{NAMES[label]}（千字あたり）")
    ax.spines[["top", "right"]].set_visible(False)
axes[0].invert_yaxis()
fig.tight_layout()
plt.show()

most = density.idxmax()
display(
    Markdown(
        "; ".join(
            f"densest in {NAMES[label]}: {sources.loc[most[label], 'name']} ({density[label].max():.0f} per thousand characters, median "
            f"{density[label].median():.0f})"
            for label in COLOURS
        )
    )
)

# %% [markdown]
# ## How far do they look back?
#
# For every date: how many years before the document's reference date does it begin? White papers report on the past year, and tell
# the history of their subject; the plot shows both.

# %%
dates["written"] = pd.to_datetime(dates["doc_id"].map(sources["day"])).dt.year
dates["back"] = dates["written"] - dates["year"]
known = dates.dropna(subset="back").astype({"back": int})
rng = np.random.default_rng(0)  # points of one year are set a little apart
fig, ax = plt.subplots(figsize=(9.5, 0.34 * len(sources) + 1.3))
for place, doc_id in enumerate(sources.index):
    back = known.loc[known["doc_id"] == doc_id, "back"]
    ax.plot(-back, place + rng.uniform(-0.25, 0.25, len(back)), "o", ms=4, alpha=0.45, color=COLOURS["DATE"])
    ax.plot(-back.median(), place, "|", ms=16, mew=2.5, color="#1d2330")
ax.axvline(0, color="#5b6475", ls=":", lw=1)
ax.set_xscale("symlog", linthresh=5)
ticks = [-100, -50, -20, -10, -5, -2, 0, 2, 5, 20]
ax.set(
    yticks=range(len(sources)),
    xticks=ticks,
    xlabel="文書の年からの隔たり（年；縦線は中央値）",
    title="白書はいつのことを語るか",
)
ax.set_xticklabels(f"{tick:+}" if tick else "0" for tick in ticks)
ax.set_yticklabels(sources["name"])
ax.minorticks_off()
ax.invert_yaxis()
ax.spines[["top", "right"]].set_visible(False)
fig.tight_layout()
plt.show()

medians = known.groupby("doc_id")["back"].median()
display(
    Markdown(
        f"{known['back'].between(0, 1).mean():.0%} of {len(known)} dates begin in the year of the document or the year before it, "
        f"{(known['back'] > 10).mean():.0%} more than ten years before, {(known['back'] < 0).mean():.0%} after it. The longest look back is that of "
        f"{sources.loc[medians.idxmax(), 'name']} (median {medians.max():.0f} years)."
    )
)

# %% [markdown]
# How are years written? Era alone (平成25年), western alone, both (13（平成25）年), or taken from an earlier date (同年, 10月):

# %%
form = pd.Series(
    np.select(
        [dates["antecedent"] != "", dates["rule"].str.startswith("mixed"), dates["era"] != ""],
        ["前の日付に依る", "西暦と元号", "元号"],
        "その他（西暦、昨年、世紀…）",
    ),
    index=dates.index,
)
forms = pd.crosstab(dates["doc_id"].map(sources["name"]), form, normalize="index").reindex(sources["name"])
forms = forms[["元号", "西暦と元号", "前の日付に依る", "その他（西暦、昨年、世紀…）"]]
fig, ax = plt.subplots(figsize=(9.5, 0.3 * len(sources) + 1.6))
forms.plot.barh(
    stacked=True, ax=ax, width=0.8, color=["#D55E00", "#0072B2", "#E69F00", "#BBBBBB"], edgecolor="white"
)
for bars, hatch in zip(ax.containers, ("", "//", "..", "xx"), strict=True):
    for bar in bars:
        bar.set_hatch(hatch)
ax.invert_yaxis()
ax.set(xlabel="", ylabel="", xlim=(0, 1), title="日付の書き方")
ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
ax.spines[["top", "right"]].set_visible(False)
ax.legend(title="", frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.4, -0.06))
fig.tight_layout()
plt.show()
leaning = (dates["antecedent"] != "").mean()
display(
    Markdown(
        f"{leaning:.0%} of all dates take a part of their meaning from another one: to read a line by itself is not enough."
    )
)

# %% [markdown]
# ## Which bodies do they share?
#
# Names with the same official name are one body, however a text or a ministry writes them.

# %%
bodies = entities[(entities["label"] == "ORG") & (entities["norm"] != "")]
bodies = bodies.assign(norm=bodies["norm"].str.split("|")).explode("norm")
grid = pd.crosstab(bodies["norm"], bodies["doc_id"]).reindex(columns=sources.index, fill_value=0)
reach = (grid > 0).sum(axis=1)
shared = grid.loc[reach[reach >= 2].index].assign(reach=reach, total=grid.sum(axis=1))
shared = shared.sort_values(["reach", "total"], ascending=False).drop(columns=["reach", "total"]).head(20)

fig, ax = plt.subplots(figsize=(9.5, 0.3 * len(shared) + 2.2))
ax.imshow(np.log1p(shared), cmap="Blues", aspect="auto", vmax=np.log1p(shared.to_numpy().max()) * 1.2)
for row, column in zip(*np.nonzero(shared.to_numpy()), strict=True):
    count = shared.iat[row, column]
    dark = np.log1p(count) > 0.6 * np.log1p(shared.to_numpy().max())
    ax.text(column, row, count, ha="center", va="center", fontsize=8, color="white" if dark else "#1d2330")
ax.set(yticks=range(len(shared)), xticks=range(len(sources)), title="二つ以上の文書に現れる組織（数は言及）")
ax.set_yticklabels(shared.index)
ax.set_xticklabels(sources["name"], rotation=60, ha="right", rotation_mode="anchor")
ax.spines[:].set_visible(False)
ax.tick_params(length=0)
fig.tight_layout()
plt.show()
display(
    Markdown(
        f"{len(grid)} organizations, {(reach >= 2).sum()} of them in two documents or more; the widest reach has "
        f"**{reach.idxmax()}** with {reach.max()} of {len(sources)} documents."
    )
)

# %% [markdown]
# ## Which laws, and how old are they?
#
# A law's number says when it was promulgated: `parse_date` reads the year out of 昭和二十九年法律第百六十五号.

# %%
NUMBERED = re.compile("^((?:明治|大正|昭和|平成|令和).+?年)")


def promulgated(number: str) -> int | None:
    """Return the year in a law's number."""
    found = NUMBERED.match(number)
    return pipeline.parse_date(found[1]).first.year if found else None


laws["made"] = laws["law_num"].map(promulgated).astype("Int64")
laws["written"] = pd.to_datetime(laws["doc_id"].map(sources["day"])).dt.year
named = laws[laws["norm"] != ""]
once = named.drop_duplicates(["doc_id", "norm"]).dropna(subset="made")
age = (once["written"] - once["made"]).astype(int)
fig, ax = plt.subplots(figsize=(8, 3))
ax.hist(age, bins=range(min(0, age.min()), age.max() + 6, 5), color=COLOURS["LAW"], edgecolor="white")
ax.axvline(age.median(), color="#1d2330", ls=":", lw=1.5)
ax.annotate(
    f"中央値 {age.median():.0f}年",
    (age.median(), ax.get_ylim()[1]),
    xytext=(5, -14),
    textcoords="offset points",
)
ax.set(xlabel="文書の年における法令の年齢（年）", ylabel="法令の数", title="引かれる法令はいつできたか")
ax.yaxis.get_major_locator().set_params(integer=True)
ax.spines[["top", "right"]].set_visible(False)
fig.tight_layout()
plt.show()

oldest = once.loc[age.idxmax()]
display(
    Markdown(
        f"{named['norm'].nunique()} instruments are cited. Of those with a number, half are at most {age.median():.0f} years old when they are cited, and "
        f"{(age <= 1).mean():.0%} at most one year. The oldest is {oldest['norm']} ({oldest['law_num']}), in "
        f"{sources.loc[oldest['doc_id'], 'name']}."
    )
)

# %% [markdown]
# Laws change their titles. `norm` is the title on the document's reference date, `title_today` that of today. With it you can follow a law through the
# decades.

# %%
renamed = named[(named["title_today"] != "") & (named["title_today"] != named["norm"])]
display(Markdown(f"Instruments that have another title today: {renamed['norm'].nunique()}."))
with pd.option_context("display.max_colwidth", 45):
    display(
        renamed.assign(document=renamed["doc_id"].map(sources["name"])).drop_duplicates("norm")[
            ["document", "surface", "norm", "title_today", "url"]
        ]
    )
today = named.assign(today=named["title_today"].where(named["title_today"] != "", named["norm"]))
spread = today.groupby("today").agg(
    documents=("doc_id", "nunique"),
    mentions=("doc_id", "size"),
    names=("surface", lambda s: "・".join(dict.fromkeys(s))),
)
spread[spread["documents"] > 1].sort_values(["documents", "mentions"], ascending=False)
