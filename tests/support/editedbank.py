"""A Markdown bank with everything in it, and edits of it as hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

BANK = r"""---
title: Deep Learning
tags: [dl]
---
# New graduates {#new-grad tags=basics}

## What are activation functions? {#activation-functions .easy .must roles=a short="Activation \"functions\""}
<!-- tags=x minutes=2.5 -->
Non-linear functions, in

- a list
  over lines

### Prompt
```python
## no heading
```
### Points
- !Without them any depth is one linear map
- ReLU is cheap

  and so on
- [A link](https://example.org) <!-- .must -->
### Figure
![Curves of \[logistic\]](media/a%20b.svg "Three \"activations\"")
### Details
<!-- a comment -->
#### Inner heading
| a | b |
|---|---|
| c | d |
### Follow-ups
#### What is a dead ReLU? {#dead}
##### Heading
It returns zero.
#### What does it print?
<!-- #print -->
    code
***
Nothing
### Pitfalls
* Softmax in hidden layers
### Hint
Think.
### Sources
- [Deep Learning ch. 6](https://www.deeplearningbook.org)
- A book
### Cards
- ReLU returns {{zero}}. <!-- #relu tags=y -->
#### {.cloze #blocks hint=nudge}
One {{gap}}.

Two {{gaps}}
#### Range of tanh? {.basic .reverse figure=media/c.svg alt="Curve"}
open interval
#### Which head? {.choice shuffle=false}
Given this:

* [x] One sigmoid
  - the labels are independent
* [ ] One softmax
#### One training step {.steps}
1. Forward pass
2. Loss
   and gradient
#### Keras class? {.typed accept=keras.Sequential}
Sequential
#### Where is pooling? {.occlusion}
![Diagram](media/cnn.svg)
- pooling: 0.40 0.10 0.15 0.60

# Research

## Three?
<!-- .draft -->
Answer
"""

FRAGMENTS = (
    "\n", "\n\n", " ", "  ", "#", "# ", "## ", "### ", "#### ", "- ", "1. ", "* ", "[x] ", "[ ]", "***\n",
    "---\n", "===\n", "```\n", "~~~", "<!--", "-->", "<!-- #x -->", "{", "}", "{#x}", "{.easy}", ".basic",
    '"', "\\", "!", "$$\n", "> ", "<div>", "    ", "\t", "key=value", 'short="', "### Points\n",
    "### Word\n", ": ", "{{", "}}", "word", "![a](b)", "[a](b)", "|", "\u2028", "é", "\0",
)  # fmt: skip

_EDITS = st.lists(
    st.tuples(st.integers(0, len(BANK)), st.integers(0, 40), st.sampled_from(["", *FRAGMENTS])), max_size=6
)


def edited(edits: list[tuple[int, int, str]]) -> str:
    """Return the bank after edits: at an offset so many characters go, and others come."""
    text = BANK
    for at, removed, inserted in edits:
        text = text[:at] + inserted + text[at + removed :]
    return text


edited_banks = _EDITS.map(edited)
"""The bank after a few edits; some leave it whole, most break it."""
