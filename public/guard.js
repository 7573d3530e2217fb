// The build puts this into the page itself: should boot.mjs not arrive, nobody else could say so.
(() => {
  const TEXT = {
    missing: "The page could not be loaded completely: boot.mjs is missing. Check the connection.",
    retry: "Try again",
  };
  const SILENCE = globalThis.cnnscopeSilence ?? 20; // seconds

  function tell() {
    if (globalThis.cnnscopeBoot) return;
    const line = Object.assign(document.createElement("p"), { textContent: TEXT.missing });
    const retry = Object.assign(document.createElement("button"), { type: "button" });
    retry.textContent = TEXT.retry;
    retry.addEventListener("click", () => location.reload());
    const box = document.getElementById("boot-error");
    box.replaceChildren(line, retry);
    box.hidden = false;
    document.documentElement.dataset.state = "error";
  }

  setTimeout(tell, 1000 * SILENCE);
  const failed = ({ target }) => {
    if (!target.src?.includes("/boot.mjs")) return;
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", tell);
    else tell();
  };
  addEventListener("error", failed, true);
})();
