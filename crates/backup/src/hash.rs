//! SHA-256, while something passes.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use ring::digest::{Context, SHA256};

/// Counts and hashes what is written to, or read from, something.
pub(crate) struct Hashed<T> {
    pub(crate) inner: T,
    context: Context,
    bytes: u64,
}

impl<T> Hashed<T> {
    pub(crate) fn new(inner: T) -> Self {
        Self { inner, context: Context::new(&SHA256), bytes: 0 }
    }

    fn saw(&mut self, part: &[u8]) {
        self.context.update(part);
        self.bytes += part.len() as u64;
    }

    /// What passed, as hexadecimal digits, and how many bytes it was.
    pub(crate) fn sum(self) -> (T, String, u64) {
        (self.inner, hex(self.context), self.bytes)
    }
}

impl Hashed<()> {
    pub(crate) fn nothing() -> Self {
        Self::new(())
    }

    pub(crate) fn take(&mut self, part: &[u8]) {
        self.saw(part);
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(part)?;
        self.saw(&part[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.saw(&into[..read]);
        Ok(read)
    }
}

fn hex(context: Context) -> String {
    context.finish().as_ref().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// The sum of a file.
pub(crate) fn of_file(path: &Path) -> io::Result<String> {
    let mut file = Hashed::new(File::open(path)?);
    io::copy(&mut file, &mut io::sink())?;
    Ok(file.sum().1)
}
