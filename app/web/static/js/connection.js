// Asking the server from a page that stays open.

const GIVE_UP = 20000; // milliseconds to wait for an answer
const ROOM = 60000; // bytes that a browser surely sends after a page has gone; 64 kB is the end

// Returns the answer with its words, or null when it did not come, or not to its end.
export async function ask(address, { headers = {}, ...request } = {}) {
  try {
    const answer = await fetch(address, {
      ...request,
      headers: { "X-Casefile-Save": "1", ...headers },
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(GIVE_UP),
    });
    const { ok, status } = answer;
    return { ok, status, headers: answer.headers, words: await answer.text() };
  } catch {
    return null;
  }
}

// Sends fields on the way out, with nobody left to read an answer; false where there is no room.
export function sendOff(address, fields) {
  return navigator.sendBeacon(address, fields);
}

export function fits(fields) {
  return fields.toString().length <= ROOM;
}
