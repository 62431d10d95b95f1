/** JSON, read strictly: UTF-8 without a byte order mark, no duplicate names, no lone surrogates, bounded depth. */
import { require } from './bytes.js';

const MAX_DEPTH = 32;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/;
const TOKENS = new RegExp(`${STRING.source}|[{}[\\]:]`, 'g');
const NUMBERS = new RegExp(`${STRING.source}|-?\\d[\\d.eE+-]*`, 'g');
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The object that the bytes are the JSON of. */
export function parseObject(bytes) {
  let text;
  let value;
  try {
    text = utf8Decoder.decode(bytes);
    JSON.parse(text);
    value = JSON.parse(text.replaceAll(NUMBERS, onlyWhole));
  } catch {
    require(false, 'not JSON');
  }
  require(isObject(value), 'not a JSON object');
  checkTokens(text);
  return value;
}

export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number is written with digits only; another number, which nothing here needs, becomes a text. */
function onlyWhole(token) {
  return /^("|\d+$)/.test(token) ? token : `"${token}"`;
}

/** What JSON.parse lets through. The text is JSON, so the tokens need no grammar. */
function checkTokens(text) {
  const namesByDepth = [];
  let lastString = null;
  for (const [token] of text.matchAll(TOKENS)) {
    switch (token) {
      case '{':
      case '[':
        namesByDepth.push(new Set());
        require(namesByDepth.length <= MAX_DEPTH, 'nested too deep');
        break;
      case '}':
      case ']':
        namesByDepth.pop();
        break;
      case ':':
        require(!namesByDepth.at(-1).has(lastString), 'duplicate name');
        namesByDepth.at(-1).add(lastString);
        break;
      default:
        lastString = JSON.parse(token);
        require(!/\p{Surrogate}/u.test(lastString), 'ill-formed Unicode');
    }
  }
}
