// Why a file of the page did not come, or may not run: told apart by what the browser reports and by
// asking for it once more, not guessed.
//
//   const { key, values } = (await cnnscopeDiagnosis.cause("./boot.js?v=0123456789")) ?? {};
//
// `key` names a sentence, "boot.KEY" in the catalogues; without a cause, it can be had by now.
(() => {
  const RULES = {
    "connect-src": "connect-src 'self'",
    "font-src": "font-src 'self'",
    "img-src": "img-src 'self'",
    "require-trusted-types-for": "trusted-types default",
    "script-src": "script-src 'self' 'wasm-unsafe-eval'",
    "style-src": "style-src 'self'",
    "worker-src": "worker-src 'self'",
  };
  const SCRIPT = /^(text|application)\/(x-)?(java|ecma)script\b/i;
  const refusals = []; // what policies have forbidden

  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.disposition === "enforce") refusals.push(event);
  });

  // A policy that forbids an address or a kind of deed ("wasm-eval"), and what it has to allow. Browsers report a
  // moment after they refuse.
  async function forbidden(blocked) {
    await new Promise((done) => setTimeout(done));
    const found = refusals.find(({ blockedURI }) => blockedURI && blocked.startsWith(blockedURI));
    if (!found) return null;
    const directive = found.effectiveDirective.replace(/-(elem|attr)$/, "");
    return { key: "forbidden", values: { rule: RULES[directive] ?? `${directive} 'self'` } };
  }

  // Where no file can come from, whatever a server does. A page that is one file asks for none.
  function place() {
    if (globalThis.cnnscopeAlone) return null;
    if (location.protocol === "file:") return { key: "from_disk" };
    if (globalThis.origin === "null") return { key: "sandboxed" };
    return null;
  }

  // A page to log in with, or a host's own for what it lacks.
  const isPage = (bytes) => /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.slice(0, 99)));

  // Whether bytes are not those of a file: its address has the beginning of their hash, which
  // browsers work out only for secure pages.
  async function isOther(bytes, address) {
    const version = new URL(address).searchParams.get("v");
    if (!version || !globalThis.crypto?.subtle) return bytes.byteLength === 0;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return !hex.startsWith(version);
  }

  // Why nothing came at all.
  const unanswered = async (address) =>
    place() ?? (await forbidden(new URL(address, document.baseURI).href)) ?? { key: "unreachable" };

  async function cause(address, isType = () => true) {
    const whole = new URL(address, document.baseURI).href;
    const refusal = await forbidden(whole);
    if (refusal) return refusal;
    const answer = await fetch(whole, { cache: "no-cache" }).catch(() => null);
    if (!answer) return unanswered(whole);
    if (!answer.ok) return { key: "status", values: { status: answer.status } };
    const bytes = await answer.arrayBuffer().catch(() => null);
    if (!bytes) return { key: "broken_off" };
    if (isPage(bytes)) return { key: "webpage" };
    if (await isOther(bytes, whole)) return { key: "damaged" };
    const type = answer.headers.get("Content-Type") ?? "?";
    return isType(type) ? null : { key: "type", values: { type } };
  }

  const ofScript = (address) => cause(address, (type) => SCRIPT.test(type));

  globalThis.cnnscopeDiagnosis = { cause, forbidden, isPage, ofScript, place, unanswered };
})();
