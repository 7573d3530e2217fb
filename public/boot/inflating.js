// Unpacks gzip on the thread that asks for it: the page's own, or that of unpacker.js.

// Takes what is packed part by part.
export class Inflating {
  constructor() {
    const { readable, writable } = new DecompressionStream("gzip");
    this.writer = writable.getWriter();
    this.plain = new Response(readable).arrayBuffer();
    this.plain.catch(() => {}); // told of by end()
  }

  take(part) {
    this.writer.write(part).catch(() => {}); // so is this
  }

  async end() {
    await Promise.all([this.writer.close(), this.plain]);
    return new Uint8Array(await this.plain);
  }
}

export async function inflated(packed) {
  const inflating = new Inflating();
  inflating.take(packed);
  return inflating.end();
}
