// Service worker, keeps the page for use offline: every file of one version, complete or not at all.
//
// The build fills in the version, and the hash and size of each of its files. Contents are stored
// by their hash, so a new version fetches only what changed, and each is hashed again whenever it is
// served: what is damaged or gone is fetched anew and checked, or refused.
//
// A page names its version in every address (`?v=`), so it goes on with its own files while another
// version is being fetched, waits, or has taken over. A version takes over when a page asks it to.
import { hash, whichCame } from "./boot/content.js";

const SITE = { version: "", files: {} }; // path -> [sha256, bytes], of archives [.., sha256 unpacked]

const SCOPE = self.registration.scope;
const STORE = `cnnscope ${SCOPE}`; // other pages of the same host have caches, too
const AT_ONCE = 4; // downloads
const TRIES = 3;
const OURS = /^[0-9a-f]{10}([0-9a-f]{6})?$/; // a `?v=`: a content's hash, or a version
const FRESH = "Cnnscope-Pages"; // a server's header: its pages change with every load

const contentKey = (sha256) => new URL(`content/${sha256}`, SCOPE).href;
const LISTS = new URL("versions/", SCOPE).href;
const listKey = (version) => LISTS + version;
const ACTIVE = new URL("active", SCOPE).href; // key of [this version, the one before]

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(answer(event)));
self.addEventListener("fetch", (event) => {
  const response = respond(event.request);
  if (response) event.respondWith(response);
});

// Versions

async function install() {
  try {
    await complete();
    const store = await caches.open(STORE);
    await store.put(listKey(SITE.version), inJson(SITE.files));
  } catch (error) {
    await tell(...reasonOf(error));
    throw error; // this version is given up; the one before goes on
  }
}

async function activate() {
  const store = await caches.open(STORE);
  const [last, before] = (await (await store.match(ACTIVE))?.json()) ?? [];
  const kept = [SITE.version, last === SITE.version ? before : last];
  await store.put(ACTIVE, inJson(kept));
  if (!self.registration.installing && !self.registration.waiting) await discard(store, kept);
  await self.clients.claim();
}

// The store, if it is there: a page that has switched the worker off goes on asking it until it is
// left, and what is opened then would be there anew.
const opened = async () => ((await caches.has(STORE)) ? caches.open(STORE) : null);

// Safari has `Response.json()` from 17 on only.
const inJson = (value) => new Response(JSON.stringify(value));

// Drops what neither this version nor the one before is made of.
async function discard(store, versions) {
  const used = new Set([ACTIVE]);
  for (const version of versions) {
    const list = await store.match(listKey(version));
    if (!list) continue;
    used.add(listKey(version));
    for (const [sha256] of Object.values(await list.json())) used.add(contentKey(sha256));
  }
  for (const { url } of await store.keys()) if (!used.has(url)) await store.delete(url);
}

async function answer({ data, ports }) {
  if (data === "version") ports[0].postMessage(SITE.version);
  if (data === "activate") self.skipWaiting();
  if (data !== "complete") return;
  await complete().then(() => tell("ready"), (error) => tell(...reasonOf(error)));
}

let telling = Promise.resolve();

// One word after another: what is told last is what holds.
function tell(kind, values) {
  telling = telling.then(() => send(kind, values)).catch(() => {}); // the page has gone
  return telling;
}

async function send(kind, values) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) {
    if (page.url.startsWith(SCOPE)) page.postMessage({ ...values, kind, version: SITE.version });
  }
}

// Why not all is kept, as [what to tell, its values].
function reasonOf(error) {
  if (error instanceof WrongAnswer) {
    const { message: file, status } = error;
    return status === undefined ? ["altered", { file }] : ["missing", { file, status }];
  }
  if (/quota|device_space/i.test(error.name)) return ["full"]; // the latter in Firefox
  return [error.name === "SecurityError" ? "forbidden" : "failed"];
}

let completing = null; // for all pages that ask meanwhile

function complete() {
  completing ??= fillUp().finally(() => (completing = null));
  return completing;
}

// Fetches what is missing of this version; again, where another worker has just thrown it out.
async function fillUp() {
  const store = await caches.open(STORE);
  for (let tries = 0; tries < TRIES; tries++) {
    const missing = await absent(store);
    if (missing.length === 0) return;
    await fill(store, missing);
  }
  throw new Error("what was stored is gone");
}

// Fetches some files, telling the pages how far it is. Should one fail, no other goes on.
async function fill(store, missing) {
  const ending = new AbortController();
  const total = missing.reduce((sum, [, [, size]]) => sum + size, 0);
  let done = 0;
  let told = -1;
  // What comes unpacked, or a second time, is more than was to come.
  const counter = (size) => (bytes) => {
    const counted = Math.min(bytes, size);
    size -= counted;
    done += counted;
    const percent = Math.floor((100 * done) / total);
    if (percent <= told || ending.signal.aborted) return;
    told = percent;
    tell("progress", { percent });
  };
  const work = async () => {
    for (let next = missing.shift(); next; next = missing.shift()) {
      const [path, entry] = next;
      const how = { arrived: counter(entry[1]), signal: ending.signal };
      await store.put(contentKey(entry[0]), await download(path, entry, how));
    }
  };
  const begin = () => work().catch((error) => ending.abort(error));
  await Promise.all(Array.from({ length: AT_ONCE }, begin));
  ending.signal.throwIfAborted();
}

async function absent(store) {
  const kept = new Set((await store.keys()).map(({ url }) => url));
  return Object.entries(SITE.files).filter(([, [sha256]]) => !kept.has(contentKey(sha256)));
}

// Answers

function respond(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(SCOPE)) return null;
  const path = pathOf(url);
  const version = url.searchParams.get("v");
  if (request.mode === "navigate") {
    if (!path || url.searchParams.get("worker") === "off") return null;
    return page(path, request);
  }
  const ours = () => versioned(path ?? nameOf(url), version, request);
  // The program as the browser's own cache has it, which the page checks itself.
  if (request.cache === "only-if-cached") return fetch(request).catch(ours);
  if (OURS.test(version)) return ours();
  return path ? content(path, SITE.files[path]) : null;
}

const nameOf = ({ origin, pathname }) => decodeURI(origin + pathname).slice(decodeURI(SCOPE).length);

// The file of this version that an address means, as static hosts understand addresses.
function pathOf(url) {
  const name = nameOf(url);
  const names = [name, `${name}index.html`, `${name}.html`];
  return names.find((each) => Object.hasOwn(SITE.files, each));
}

// The page of this version; where it is gone, the network's, which is whole whatever its version.
async function page(path, request) {
  const kept = await intact(await opened(), SITE.files[path]);
  if (kept && !kept.headers.has(FRESH)) return kept;
  try {
    const fresh = await fetch(request);
    return kept && !fresh.ok && fresh.type !== "opaqueredirect" ? kept : fresh;
  } catch {
    return kept ?? Response.error();
  }
}

// A file of the version that the asking page has.
async function versioned(path, version, request) {
  const own = SITE.files[path];
  if (own && isOf(own, version, SITE.version)) return content(path, own, request.url);
  let isOurs = Boolean(own); // others below this path may number their files alike
  const store = await opened();
  for (const { url } of (await store?.keys()) ?? []) {
    if (!url.startsWith(LISTS)) continue;
    const files = (await (await store.match(url))?.json()) ?? {}; // thrown out meanwhile
    const other = Object.hasOwn(files, path) && files[path];
    isOurs ||= Boolean(other);
    if (other && isOf(other, version, url.slice(LISTS.length))) {
      return content(path, other, request.url);
    }
  }
  // The page compares the version of the former, and the content of the latter, itself.
  if (!isOurs || /\.(html|gz)$/.test(path)) return fetch(request);
  return download(path, [version], { address: request.url }).catch(refusal);
}

// Pages link each other, so that their addresses cannot hold their hashes: they name the version.
const isOf = ([sha256], asked, version) => sha256.startsWith(asked) || asked === version;

async function content(path, entry, address) {
  const store = await opened();
  const kept = await intact(store, entry);
  if (kept) return kept;
  try {
    const fresh = await download(path, entry, { address });
    await store?.put(contentKey(entry[0]), fresh.clone()).catch(() => {}); // a full disk
    return fresh;
  } catch (error) {
    return refusal(error);
  }
}

// What is stored for a file, if it is still right; damaged, it is thrown out.
async function intact(store, entry) {
  const key = contentKey(entry[0]);
  const answer = await store?.match(key);
  const bytes = await answer?.arrayBuffer().catch(() => null); // its file has gone
  if (bytes && (await isRight(bytes, entry))) return store.match(key); // one that nobody has read
  await store?.delete(key);
  return null;
}

// `sha256` may be the beginning of one.
async function isRight(bytes, [sha256, , unpacked]) {
  return (await hash(bytes)).startsWith(whichCame(new Uint8Array(bytes), sha256, unpacked));
}

// Downloads

class WrongAnswer extends Error {
  constructor(path, status) {
    super(path);
    this.status = status; // undefined: the content is not what it should be
  }
}

function refusal(error) {
  if (!(error instanceof WrongAnswer)) return Response.error(); // the server cannot be reached
  const { status = 502, message } = error;
  const statusText = error.status ? "" : "damaged";
  return new Response(`${message}: ${statusText || status}\n`, { status, statusText });
}

// A file from the network, if its hash begins as it should. What the browser has kept is asked about
// first, but for a program: to ask would part it from its compiled code. Should what comes be damaged,
// the server is asked for all of it.
async function download(path, entry, { arrived, signal, address = addressOf(path) }) {
  for (const cache of [path.endsWith(".wasm") ? "force-cache" : "no-cache", "reload"]) {
    const answer = await fetch(address, { cache, signal, priority: "low" });
    if (!answer.ok) throw new WrongAnswer(path, answer.status);
    const parts = [];
    const reader = answer.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      arrived?.(part.value.length);
    }
    const bytes = await new Blob(parts).arrayBuffer();
    if (await isRight(bytes, entry)) return plain(answer, bytes);
  }
  throw new WrongAnswer(path);
}

// An answer that holds its bytes: one that streams keeps its worker busy until it is read to the
// end, and a busy worker keeps the next version from taking over.
function plain({ headers }, bytes) {
  const kept = new Headers(headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) kept.delete(name);
  return new Response(bytes, { headers: kept, statusText: "OK" });
}

function addressOf(path) {
  const version = path.endsWith(".html") ? SITE.version : SITE.files[path][0].slice(0, 10);
  return new URL(`${path}?v=${version}`, SCOPE).href;
}
