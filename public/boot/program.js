// The interpreter's own program, compiled while it arrives.
import { forget, recall, remember } from "../memory.js";
import { wasBrokenOff } from "./broken_off.js";
import { arrived, fileError, read, request, verify } from "./files.js";
import { atEnd, giveUp } from "./progress.js";
import { isShortage } from "./shortage.js";

// A browser's own cache is as quick as it is silent; whether it has a file cannot be seen otherwise.
const FROM_CACHE = { cache: "only-if-cached", mode: "same-origin" };
const DAMAGED = "program-damaged"; // remembered: the hash of one that the browser's cache has wrong
const NAME = "program"; // what is remembered: the hash of the last one that was compiled
export let checked = Promise.resolve(); // once the program is known to be what it should be

// The browser keeps compiled code, for the next visit, only of a response that it made itself; so that
// is handed on, and a copy is counted and checked beside, unless the server gives it another type,
// which browsers do not compile.
export async function program(file) {
  const isCareful = await wasBrokenOff; // code that was kept compiled is not used
  const isKnown = remembered(file) && !isCareful && recall(DAMAGED) !== file.sha256;
  const known = isKnown && (await request(file, FROM_CACHE).catch(() => null));
  if (known && isProgram(known)) {
    checked = known.clone().arrayBuffer().then((bytes) => verify(new Uint8Array(bytes), file));
    checked.catch((error) => (isGuarded() ? beginAgain(file) : giveUp(error)));
    return known;
  }
  const answer = await request(file);
  if (isProgram(answer) && !isCareful) {
    checked = read(answer.clone(), file).then((bytes) => verify(bytes, file));
    checked.catch(giveUp);
    return answer;
  }
  return retyped(answer, file);
}

// Counted, checked and handed on as what it is.
function retyped(answer, file) {
  const whole = new Uint8Array(file.size);
  let got = 0;
  const counter = new TransformStream({
    transform(part, stream) {
      if (got + part.length <= file.size) whole.set(part, got);
      got += part.length;
      arrived(file, got);
      stream.enqueue(part);
    },
    async flush() {
      try {
        await verify(got > file.size ? new Uint8Array(got) : whole.subarray(0, got), file);
      } catch (error) {
        giveUp(error);
        throw error; // the end never comes: what is damaged is not run
      }
    },
  });
  const headers = { "Content-Type": "application/wasm" };
  return new Response(answer.body.pipeThrough(counter), { headers });
}

// The service worker has the program, too, and sends it right.
function beginAgain(file) {
  remember(DAMAGED, file.sha256);
  location.reload();
}

// Whether the service worker answers.
export function isGuarded() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false; // a frame that may not have one
  }
}

const isProgram = ({ headers }) =>
  (headers.get("Content-Type") ?? "").toLowerCase() === "application/wasm";

const remembered = (file) => recall(NAME) === file.sha256;

atEnd((isUp) => isUp || forget(NAME)); // it is looked at again

// Pyodide never says that its program could not be compiled.
export function watchCompiling(file) {
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...given) => {
    WebAssembly.instantiateStreaming = instantiate;
    try {
      const compiled = await instantiate.apply(WebAssembly, given);
      await checked; // what is damaged is not run
      arrived(file, file.size);
      remember(NAME, file.sha256);
      return compiled;
    } catch (error) {
      await checked.catch(() => {}); // it tells better what is wrong
      if (isShortage(error)) giveUp(error);
      const isCompiled = !(error instanceof WebAssembly.CompileError);
      const refusal = await globalThis.cnnscopeDiagnosis.forbidden("wasm-eval");
      giveUp(fileError(file, refusal?.key ?? (isCompiled ? "unreachable" : "damaged"), refusal?.values));
      throw error;
    }
  };
}
