// Watchdog and errors of the start. The build puts this into the page itself, before all that is
// fetched, to say what went wrong. Should boot.js not arrive, or be damaged or too new for the
// browser, nobody else could.
(() => {
  const SILENCE = globalThis.cnnscopeSilence || 10; // seconds without a sign of life
  const PATIENCE = 5; // seconds for a file to be asked for anew
  const root = document.documentElement;
  const doubtful = new Set(); // addresses of what came wrong
  let passes = false; // whether what is told may yet turn out to be only slow
  let lacking = ""; // address of a style sheet

  const say = (key) => JSON.parse(document.getElementById("boot-text").textContent)[key];

  // Says what failed, and offers to try again; as soon as the page has a place for it.
  function tell(message, { address, passes: mayPass = false, isUsable = false } = {}) {
    const box = document.getElementById("boot-error");
    if (!box) {
      setTimeout(() => tell(message, { address, passes: mayPass, isUsable }), 50);
      return;
    }
    if (address) doubtful.add(address);
    if (isUsable && root.dataset.state === "error") return; // there is worse
    passes = mayPass;
    const line = Object.assign(document.createElement("p"), { textContent: message });
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.textContent = say("retry");
    button.addEventListener("click", retry);
    box.replaceChildren(line, button);
    box.hidden = false;
    if (!isUsable) root.dataset.state = "error";
  }

  // Takes away what was told, if it may pass: something has moved.
  function hush() {
    if (!passes) return;
    passes = false;
    document.getElementById("boot-error").hidden = true;
    if (root.dataset.state === "error") root.dataset.state = "loading";
    if (lacking) lack(lacking);
  }

  // The browser may have kept what came wrong, and would take it again.
  async function retry({ target }) {
    target.disabled = true;
    const anew = Array.from(doubtful, (address) =>
      fetch(address, { cache: "reload" }).then((answer) => answer.blob()).catch(() => {}),
    );
    await Promise.race([
      Promise.all(anew),
      new Promise((done) => setTimeout(done, 1000 * PATIENCE)),
    ]);
    location.reload();
  }

  // Seconds are counted in ticks, so that a computer that slept is not taken for a line that broke;
  // there are none while a slow one computes. Whatever was parsed or fetched since the last is a sign
  // of life; boot.js, once it runs, tells of them itself, and of what their absence means.
  const signs = () =>
    document.getElementsByTagName("*").length + performance.getEntriesByType("resource").length;
  let meaning = null; // of so many seconds' silence
  let seen = 0;
  let silent = 0;
  const watchdog = setInterval(() => {
    if (root.dataset.state === "ready") return rest();
    const now = meaning ? seen : signs();
    silent = now === seen ? silent + 1 : 0;
    seen = now;
    if (silent !== SILENCE) return;
    if (meaning) tell(meaning(SILENCE), { passes: true });
    else if (root.dataset.state !== "error" && !dropStyles()) {
      tell(say("unusable"), { address: boot(), passes: true });
    }
  }, 1000);

  const rest = () => clearInterval(watchdog);

  function alive() {
    silent = 0;
  }

  function watch(told) {
    meaning = told;
    alive();
  }

  function boot() {
    const script = document.querySelector("script[src*='/boot.js']");
    return script ? script.src : "";
  }

  // Nothing is shown or run before every style sheet is there, or none is asked for.
  function dropStyles() {
    const late = [...document.querySelectorAll("link[rel=stylesheet]")].filter((each) => !each.sheet);
    for (const each of late) {
      each.remove();
      lack(each.href);
    }
    silent = 0;
    return late.length > 0;
  }

  const nameOf = (address) => new URL(address).pathname.split("/").pop();

  function lack(address) {
    lacking = address;
    tell(say("style").replace("{file}", nameOf(address)), { address, isUsable: true });
  }

  function failed({ target, filename }) {
    if (target.rel === "stylesheet") lack(target.href);
    const source = filename || target.src || ""; // the former of a script that came
    if (source.includes("/boot.js") && !globalThis.cnnscopeBoot) {
      tell(say("unusable"), { address: source });
    }
  }
  addEventListener("error", failed, true);

  globalThis.cnnscopeGuard = { silence: SILENCE, tell, hush, watch, alive, rest };
})();
