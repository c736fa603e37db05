// A bot played by the test, call by call, as any bot would call.

import { until } from "./stage.mjs";

/// An interaction must be answered within three seconds; the story lets some pass.
const IN_TIME = 2_500;

const age = (id) => Date.now() - Number((BigInt(id) >> 22n) + 1_420_070_400_000n);

export class Bot {
  constructor(card) {
    this.card = card;
  }

  async call(method, path, body) {
    const headers = { authorization: `Bot ${this.card.token}`, "content-type": "application/json" };
    const answer = await fetch(this.card.rest + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  register(commands) {
    return this.call("PUT", `/applications/${this.card.application_id}/commands`, commands);
  }

  say(channel, message) {
    return this.call("POST", `/channels/${channel}/messages`, message);
  }

  /// Answers the next interaction of a kind (2 command, 3 component, 4 autocomplete, 5 form).
  async answer(kind, body) {
    const asked = await until(`an interaction of type ${kind}`, async () => {
      const all = await (await fetch(`${this.card.control}/interactions`)).json();
      return all.find((one) => one.type === kind && !one.answered && age(one.id) < IN_TIME);
    });
    await this.call("POST", `/interactions/${asked.id}/${asked.token}/callback`, body);
    return asked;
  }
}
