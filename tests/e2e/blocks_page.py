"""A page with nothing but a formatted note, for the tests that look at it in a real browser."""

import json

import streamlit as st

from dashboard.components import browser_files, look
from dashboard.components.browser_files import PROJECT
from dashboard.components.component_data import opened
from dashboard.presenters import note_markdown

DRAW = f"""
const shared = `${{location.origin}}/_stcore/bidi-components/{PROJECT}.shared`;
export default async function ({{ parentElement, data }}) {{
  const {{ blocks, blocksStyle }} = await import(`${{shared}}/blocks.js`);
  const {{ dress }} = await import(`${{shared}}/markup.js`);
  dress(parentElement, blocksStyle);
  parentElement.querySelector(".blocks")?.remove();
  parentElement.append(blocks(data.parts, data.hits));
}}
"""

LETTER = """# Psychology, review
Pain **went up** on *work days*; she sleeps `5 h`, ***less than*** before.
Dose as written: 2*50 mg.

> "It is the stairs, not the walking."

1. Pacing, two weeks
   - mornings first
   - rest before pain
3. Review

| Day | Pain |
|-----|------|
| Mon | 6 |
| Tue | 4 |

---
+ 2 points since March
"""
HOSTILE = """<script>window.hurt = 1</script><img src=x onerror="window.hurt = 2">
<iframe src="javascript:parent.hurt=3"></iframe>

# <b onclick=hurt()>Bold</b>

[words](javascript:window.hurt=4) ![see](http://127.0.0.1:9/spy.png) <http://127.0.0.1:9/> http://127.0.0.1:9/x

```<svg onload=hurt()>
</pre><script>window.hurt = 5</script>
```

| <u>a</u> | b |
|---|---|
| <a href="javascript:hurt()">x</a> | &lt;i&gt; |

take \u202e05\u202c mg, pay\u200bpal
"""
SOUGHT = "Schlaf: müde, Müdigkeit; muddle. Wärme. sleep **hygiene**, then Sleep, Hygiene and asleep; Mu\u0308dig"
TEXTS = {"letter": (LETTER, []), "hostile": (HOSTILE, []), "sought": (SOUGHT, ["mude", "Müdig", "sleep hygiene"])}

st.set_page_config(layout="centered")
look.apply()
browser_files._declare()  # what all components share; this page mounts none of them
text, hits = TEXTS[st.query_params.get("text", "letter")]
note = st.components.v2.component("lone_note", js=DRAW)
note(key="note", data=json.loads(json.dumps({"parts": opened(note_markdown.blocks(text)), "hits": hits})))
