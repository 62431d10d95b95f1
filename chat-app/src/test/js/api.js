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

/** Posts JSON to one server. `session` is the cookie's value, kept here because Node's fetch keeps none. */
export class ApiClient {
  session = null;

  constructor(baseUrl) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** Returns `{status, body}`, or throws an ApiError. */
  async post(path, envelope) {
    const headers = { 'Content-Type': 'application/json' };
    if (this.session) {
      headers.Cookie = `${SESSION_COOKIE}=${this.session}`;
    }
    const response = await fetch(this.baseUrl + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(envelope),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    this.#keepSession(response);
    const body = await response.json().catch(() => null);
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
