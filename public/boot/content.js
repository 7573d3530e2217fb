// What tells whether a file came as it should: one rule for the start and for its workers.

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

// Browsers hash only for pages that came over https or from this machine.
export async function isIntact(bytes, { size, sha256 }) {
  if (bytes.length !== size) return false;
  if (!globalThis.crypto?.subtle) return true;
  return (await hash(bytes)) === sha256;
}
