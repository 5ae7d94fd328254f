// The questions as they are asked now. They change while somebody answers: another day has other medicines.

/** The questions in their order; only one that changed is made anew, and whoever is in it stays where they are. */
export function asked(grid, former, questions, make) {
  const backToWork = place(grid);
  const now = questions.map((question) => {
    const shape = JSON.stringify(question);
    return former.find((each) => each.shape === shape) ?? Object.assign(make(question), { shape });
  });
  for (const each of former) if (!now.includes(each)) each.box.remove();
  now.forEach(({ box }, index) => {
    // A part that is moved loses the focus: only what is new is put in.
    if (grid.children[index] !== box) grid.insertBefore(box, grid.children[index] ?? null);
  });
  backToWork?.();
  return now;
}

/** Brings the focus back to where it is now; undefined where it is in no question. */
function place(grid) {
  const at = grid.getRootNode().activeElement;
  const question = at?.closest?.("[data-question]");
  if (!question || !grid.contains(question)) return undefined;
  const row = at.closest("[data-row]");
  const inside = (part) => [...part.querySelectorAll("button, input, textarea")];
  const index = inside(row ?? question).indexOf(at);
  return () => {
    if (at.isConnected) return;
    const part = grid.querySelector(`[data-question="${question.dataset.question}"]`);
    const same = row ? part?.querySelector(`[data-row="${row.dataset.row}"]`) : part;
    if (same) inside(same)[index]?.focus();
  };
}
