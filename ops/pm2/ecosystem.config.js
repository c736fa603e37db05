// pm2 start ops/pm2/ecosystem.config.js   (docs/operators/pm2.md)
//
// Secrets stay out of here: the bot reads `.env` in its working directory.

const path = require("node:path");

// Where `.env` is and `data/` appears; the folder that holds this checkout's Cargo.toml by default.
const home = process.env.GAMEKEEPER_HOME || path.resolve(__dirname, "../..");
const program =
  process.env.GAMEKEEPER_PROGRAM || path.resolve(__dirname, "../../target/release/gamekeeper");

module.exports = {
  apps: [
    {
      name: "gamekeeper",
      script: program,
      args: "run",
      cwd: home,
      // It is a program of its own, no script of Node's.
      interpreter: "none",
      // One process: several would be one bot many times over. On PostgreSQL, start a second app
      // with a GAMEKEEPER_INSTANCE of its own instead.
      exec_mode: "fork",
      instances: 1,
      watch: false,

      // It needs at most 10 s to end (PM2 kills after 1.6 s otherwise).
      kill_timeout: 15000,
      max_memory_restart: "512M",
      // Those only a person can cure: docs/operators/exit-codes.md. Not 0: PM2 takes a program that
      // the kernel killed, for want of memory for instance, for one that ended with 0.
      stop_exit_codes: [2, 65, 77, 78],
      autorestart: true,
      // 1 s, then half as much again each time, up to 15 s. With it, PM2 says "waiting restart" also of
      // a program that it will not start again; the last line of its log says why it ended.
      exp_backoff_restart_delay: 1000,

      // Everything it says is on standard error, with the time in front.
      merge_logs: true,
      time: false,
    },
  ],
};
