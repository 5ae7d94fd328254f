// Notes when a click happened and when the page last changed after it, shadow roots included.
(() => {
  const state = (window.__drawn = { clicked: 0, changed: 0 });
  const seen = new WeakSet();
  const note = (records) => {
    for (const record of records) {
      const element = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      if (element && element.closest && element.closest('[data-testid="stStatusWidget"]')) continue;
      state.changed = performance.now();
    }
    watchShadows();
  };
  const watch = (root) => {
    if (seen.has(root)) return;
    seen.add(root);
    new MutationObserver(note).observe(root, {
      subtree: true, childList: true, characterData: true, attributes: true,
      attributeFilter: ["d", "x", "y", "width", "height", "fill", "transform", "points", "aria-label", "data-value"],
    });
  };
  const watchShadows = () => {
    for (const host of document.querySelectorAll('[data-testid="stBidiComponentIsolated"], [data-testid^="stBidi"] *')) {
      if (host.shadowRoot) watch(host.shadowRoot);
    }
  };
  document.addEventListener("pointerdown", () => { state.clicked = state.changed = performance.now(); }, true);
  watch(document);
  watchShadows();
})();
