/** The sandbox's control API as functions. */

import { refusal } from "./words.js";

/** The sandbox understood the call and said no; the message says why. */
export class Refused extends Error {}

/** There is no such person (any more). */
export class Gone extends Error {}

/** No answer, or none that the sandbox gives: the server is stopping, starting or away. */
export class Unreachable extends Error {}

/** The JSON of one call. Raises Refused, Gone or Unreachable, and AbortError when `signal` was used. */
async function call(path, { body, form, signal } = {}) {
  const request = { signal, cache: "no-store" };
  if (form) Object.assign(request, { method: "POST", body: form });
  if (body) {
    Object.assign(request, { method: "POST", body: JSON.stringify(body) });
    request.headers = { "Content-Type": "application/json" };
  }
  let response;
  let answer;
  try {
    response = await fetch(`/control/${path}`, request);
    answer = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    if (!response || response.ok) throw new Unreachable("Нет связи с песочницей");
  }
  if (response.ok) return answer;
  if (answer?.error) console.info(answer.error);
  const reason = refusal(answer?.kind, response.status);
  if (response.status === 404) throw new Gone(reason);
  throw response.status < 500 ? new Refused(reason) : new Unreachable(reason);
}

/** Where the person is when a place is sent: the page does not ask the browser. */
export const TOMSK = { latitude: 56.4846, longitude: 84.9476 };

export const people = () => call("people");
export const addPerson = (person) => call("people", { body: person });

/** The dialog at once (without `after`), or as soon as its revision passes `after`, at most `waitS` seconds. */
export function dialog(id, { after, waitS = 0, signal } = {}) {
  const query = after === undefined ? "" : `?after=${after}&wait_s=${waitS}`;
  return call(`people/${id}/dialog${query}`, { signal });
}

export const write = (id, message) => call(`people/${id}/write`, { body: message });
export const press = (id, place) => call(`people/${id}/press`, { body: place });
export const read = (id) => call(`people/${id}/read`, { body: {} });
export const permit = (id, allowed) => call(`people/${id}/${allowed ? "allow" : "deny"}`, { body: {} });
export const invent = (id, attachment) => call(`people/${id}/attachment`, { body: attachment }).then(bare);

/** Hands over a file, `kind` being photo or doc; the attachment to write with. */
export function upload(id, file, kind) {
  const form = new FormData();
  form.append("kind", kind);
  form.append("file", file, file.name);
  return call(`people/${id}/files`, { form }).then(bare);
}

const bare = (answer) => answer.attachment ?? answer;
