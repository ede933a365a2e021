// What the tests paste. Keys are made up anew in each run: none stands in the repository, and none can be in a cache.

import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const letters = (count) => Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** A key that has the form of an OpenAI project key. */
export const makeKey = () => `sk-proj-${letters(74)}${'T3Blbk'}FJ${letters(74)}`;

/** Texts by which a key would be recognised, whatever was done to it: itself, its halves, its base64 at each alignment. */
export function traces(key) {
  const secret = key.slice('sk-proj-'.length, -4);
  const base64 = [0, 1, 2].map((shift) => btoa(' '.repeat(shift) + secret).slice(4, 64));
  return [key, secret.slice(0, 40), secret.slice(-40), ...base64, encodeURIComponent(secret).slice(8, 48)];
}

const command = (key) => `curl -i https://api.openai.com/v1/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer ${key}" \\
  -d '{"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello"}]}'
`;

const answer = (body) => `
HTTP/2 403
date: Thu, 13 Nov 2025 09:12:44 GMT
content-type: application/json; charset=utf-8
x-request-id: req_0f5f3c5b8a1e4d7c9b2a6e4d1c3b5a79
server: cloudflare
cf-ray: 98dfe1a2bc3d4e5f-FRA

${JSON.stringify(body, null, 2)}
`;

/** A command with a key and OpenAI's answer: the project may not use the model. */
export const projectModel = (key) =>
  command(key) +
  answer({
    error: {
      message: 'Project `proj_Zk3vR8mQx1LtYw5nPa7cHb2d` does not have access to model `gpt-4o`',
      type: 'invalid_request_error',
      param: null,
      code: 'model_not_found',
    },
  });
projectModel.cause = 'model-access-project';
projectModel.responder = 'openai-api';

/** An error of which nothing but the status is known: questions remain. */
export const bare403 = (key) => `${command(key)}\nHTTP/1.1 403 Forbidden\n`;

/** A command line with a key that is missing its scheme, and OpenAI's answer. */
export const typed = (key) =>
  `curl https://api.openai.com/v1/models -H "Authorization: ${key}"\n` +
  '{"error":{"message":"Missing bearer or basic authentication in header","type":"invalid_request_error"}}';

/** Log text of about this many bytes that ends in a refusal, one key in it. */
export function log(bytes, key) {
  const line = (i) =>
    `2025-11-13T09:${String(i % 60).padStart(2, '0')}:44.120Z INFO worker-${i % 7} request done in ${100 + (i % 900)} ms\n`;
  let text = '';
  for (let i = 0; text.length < bytes - 1500; i += 1) text += line(i);
  return text + projectModel(key);
}
