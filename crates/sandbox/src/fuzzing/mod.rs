//! Entry points of the fuzz targets, also run by the ordinary tests over the checked-in corpora. Each takes any
//! bytes, plays them to a sandbox and panics when that shows something Discord never does.
//!
//! Inputs are readable text, so that a crash explains itself and a corpus can be written by hand; see
//! `fuzz/README.md`.

mod gateway;
mod names;
mod pipe;
mod rest;
mod scenario;
mod stage;

use std::cell::RefCell;

use tokio::runtime::{Builder, Runtime};

use names::Names;
use pipe::Plug;

use crate::sandbox::Sandbox;

/// Longest parameter, query or header that is sent on. Beyond it is the HTTP library, not ours to test.
const LONGEST: usize = 2_000;

/// What all inputs of a thread are played on; the world is made anew for each.
struct Bench {
    runtime: Runtime,
    sandbox: Sandbox,
    plug: Plug,
}

thread_local! {
    static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
}

impl Bench {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_time().build();
        let runtime = runtime.expect("a runtime without I/O needs nothing");
        let (sandbox, plug) = {
            let _inside = runtime.enter();
            pipe::serve(stage::config())
        };
        Self { runtime, sandbox, plug }
    }
}

/// Plays on this thread's bench. A bench something panicked on is not used again.
fn on_bench(play: impl AsyncFnOnce(&Sandbox, &Plug, &mut Names)) {
    BENCH.with_borrow_mut(|kept| {
        let bench = kept.take().unwrap_or_else(Bench::new);
        let mut names = stage::set(&bench.sandbox);
        bench.runtime.block_on(play(&bench.sandbox, &bench.plug, &mut names));
        *kept = Some(bench);
    });
}

/// REST requests: `operation` and path parameters, headers, an empty line, the body; more after a line `%%%`.
pub fn rest(input: &[u8]) {
    on_bench(async |sandbox, plug, names| rest::play(sandbox, plug, names, input).await);
}

/// Gateway connections: the URL's query, then a frame a line; more after a line `%%%`.
pub fn gateway(input: &[u8]) {
    on_bench(async |sandbox, plug, names| gateway::play(sandbox, plug, names, input).await);
}

/// Scenario and faults files; more after a line `%%%`.
pub fn scenario(input: &[u8]) {
    on_bench(async |sandbox, _, _| scenario::play(sandbox, input));
}

/// The parts of an input, divided by lines `%%%`.
fn parts(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(input);
    std::iter::from_fn(move || {
        let (part, more) = split_once(rest?, b"\n%%%\n");
        rest = more;
        Some(part)
    })
}

/// What comes before and after a mark; all of it and nothing when there is none.
fn split<'a>(text: &'a [u8], mark: &[u8]) -> (&'a [u8], &'a [u8]) {
    let (before, after) = split_once(text, mark);
    (before, after.unwrap_or_default())
}

fn split_once<'a>(text: &'a [u8], mark: &[u8]) -> (&'a [u8], Option<&'a [u8]>) {
    match text.windows(mark.len()).position(|part| part == mark) {
        Some(at) => (&text[..at], Some(&text[at + mark.len()..])),
        None => (text, None),
    }
}

/// What an HTTP library lets a client send as a query.
fn clean(query: &[u8]) -> String {
    let query = query.iter().map(|byte| char::from(*byte));
    query
        .filter(|one| one.is_ascii_graphic() && !"#\"<>`{}|\\^".contains(*one))
        .take(LONGEST)
        .collect()
}
