//! Standard error. Where it is systemd's journal, each line begins with how bad it is, as the journal
//! reads it (sd-daemon(3)): without that, `journalctl -p warning` would find nothing.

use std::{
    env,
    io::{self, Write},
};

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// Writes whole lines to standard error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stderr {
    is_journal: bool,
}

/// One event on its way.
pub(super) struct Lines {
    mark: &'static str,
    text: Vec<u8>,
}

impl Stderr {
    pub(super) fn new() -> Self {
        Self { is_journal: is_journal() }
    }

    fn lines(self, level: Level) -> Lines {
        Lines { mark: if self.is_journal { mark(level) } else { "" }, text: Vec::new() }
    }
}

/// What stands before a line that is written to standard error past the log.
pub fn mark_of_an_error() -> &'static str {
    if is_journal() { mark(Level::ERROR) } else { "" }
}

fn mark(level: Level) -> &'static str {
    match level {
        Level::ERROR => "<3>",
        Level::WARN => "<4>",
        Level::INFO => "<6>",
        _ => "<7>",
    }
}

/// The variable is handed on to children, whose standard error may be something else.
fn is_journal() -> bool {
    let Ok(named) = env::var("JOURNAL_STREAM") else { return false };
    rustix::fs::fstat(io::stderr())
        .is_ok_and(|own| named == format!("{}:{}", own.st_dev, own.st_ino))
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        let mut out = Vec::with_capacity(self.text.len() + 4);
        for line in self.text.split_inclusive(|byte| *byte == b'\n') {
            out.extend_from_slice(self.mark.as_bytes());
            out.extend_from_slice(line);
        }
        // Where nobody listens, nobody can be told.
        let _ = io::stderr().lock().write_all(&out);
    }
}

impl<'a> MakeWriter<'a> for Stderr {
    type Writer = Lines;

    fn make_writer(&'a self) -> Lines {
        self.lines(Level::INFO)
    }

    fn make_writer_for(&'a self, what: &Metadata<'_>) -> Lines {
        self.lines(*what.level())
    }
}
