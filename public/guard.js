// The build puts this into the page itself: should boot.mjs not arrive, or be damaged or too new for
// the browser, nobody else could say so.
(() => {
  const SILENCE = globalThis.cnnscopeSilence ?? 20; // seconds

  function tell() {
    if (globalThis.cnnscopeBoot) return;
    const text = JSON.parse(document.getElementById("boot-text").textContent);
    const line = Object.assign(document.createElement("p"), { textContent: text.unusable });
    const retry = Object.assign(document.createElement("button"), { type: "button" });
    retry.textContent = text.retry;
    retry.addEventListener("click", () => location.reload());
    const box = document.getElementById("boot-error");
    box.replaceChildren(line, retry);
    box.hidden = false;
    document.documentElement.dataset.state = "error";
  }

  setTimeout(tell, 1000 * SILENCE);
  const failed = ({ target, filename }) => {
    const source = filename ?? target.src; // the former of a script that came
    if (!source?.includes("/boot.mjs")) return;
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", tell);
    else tell();
  };
  addEventListener("error", failed, true);
})();
