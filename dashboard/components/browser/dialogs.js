// A dialog that a click in a component opens is drawn by the page, and leaves the focus on the page body.

/**
 * Once the dialog that is about to open has closed, `again()` has the focus: the button that opened it, as it stands
 * then. Before Escape takes the dialog away, the field that is typed in is left, so that what stands in it is sent.
 * `frame` is where the button is: only the dialog opened last is waited for.
 */
export function comesBack(frame, again) {
  frame.stopWaiting?.();
  let opened = false;
  const leave = (event) => {
    const typing = document.activeElement;
    if (event.key === "Escape" && typing?.closest('[role="dialog"]')) typing.blur();
  };
  const watch = new MutationObserver(() => {
    const there = document.querySelector('[role="dialog"]') !== null;
    opened ||= there;
    if (!opened || there) return;
    frame.stopWaiting();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) again()?.focus({ preventScroll: true });
    });
  });
  frame.stopWaiting = () => {
    watch.disconnect();
    document.removeEventListener("keydown", leave, true);
  };
  document.addEventListener("keydown", leave, true);
  watch.observe(document.body, { childList: true, subtree: true });
}
