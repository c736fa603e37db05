// The people, played over the sandbox's control API.

import assert from "node:assert/strict";

const base = `${process.env.SANDBOX_URL}/sandbox`;
const guild = process.env.SANDBOX_GUILD;

export async function control(method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const told = await answer.json();
  assert.equal(answer.status, 200, `${method} ${path}: ${told.error}`);
  return told;
}

/** `act("Bob", "click", {message, button: "Press"})`: waits for the bot's first answer. */
export const act = (who, verb, body) => control("POST", `/guilds/${guild}/users/${who}/${verb}`, body);

/** A change by hand, by the owner unless `by` names somebody. */
export const hand = (change) => control("POST", `/guilds/${guild}/hand`, change);

/** What somebody can see. */
export const look = (who, what) => control("GET", `/guilds/${guild}/users/${who}/${what}`);

/** The bot's calls of one operation since the last `forget`. */
export async function calls(operation) {
  return (await control("GET", "/requests")).filter((one) => one.operation === operation);
}

export const forget = () => control("DELETE", "/requests");
