// Holds ecosystem.config.js to what the program and PM2 need: node ops/pm2/check.js EXIT_CODES...
"use strict";
const assert = require("node:assert/strict");
const { apps } = require("./ecosystem.config.js");

// As PM2 names them; a misspelt option is none.
const known = [
  "name", "script", "args", "cwd", "interpreter", "exec_mode", "instances", "watch", "kill_timeout",
  "max_memory_restart", "stop_exit_codes", "autorestart", "exp_backoff_restart_delay", "merge_logs",
  "time",
];
assert.equal(apps.length, 1);
const [app] = apps;
for (const option of Object.keys(app)) assert.ok(known.includes(option), `PM2 has no ${option}`);
assert.equal(app.interpreter, "none");
assert.equal(app.instances, 1, "two processes of one name replace each other for ever");
assert.ok(app.kill_timeout > 10_000, "the bot may take 10 s to end");
const codes = process.argv.slice(2).map(Number);
assert.deepEqual(app.stop_exit_codes, codes, "a person cures these");
assert.ok(!/TOKEN|PASSWORD|SECRET/i.test(JSON.stringify(app)), "no secret belongs here");
