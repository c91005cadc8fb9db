/**
 * Values on their way between the processes, as JSON. Sent into the page as source text, so it must stand alone.
 * What it doesn't know can't be cloned here, although Electron's structured clone could take some of it.
 */
export function makeCodec({ toBase64, fromBase64 }) {
  const refuse = (value) => {
    throw new Error(`An object could not be cloned (by the electron stand-in): ${String(value)}`);
  };
  const bytesOf = (value) =>
    value instanceof ArrayBuffer
      ? new Uint8Array(value)
      : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);

  function encode(value) {
    if (value === undefined) return ['undefined'];
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : ['number', String(value)];
    if (typeof value !== 'object') return refuse(value);
    if (Array.isArray(value)) return ['array', value.map(encode)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof ArrayBuffer) return ['buffer', toBase64(bytesOf(value))];
    if (ArrayBuffer.isView(value)) return ['bytes', toBase64(bytesOf(value))];
    if (value instanceof Error) return ['error', value.name, value.message];
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return refuse(value);
    return ['object', Object.entries(value).map(([key, entry]) => [key, encode(entry)])];
  }

  function decode(value) {
    if (!Array.isArray(value)) return value;
    const [kind, content, message] = value;
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(content);
      case 'array':
        return content.map(decode);
      case 'date':
        return new Date(content);
      case 'buffer':
        return fromBase64(content).buffer;
      case 'bytes':
        return fromBase64(content);
      case 'error':
        return Object.assign(new Error(message), { name: content });
      case 'object':
        return Object.fromEntries(content.map(([key, entry]) => [key, decode(entry)]));
      default:
        return refuse(kind);
    }
  }

  return { encode, decode };
}

export const codec = makeCodec({
  toBase64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  fromBase64: (text) => Uint8Array.from(Buffer.from(text, 'base64')),
});
