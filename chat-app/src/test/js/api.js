const SESSION_COOKIE = 'secure_chat_session';
const TIMEOUT_MS = 30_000;

/** An answer other than 2xx: its status, its `code`, and the sentence from its `error` member. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

/** Speaks to one server. `session` is the cookie's value, kept here because Node's fetch keeps none. */
export class ApiClient {
  session = null;

  constructor(baseUrl) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** Posts JSON. Returns `{status, body}`, or throws an ApiError. */
  post(path, envelope) {
    return this.send('POST', path, { 'Content-Type': 'application/json' }, JSON.stringify(envelope));
  }

  /** The same for any request; the body that comes is the value of JSON, or else bytes. */
  async send(method, path, fields = {}, content = undefined) {
    const headers = this.session ? { ...fields, Cookie: `${SESSION_COOKIE}=${this.session}` } : fields;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(this.baseUrl + path, { method, headers, body: content, signal });
    this.#keepSession(response);
    const isJson = /^application\/([a-z]+\+)?json/.test(response.headers.get('Content-Type') ?? '');
    const body = isJson ? await response.json().catch(() => null) : Buffer.from(await response.arrayBuffer());
    if (!response.ok) {
      throw new ApiError(response.status, body?.code, body?.error);
    }
    return { status: response.status, body };
  }

  #keepSession(response) {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair, ...attributes] = cookie.split(';').map((part) => part.trim());
      const [name, value] = pair.split('=');
      if (name === SESSION_COOKIE) {
        const ended = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
        this.session = ended ? null : value;
      }
    }
  }
}
