/** Walks one user through the original endpoints: node flow.js <baseUrl> [username] */
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { URI } from 'otpauth';
import { ApiClient, ApiError } from './api.js';
import { encryptPrivateKey, generateKeypair, hashPassword, publicKeyToPem, signRequest } from './crypto.js';

const STEP_MS = 30_000;
const RECOVERY_CODE = /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/;

async function flow(baseUrl, username) {
  const api = new ApiClient(baseUrl);
  const { privateKey, publicKey } = generateKeypair();
  const password = bytesToHex(randomBytes(16));
  const email = `${bytesToHex(randomBytes(8))}@example.org`;
  const passwordHash = hashPassword(password, email);
  const encrypted = await encryptPrivateKey(privateKey, password);
  const identity = {
    email,
    username,
    encrypted_private_key: encrypted.ciphertext,
    public_key: publicKeyToPem(publicKey),
    encryption_iv: encrypted.iv,
  };

  const totp = await step('register', async () => {
    const { status, body } = await api.post(
      '/api/register', signRequest({ ...identity, password_hash: passwordHash }, privateKey));
    equal('status', status, 200);
    check('message is missing or malformed', isText(body.message));
    check('qr_code is missing or malformed', isText(body.qr_code) && body.qr_code.startsWith('data:image/png;base64,'));
    check('secret is missing or malformed', isText(body.secret));
    check('provisioning_uri is missing or malformed', isText(body.provisioning_uri));
    const parsed = URI.parse(body.provisioning_uri);
    equal('secret in provisioning_uri', parsed.secret.base32, body.secret.replace(/=+$/, ''));
    return [status, parsed];
  });

  const confirmedAt = Date.now();
  const userId = await step('verify-2fa', async () => {
    const { status, body } = await api.post(
      '/api/register/verify-2fa',
      signRequest({ totp_code: totp.generate({ timestamp: confirmedAt }) }, privateKey));
    equal('status', status, 201);
    const codes = body.recovery_codes;
    equal('number of different recovery codes', new Set(codes).size, 10);
    check('a recovery code is malformed', codes.every((code) => RECOVERY_CODE.test(code)));
    equal('user.username', body.user.username, username);
    check('user.id is not an integer below 2^53', Number.isSafeInteger(body.user.id));
    return [status, body.user.id];
  });

  // A code is accepted once per user, so the login takes the next step's, which the server allows already.
  const login = signRequest(
    {
      username,
      password_hash: passwordHash,
      totp_code: totp.generate({ timestamp: confirmedAt + STEP_MS }),
    },
    privateKey);
  await step('login', async () => {
    const { status, body } = await api.post('/api/login', login);
    equal('status', status, 200);
    equal('user.id', body.user.id, userId);
    return [status];
  });

  await step('login again, same bytes', () => refused(api.post('/api/login', login), 401, 'replayed_request'));

  await step('me', async () => {
    const { status, body } = await api.post('/api/me', signRequest({}, privateKey));
    equal('status', status, 200);
    for (const [field, expected] of Object.entries({ id: userId, ...identity })) {
      equal(field, body[field], expected);
    }
    return [status];
  });

  await step('me, signed by another key', () =>
    refused(api.post('/api/me', signRequest({}, generateKeypair().privateKey)), 401, 'invalid_signature'));

  const endedSession = api.session;
  await step('logout', async () => {
    const { status } = await api.post('/api/logout', signRequest({}, privateKey));
    equal('status', status, 200);
    return [status];
  });

  // The old cookie goes along: the session has to be gone on the server, not only in this client.
  api.session = endedSession;
  await step('me, after logout', () =>
    refused(api.post('/api/me', signRequest({}, privateKey)), 401, 'not_authenticated'));
}

/** Runs one request with its checks (giving `[outcome, result]`), prints the outcome, returns the result. */
async function step(name, run) {
  try {
    const [outcome, result] = await run();
    console.log(`${name}: ${outcome}`);
    return result;
  } catch (error) {
    throw new Error(`${name}: ${describe(error)}`, { cause: error });
  }
}

async function refused(answer, status, code) {
  const outcome = await answer.catch((error) => error);
  if (outcome instanceof Error && !(outcome instanceof ApiError)) {
    throw outcome;
  }
  equal('answer', `${outcome.status} ${outcome.code}`, `${status} ${code}`);
  check('error is missing or malformed', isText(outcome.message));
  return [`${status} ${code}`];
}

function equal(what, actual, expected) {
  check(`${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`, actual === expected);
}

function check(what, holds) {
  if (!holds) {
    throw new Error(`wrong answer: ${what}`);
  }
}

function isText(value) {
  return typeof value === 'string' && value !== '';
}

function describe(error) {
  if (error instanceof ApiError) {
    return `${error.status} ${error.code}: ${error.message}`;
  }
  return error.cause?.code ? `${error.message} (${error.cause.code})` : error.message;
}

const [baseUrl, username = `js-${bytesToHex(randomBytes(6))}`] = process.argv.slice(2);
try {
  if (!baseUrl) {
    throw new Error('usage: node flow.js <baseUrl> [username]');
  }
  await flow(baseUrl, username);
  console.log('flow: ok');
} catch (error) {
  console.error(`flow: failed: ${error.message}`);
  process.exitCode = 1;
}
