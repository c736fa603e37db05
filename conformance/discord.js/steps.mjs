// Runs steps and counts them; waits for conditions.

const DEADLINE_MS = 10_000;
let passed = 0;
let failed = 0;

/** One step of conformance/README.md. */
export async function step(name, play) {
  try {
    await within(play(), name);
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.stack ?? error}`);
  }
}

/** The last line; the exit code. */
export function result() {
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Looks again until there is something. */
export async function until(what, look) {
  const end = Date.now() + DEADLINE_MS - 1_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}
