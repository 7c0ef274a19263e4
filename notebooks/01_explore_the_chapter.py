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
# # 1 · Explore the chapter
#
# The chapter is 平成26年版防衛白書, 第Ⅲ部第2章第2節「日米同盟の強化のための取組」. We read it once, look at the results, and
# ask the tables three questions: **who** acts in it, **which time** it speaks of, and **on which law** it rests. The notebook computes
# every figure in the text below.
#
# `analyzer="sudachi"` finds the same mentions as the default, `"ginza"`, and loads at once. GiNZA adds UD tags,
# dependencies and bunsetsu, which this notebook does not need.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401 - gives matplotlib a Japanese font
import pandas as pd
from IPython.display import Markdown, display

import pipeline

CORPUS = next(folder for folder in (Path("../corpus"), Path("corpus")) if folder.is_dir())
COLOURS = {"ORG": "#0072B2", "DATE": "#D55E00", "LAW": "#009E73"}

analyze = pipeline.load(analyzer="sudachi")
document = analyze(CORPUS / "defense_white_paper_h26_III-2-2.txt")
document

# %% [markdown]
# A document shows itself like this, its mentions as a table, and a single mention with all its fields. Here is the first law that
# is cited with its article:

# %%
next(law for law in document.entities.of("LAW") if law.article)

# %% [markdown]
# ## Back to the source
#
# Every mention has its place in the raw text: `start` and `end` count its characters, line ends included. If the page breaks a
# mention, `text` is the raw text with the break, and `surface` the text as one reads it.

# %%
frame = document.to_frame()
raw = document.source.raw
assert all(raw[row.start : row.end] == row.text for row in frame.itertuples())

broken = frame[frame["text"].str.contains("\n")]
display(Markdown(f"Mentions that run over the end of a line or a page: {len(broken)} of {len(frame)}."))
broken[["label", "text", "surface", "norm"]].head(5)

# %% [markdown]
# ## Who: the organizations
#
# One body has many names. `norm` is the official one, and `organizations` has one row for each body, with the forms that the text uses.

# %%
organizations = document.to_frame("organizations")
several = organizations[organizations["surfaces"].str.contains("|", regex=False)]
display(
    Markdown(
        f"{organizations['count'].sum()} mentions of {len(organizations)} organizations; {len(several)} of them are written in "
        "more than one way. The most frequent:"
    )
)
organizations.nlargest(10, "count")[["norm", "kind", "parent", "count", "surfaces"]]

# %% [markdown]
# Who is named together? Two bodies in one sentence are a pair. (A sentence is whole here, even if a page ends in it.)

# %%
named = frame[frame["label"] == "ORG"].assign(norm=lambda f: f["norm"].str.split("|")).explode("norm")
pairs = named.merge(named, on="sentence_id")
pairs = pairs[pairs["norm_x"] < pairs["norm_y"]].drop_duplicates(["sentence_id", "norm_x", "norm_y"])
pairs.value_counts(["norm_x", "norm_y"]).head(8).rename_axis(["one", "the other"]).rename(
    "sentences"
).to_frame()

# %% [markdown]
# ## Where: what each part speaks of
#
# The section of a mention is the path of headings above it. We count by the second heading of the path.

# %%
parts = frame["section"].str.split(" > ").str[1]  # none for what stands in these headings themselves
by_part = pd.crosstab(parts, frame["label"])[list(COLOURS)].loc[parts.dropna().unique()[::-1]]
fig, ax = plt.subplots(figsize=(8, 0.5 * len(by_part) + 1.4))
by_part.plot.barh(stacked=True, color=COLOURS, ax=ax, width=0.75, edgecolor="white")
for bars, hatch in zip(ax.containers, ("", "//", ".."), strict=True):  # nothing hangs on colour alone
    for bar in bars:
        bar.set_hatch(hatch)
ax.set(xlabel="言及の数", ylabel="", title="節ごとの言及：組織・日付・法令")
ax.spines[["top", "right"]].set_visible(False)
ax.legend(["組織", "日付", "法令"], frameon=False, loc="lower right")
fig.tight_layout()
plt.show()

share = by_part.div(by_part.sum(axis=1), axis=0)
display(
    Markdown(
        f"Dates are densest in 「{share['DATE'].idxmax()}」 ({share['DATE'].max():.0%} of its mentions), organizations in "
        f"「{share['ORG'].idxmax()}」 ({share['ORG'].max():.0%}), laws in 「{share['LAW'].idxmax()}」 ({share['LAW'].max():.0%})."
    )
)

# %% [markdown]
# ## When: the time that the chapter speaks of
#
# `dates` has a value in EDTF and a first and last day for each mention, also for 同年 and for a month without its year, which take their
# year from an earlier date (`antecedent`).

# %%
dates = document.to_frame("dates")
leaning = dates[dates["antecedent"] != ""]
display(
    Markdown(
        f"{len(leaning)} of {len(dates)} dates say only a part and take the rest from a date before them, at most "
        f"{leaning['antecedent_distance'].max()} sentences back:"
    )
)
leaning.merge(
    dates[["entity_id", "surface", "value"]],
    left_on="antecedent",
    right_on="entity_id",
    suffixes=("", " before"),
)[["surface before", "value before", "surface", "value", "antecedent_distance"]].head(8)

# %%
published = document.source.reference_date
years = dates["year"].dropna().astype(int)
fig, ax = plt.subplots(figsize=(8, 3))
years.value_counts().sort_index().plot.line(ax=ax, marker="o", color=COLOURS["DATE"], lw=0)
ax.vlines(years.value_counts().index, 0, years.value_counts(), color=COLOURS["DATE"], lw=2)
ax.axvline(published.year, color="#5b6475", ls=":", lw=1)
ax.annotate(
    "刊行", (published.year, ax.get_ylim()[1]), xytext=(4, -12), textcoords="offset points", color="#5b6475"
)
ax.set(xlabel="年", ylabel="言及の数", ylim=(0, None), title="この節はいつのことを語るか")
ax.spines[["top", "right"]].set_visible(False)
fig.tight_layout()
plt.show()

recent = years.between(published.year - 2, published.year).mean()
display(
    Markdown(
        f"The years run from {years.min()} to {years.max()}; {recent:.0%} of the dates lie in the year of publication or the "
        f"two before it. Dates after that year: {(years > published.year).sum()}."
    )
)

# %% [markdown]
# ## On which law
#
# `laws` has the official title as of the document's reference date, the number, e-Gov's LawID where it was verified, and the place cited.

# %%
laws = document.to_frame("laws")
cited = laws.groupby("norm", sort=False).agg(
    mentions=("norm", "size"),
    kind=("kind", "first"),
    number=("law_num", "first"),
    names=("surface", lambda s: "・".join(dict.fromkeys(s))),
)
display(
    Markdown(
        f"{len(laws)} citations of {len(cited)} instruments, {(laws['article'] != '').sum()} with an article; "
        f"{laws.loc[laws['law_id'] != '', 'norm'].nunique()} have a page on e-Gov."
    )
)
cited.nlargest(8, "mentions")

# %%
laws.loc[laws["article"] != "", ["surface", "norm", "article", "paragraph", "item", "url"]].head(8)

# %% [markdown]
# ## What to be careful with
#
# No guess is silent. Anything odd has a flag (see [docs/reference/columns.md](../docs/reference/columns.md)), and a name that rules
# built has a lower confidence than one from a registry.

# %%
flags = frame.assign(flag=frame["flags"].str.split("|")).explode("flag").query("flag != ''")
display(flags.groupby(["label", "flag"]).agg(mentions=("flag", "size"), example=("surface", "first")))
display(Markdown(f"Mentions with a confidence below 1: {(frame['confidence'] < 1).sum()}. The least sure:"))
frame.nsmallest(5, "confidence")[["label", "surface", "norm", "rule", "confidence", "flags"]]
