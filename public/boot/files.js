// The files of the start: fetches them, counts what has come, and checks that it is what it should be.
//
// The build adds #boot-manifest to the page, which lists every file with its address and size.
import { isIntact, whichCame } from "./content.js";
import { came } from "./line.js";
import { DOWNLOADED, FileError, enter, isAlive, phrase, show, step } from "./progress.js";
import { unpacking } from "./unpacking.js";

const { silence } = globalThis.cnnscopeGuard;
const { isPage, ofScript, unanswered } = globalThis.cnnscopeDiagnosis;
const INTERPRETER = ["pyodide.asm.wasm", "pyodide.asm.js", "python_stdlib.zip.gz"];

export const manifest = JSON.parse(document.getElementById("boot-manifest").textContent);
// name -> {name, url, size and wire: bytes, sha256}; of an archive also unpacked: {size, sha256}
export const files = manifest.files;
const awaited = new Set(Object.values(files).filter((file) => !file.later)); // what the start needs

// The page's own fetch is another by and by, see boot.js.
export const plainFetch = globalThis.fetch.bind(globalThis);

const isHere = ({ done = 0, wire }) => done >= wire;

// The names of the files that have not come yet.
export const missing = () => [...awaited].filter((file) => !isHere(file)).map(({ name }) => name);

// The start needs one file in place of another, which is wanted later.
export function exchange(file, other) {
  awaited.add(file);
  awaited.delete(other);
  file.later = false;
  other.later = true;
}

export function arrived(file, bytes) {
  isAlive();
  file.done = Math.min(1, bytes / file.size) * file.wire;
  let sum = 0;
  let total = 0;
  for (const { done = 0, wire } of awaited) {
    sum += done;
    total += wire;
  }
  const { snapshot } = manifest; // which is on its way, too
  came(snapshot && !awaited.has(snapshot) ? sum + (snapshot.done ?? 0) : sum);
  const megabytes = { done: (sum / 1e6).toFixed(1), total: (total / 1e6).toFixed(1) };
  if (step !== "download") return;
  show(phrase("download", megabytes), (DOWNLOADED * sum) / total);
  if (INTERPRETER.every((name) => !awaited.has(files[name]) || isHere(files[name]))) enter("python");
}

export function fileError(file, key, values) {
  const error = new FileError(globalThis.cnnscopeGuard.sentence(file.name, { key, values }));
  error.address = file.url;
  file.options = { cache: "reload" }; // the browser may have kept what came wrong
  return error;
}

export async function request(file, options = file.options) {
  const answer = await within(file, plainFetch(file.url, options)).catch(async () => {
    const { key, values } = await unanswered(file.url);
    throw fileError(file, key, values);
  });
  if (!answer.ok || !answer.body) throw fileError(file, "status", { status: answer.status });
  return answer;
}

// Nobody watches over what is fetched after the start.
function within(file, promise) {
  if (!file.later) return promise;
  const late = new Promise((_, reject) => setTimeout(reject, 1000 * silence));
  return Promise.race([promise, late]);
}

// Returns a body's bytes, reporting them as they come, also to `take`.
export async function read(answer, file, take = () => {}) {
  const parts = [];
  let got = 0;
  const reader = answer.body.getReader();
  const next = () => within(file, reader.read());
  try {
    for (let part = await next(); !part.done; part = await next()) {
      parts.push(part.value);
      take(part.value);
      got += part.value.length;
      arrived(file, got);
    }
  } catch {
    reader.cancel().catch(() => {});
    throw fileError(file, "length", { got, expected: file.size });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// Fails unless the bytes are those of the file, or of what is packed in it.
export async function verify(bytes, file, expected = file) {
  const { size } = file;
  if (isPage(bytes)) throw fileError(file, "webpage");
  const isShort = expected === file && bytes.length < size;
  if (isShort) throw fileError(file, "length", { got: bytes.length, expected: size });
  if (!(await isIntact(bytes, expected))) throw fileError(file, "damaged");
}

// Archives travel gzipped whatever the server does; one that unpacks them on the way is fine too.
export async function archive(file) {
  const answer = await request(file);
  const { take, end } = unpacking();
  const bytes = await read(answer, file, take);
  await verify(bytes, file, whichCame(bytes, file, file.unpacked));
  return end(bytes);
}

// The page's import map names the hashes of scripts: the browser refuses others, and does not tell why.
export async function script(name) {
  const parts = [files[name], ...(files[name].imports ?? []).map((each) => files[each])];
  const module = await import(files[name].url).catch(async (error) => {
    for (const part of parts) {
      const found = await ofScript(part.url);
      if (found) throw fileError(part, found.key, found.values);
    }
    return import(files[name].url).catch((other) => { // it can be had by now
      throw other === error ? error : fileError(files[name], "unreachable"); // it fails by itself
    });
  });
  for (const part of parts) arrived(part, part.size);
  return module;
}
