// What tells whether a file came as it should: one rule for the start and for the service worker.

export const isPacked = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

// Archives are published packed. What comes packed otherwise, or in a packing of its own for the way,
// is unpacked by the browser or by what stands between: then what was packed is as good. Returns
// what is known of the one that came.
export const whichCame = (bytes, packed, unpacked) =>
  unpacked && bytes.length > 0 && !isPacked(bytes) ? unpacked : packed;

export async function hash(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
