/** What is inside of a message: a JSON object, padded so that its length says little. */
import { FormatError, fromBase64, isHex, isWhole, require, utf8 } from './bytes.js';
import { isObject, parseObject } from './json.js';

const MIN_LENGTH = 256;
export const MAX_JSON_BYTES = 63_487;
export const MAX_FILES = 32;
const END = 0x80;

/** The padded bytes of a content. */
export function writeContent(content) {
  return pad(utf8(JSON.stringify(content)));
}

/** What is shown where a content can't be read; `claimed_type` if it says one. */
export function unknownContent(claimed_type = null) {
  return { type: 'unknown', claimed_type };
}

/** The content, checked; an unknown one for what a newer or a broken client has made. */
export function readContent(padded, header) {
  let claimed;
  try {
    const content = parseObject(unpad(padded));
    claimed = typeof content.type === 'string' ? content.type : null;
    require(Object.hasOwn(READERS, claimed), 'unknown type');
    require(claimed === 'file' || header.files.length === 0, 'files in the header alone');
    return { type: claimed, ...READERS[claimed](content, header) };
  } catch (error) {
    if (error instanceof FormatError) {
      return unknownContent(claimed);
    }
    throw error;
  }
}

/** The length to which so many bytes grow: 256, then Padmé's. */
export function paddedLength(length) {
  if (length <= MIN_LENGTH) {
    return MIN_LENGTH;
  }
  const exponent = 31 - Math.clz32(length);
  const bits = 31 - Math.clz32(exponent) + 1;
  const step = 2 ** (exponent - bits);
  return Math.ceil(length / step) * step;
}

export function pad(json) {
  require(json.length <= MAX_JSON_BYTES, 'too long for a message; goes as a file');
  const padded = Buffer.alloc(paddedLength(json.length + 1));
  json.copy(padded);
  padded[json.length] = END;
  return padded;
}

export function unpad(padded) {
  const length = padded.lastIndexOf(END);
  require(length >= 0 && padded.subarray(length + 1).every((byte) => byte === 0), 'not padded');
  require(length <= MAX_JSON_BYTES && padded.length === paddedLength(length + 1), 'not padded to its length');
  return padded.subarray(0, length);
}

const READERS = {
  text: ({ body, reply_to = null }) => ({ body: text(body), reply_to: reply_to === null ? null : id(reply_to) }),
  edit: ({ target, body }) => ({ target: id(target), body: text(body) }),
  reaction: ({ target, emoji }) => ({ target: id(target), emoji: text(emoji) }),
  file: ({ files, body = null }, header) => ({
    files: attached(files, header),
    body: body === null ? null : text(body),
  }),
  name: ({ name }) => ({ name: text(name) }),
};

function text(value) {
  require(typeof value === 'string', 'not a text');
  return value;
}

function id(value) {
  require(isWhole(value, 1), 'not an id');
  return value;
}

/** The files of a message, as many and in the same order as in its header. */
function attached(files, header) {
  require(Array.isArray(files) && files.length >= 1 && files.length <= MAX_FILES, 'no list of files');
  require(files.length === header.files.length, 'not the files of the header');
  return files.map((file, at) => {
    require(isObject(file) && isHex(file.sha256, 32) && file.sha256 === header.files[at], 'not the file of the header');
    require(fromBase64(file.key).length === 32, 'not a file key');
    require(isWhole(file.size, 0), 'not a size');
    return {
      file_id: id(file.file_id),
      key: file.key,
      name: text(file.name),
      mime_type: text(file.mime_type),
      size: file.size,
      sha256: file.sha256,
    };
  });
}
