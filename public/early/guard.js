// Watchdog and errors of the start. It runs before all else that is fetched, to say what went wrong:
// should boot.js not arrive, or be damaged or too new for the browser, nobody else could. What the
// page says of itself should this script not run is taken away.
(() => {
  const SILENCE = globalThis.cnnscopeSilence || 10; // seconds without a sign of life
  const PATIENCE = 5; // seconds for a file to be asked for anew
  const root = document.documentElement;
  const { cause, forbidden, ofScript, place } = globalThis.cnnscopeDiagnosis;
  const doubtful = new Set(); // addresses of what came wrong
  let passes = false; // whether what is told may yet turn out to be only slow
  let lacking = null; // says that a style sheet is
  let comesBack = false; // by a reload that is under way

  root.dataset.scripts = "";

  // Read when it is said: the page may have changed its language since.
  const say = (key) => JSON.parse(document.getElementById("boot-text").textContent)[key];

  const phrase = (key, values = {}) => say(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // A sentence about a file and why it is missing; some causes are of all files at once.
  function sentence(file, { key, values }, kind = "file") {
    const isOfAll = ["from_disk", "sandboxed"].includes(key);
    return isOfAll ? say(key) : phrase(kind, { file, reason: phrase(key, values) });
  }

  // Says what failed, and offers to try again; as soon as the page has a place for it.
  function tell(message, given = {}) {
    const { address, passes: mayPass = false, isUsable = false, isLost = !isUsable } = given;
    if (!comesBack && address && isLost && !mayPass && canComeBack()) {
      comesBack = true;
      location.reload();
    }
    if (comesBack) return;
    const box = document.getElementById("boot-error");
    if (!box) {
      setTimeout(() => tell(message, given), 50);
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

  // Where a service worker answers, a file that failed may be its process's fault, or that of what it
  // has kept: a reload, which begins with others, may do. It is tried once, and not while a visitor's
  // picture waits.
  function canComeBack() {
    try {
      const [visit] = performance.getEntriesByType("navigation");
      if (!navigator.serviceWorker.controller || visit.type === "reload") return false;
      const boot = globalThis.cnnscopeBoot;
      return root.dataset.state !== "ready" && !(boot && boot.waiting());
    } catch {
      return false; // a frame that may not have one, or an old browser
    }
  }

  // Takes away what was told, if it may pass: something has moved.
  function hush() {
    if (!passes) return;
    passes = false;
    document.getElementById("boot-error").hidden = true;
    if (root.dataset.state === "error") root.dataset.state = "loading";
    lacking?.();
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
    if (silent !== SILENCE || (root.dataset.state !== "error" && dropStyles())) return;
    if (meaning) tell(meaning(SILENCE), { passes: true });
    else if (root.dataset.state !== "error") {
      const missing = { seconds: SILENCE, files: "boot.js" };
      tell(phrase("stalled", missing), { address: boot(), passes: true });
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
      tellStyle(each.href, { key: "slow", values: { seconds: SILENCE } });
    }
    silent = 0;
    return late.length > 0;
  }

  // Extensions put theirs into the page as well.
  const isOwn = (address) => address.startsWith(new URL("./", document.baseURI).href);

  // Once the style sheet is there, or given up.
  let style = null;
  const styled = new Promise((done) => {
    style = done;
  });
  document.addEventListener("load", ({ target }) => target.rel === "stylesheet" && style(), true);

  const nameOf = (address) => new URL(address).pathname.split("/").pop();

  function tellStyle(address, found) {
    style();
    lacking = () => tellStyle(address, found);
    const said = sentence(nameOf(address), found, "style");
    tell(said, { address, isUsable: true, isLost: found.key === "unreachable" });
  }

  // Where files come without leave to look into them, no hash can be compared: better without.
  async function lack(sheet) {
    if (place() && sheet.integrity) {
      const plain = Object.assign(document.createElement("link"), { rel: "stylesheet" });
      plain.href = sheet.href;
      sheet.replaceWith(plain);
      return;
    }
    tellStyle(sheet.href, (await cause(sheet.href)) ?? { key: "unreachable" });
  }

  // It came whole and may run, and does not: it is too new for this browser.
  async function unusable(address) {
    const found = await ofScript(address);
    tell(found ? sentence("boot.js", found) : say("unusable"), { address });
  }

  function failed({ target, filename }) {
    if (target.rel === "stylesheet" && isOwn(target.href)) lack(target);
    const source = filename || target.src || ""; // the former of a script that came
    if (source.includes("/boot.js") && !globalThis.cnnscopeBoot) unusable(source);
  }
  addEventListener("error", failed, true);

  // Pictures in a style sheet do not come without an error.
  document.addEventListener("securitypolicyviolation", async ({ effectiveDirective, blockedURI }) => {
    const isShown = /^(font|img)-src$/.test(effectiveDirective) && !lacking;
    if (!isShown || !blockedURI.startsWith(`${location.origin}/`)) return;
    tellStyle(blockedURI, await forbidden(blockedURI));
  });

  globalThis.cnnscopeGuard = {
    silence: SILENCE, say, phrase, sentence, styled, tell, hush, watch, alive, rest,
  };
})();
