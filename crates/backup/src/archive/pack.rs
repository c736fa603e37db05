//! In: one entry after the other.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use age::{Encryptor, stream::StreamWriter};
use jiff::Timestamp;

use crate::{BackupError, Keys, hash::Hashed, manifest::Sealed};

/// zstd's own default: more would take longer than it saves.
const LEVEL: i32 = 3;

type Out = Hashed<BufWriter<File>>;

enum Layer {
    Plain(Out),
    Sealed(StreamWriter<Out>),
}

impl Write for Layer {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(part),
            Self::Sealed(out) => out.write(part),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Sealed(out) => out.flush(),
        }
    }
}

/// An archive in the making. It blocks: use it where that is allowed.
pub(crate) struct Packer {
    path: PathBuf,
    made: u64,
    encrypted: bool,
    tar: tar::Builder<zstd::Encoder<'static, Layer>>,
}

impl Packer {
    /// Begins a new file, for nobody else's eyes.
    pub(crate) fn begin(path: &Path, keys: &Keys, made: Timestamp) -> Result<Self, BackupError> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let wrong = BackupError::at(path);
        let file = File::options().create_new(true).write(true).mode(0o600).open(path);
        let out = Hashed::new(BufWriter::new(file.map_err(&wrong)?));
        let encrypted = keys.encrypts();
        let layer = if encrypted {
            let sealed = Encryptor::with_recipients(keys.recipients())
                .map_err(|error| BackupError::Died(error.to_string()))?;
            Layer::Sealed(sealed.wrap_output(out).map_err(&wrong)?)
        } else {
            Layer::Plain(out)
        };
        let mut zstd = zstd::Encoder::new(layer, LEVEL).map_err(&wrong)?;
        zstd.include_checksum(true).map_err(&wrong)?;
        let made = u64::try_from(made.as_second()).unwrap_or(0);
        Ok(Self { path: path.to_owned(), made, encrypted, tar: tar::Builder::new(zstd) })
    }

    /// Adds a small entry.
    pub(crate) fn add(&mut self, name: &str, body: &[u8]) -> Result<(), BackupError> {
        self.add_from(name, body, body.len() as u64)
    }

    /// Adds an entry of so many bytes.
    pub(crate) fn add_from(
        &mut self,
        name: &str,
        from: impl Read,
        bytes: u64,
    ) -> Result<(), BackupError> {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(self.made);
        self.tar.append_data(&mut header, name, from).map_err(BackupError::at(&self.path))
    }

    /// Ends the archive; on the disk when this returns.
    pub(crate) fn finish(self, name: &str) -> Result<Sealed, BackupError> {
        let wrong = BackupError::at(&self.path);
        let layer = self.tar.into_inner().and_then(zstd::Encoder::finish).map_err(&wrong)?;
        let out = match layer {
            Layer::Plain(out) => out,
            Layer::Sealed(out) => out.finish().map_err(&wrong)?,
        };
        let (out, sha256, bytes) = out.sum();
        let file = out.into_inner().map_err(|error| wrong(error.into_error()))?;
        file.sync_all().map_err(&wrong)?;
        Ok(Sealed { name: name.to_owned(), bytes, sha256, encrypted: self.encrypted })
    }
}
