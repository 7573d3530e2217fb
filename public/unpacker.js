// A worker that unpacks what travels gzipped: browsers do it on the thread that asks for it. It says 0
// when it is ready, and then each unpacked file by its number, or nothing where it cannot.
import { inflated } from "./boot/inflating.js";

onmessage = async ({ data: { number, packed } }) => {
  try {
    const bytes = await inflated(packed);
    postMessage({ number, bytes }, [bytes.buffer]);
  } catch {
    postMessage({ number, bytes: null });
  }
};
postMessage({ number: 0, bytes: null });
