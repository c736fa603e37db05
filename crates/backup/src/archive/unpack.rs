//! Out: one entry after the other, with nothing believed that was not checked.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
};

use age::{DecryptError, Decryptor};
use store::archive::Row;
use tokio::sync::mpsc;

use super::{CHUNK, HEADER, MANIFEST, NATIVE, TABLES};
use crate::{
    BackupError, Damage, FORMAT, Header, Keys, Manifest, Mistake, Native, TableSum, hash::Hashed,
};

const AGE: &[u8] = b"age-encryption.org/";
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// A header or manifest is never longer.
const SMALL: u64 = 1 << 20;
/// A chunk ends with the line that fills it; no line of ours is longer than this.
const LONGEST: u64 = (CHUNK as u64) * 16;
/// Rows handed over at once.
const BATCH: usize = 500;

/// What comes out of an archive.
#[derive(Debug)]
pub(crate) enum Piece {
    /// First.
    Header(Header),
    /// Rows of a table, in their order.
    Rows { table: String, rows: Vec<Row> },
    /// Last: all of it was there and as it was written.
    Manifest(Box<Manifest>),
}

/// An archive that is being read.
pub(crate) struct Unpacking {
    pieces: mpsc::Receiver<Result<Piece, BackupError>>,
}

impl Unpacking {
    /// The next piece; none at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Piece>, BackupError> {
        self.pieces.recv().await.transpose()
    }
}

/// Reads an archive. The database's own copy goes to `native`, where that is wanted.
pub(crate) fn unpack(path: &Path, keys: &Keys, native: Option<PathBuf>) -> Unpacking {
    let (send, pieces) = mpsc::channel(4);
    let (path, keys) = (path.to_owned(), keys.clone());
    tokio::task::spawn_blocking(move || {
        let reader = Reader { path, native, send: send.clone() };
        if let Err(error) = reader.all(&keys) {
            // Nobody listening is fine.
            let _ = send.blocking_send(Err(error));
        }
    });
    Unpacking { pieces }
}

struct Reader {
    path: PathBuf,
    native: Option<PathBuf>,
    send: mpsc::Sender<Result<Piece, BackupError>>,
}

#[derive(Default)]
struct Sums {
    tables: BTreeMap<String, (Hashed<()>, u64)>,
    native: Option<(String, String, u64)>,
}

impl Default for Hashed<()> {
    fn default() -> Self {
        Self::nothing()
    }
}

impl Reader {
    fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    fn foreign(&self) -> BackupError {
        Damage::Foreign(self.name()).into()
    }

    fn altered(&self, what: &(impl ToString + ?Sized)) -> BackupError {
        Damage::Altered { name: self.name(), what: what.to_string() }.into()
    }

    /// What a failure to read means.
    fn unreadable(&self, error: &io::Error) -> BackupError {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Damage::CutShort(self.name()).into(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound => {
                BackupError::io(&self.path, error)
            }
            _ if error.to_string().contains("incomplete frame") => {
                Damage::CutShort(self.name()).into()
            }
            _ => self.altered(error),
        }
    }

    fn all(&self, keys: &Keys) -> Result<(), BackupError> {
        let file = File::open(&self.path).map_err(BackupError::at(&self.path))?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let start = file.fill_buf().map_err(BackupError::at(&self.path))?;
        if start.starts_with(AGE) {
            let sealed = Decryptor::new_buffered(file).map_err(|error| self.sealed(error))?;
            if !keys.decrypts() {
                return Err(Mistake::NoKey.into());
            }
            let open = sealed.decrypt(keys.identities()).map_err(|error| self.sealed(error))?;
            return self.entries(open);
        }
        if start.is_empty() {
            return Err(Damage::CutShort(self.name()).into());
        }
        if !start.starts_with(ZSTD) {
            return Err(self.foreign());
        }
        self.entries(file)
    }

    fn sealed(&self, error: DecryptError) -> BackupError {
        match error {
            DecryptError::NoMatchingKeys => Mistake::WrongKey.into(),
            DecryptError::Io(error) => self.unreadable(&error),
            other => self.altered(&other),
        }
    }

    fn entries(&self, layer: impl Read) -> Result<(), BackupError> {
        let wrong = |error: io::Error| self.unreadable(&error);
        let zstd = zstd::Decoder::new(layer).map_err(wrong)?;
        let mut tar = tar::Archive::new(zstd);
        let mut sums = Sums::default();
        let mut header = None;
        let mut manifest: Option<Manifest> = None;
        for entry in tar.entries().map_err(wrong)? {
            let mut entry = entry.map_err(wrong)?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let bytes = entry.size();
            if manifest.is_some() {
                return Err(self.altered(&format!("`{name}` stands behind its end")));
            }
            match (&header, name.as_str()) {
                (None, HEADER) => {
                    let found = self.header(&self.small(&mut entry, bytes)?)?;
                    header = Some(found.clone());
                    if !self.tell(Piece::Header(found)) {
                        return Ok(());
                    }
                }
                (None, _) => return Err(self.foreign()),
                (Some(_), MANIFEST) => {
                    let body = self.small(&mut entry, bytes)?;
                    let found: Manifest = serde_json::from_slice(&body)
                        .map_err(|error| self.altered(&format!("its manifest: {error}")))?;
                    manifest = Some(found);
                }
                (Some(_), name) if name.starts_with(TABLES) => {
                    let table = name.split('/').nth(1).unwrap_or_default().to_owned();
                    if bytes > LONGEST {
                        return Err(self.altered(&format!("`{name}` is too long")));
                    }
                    if !self.rows(&table, &mut entry, bytes, &mut sums)? {
                        return Ok(());
                    }
                }
                (Some(_), name) if name.starts_with(NATIVE) => {
                    let name = name.to_owned();
                    self.native(&name, &mut entry, &mut sums)?;
                }
                // Something that a later version of the same format adds.
                (Some(_), _) => {}
            }
        }
        // To the very end, where zstd's own sum is.
        io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(wrong)?;
        let Some(manifest) = manifest else { return Err(Damage::CutShort(self.name()).into()) };
        self.compare(&manifest, header.as_ref(), sums)?;
        self.tell(Piece::Manifest(Box::new(manifest)));
        Ok(())
    }

    /// Whether anybody listens.
    fn tell(&self, piece: Piece) -> bool {
        self.send.blocking_send(Ok(piece)).is_ok()
    }

    fn small(&self, entry: &mut impl Read, bytes: u64) -> Result<Vec<u8>, BackupError> {
        if bytes > SMALL {
            return Err(self.altered("a part that should be small is not"));
        }
        let mut body = Vec::new();
        entry.read_to_end(&mut body).map_err(|error| self.unreadable(&error))?;
        Ok(body)
    }

    /// Refuses what is newer than we are before anything else of it is looked at.
    fn header(&self, body: &[u8]) -> Result<Header, BackupError> {
        #[derive(serde::Deserialize)]
        struct Least {
            format: u32,
            app: String,
        }
        let wrong = |error: serde_json::Error| self.altered(&format!("its header: {error}"));
        let Least { format, app } = serde_json::from_slice(body).map_err(wrong)?;
        let newer = |what| Damage::Newer { name: self.name(), app: app.clone(), what };
        if format > FORMAT {
            return Err(newer(format!("format {format}")).into());
        }
        let header: Header = serde_json::from_slice(body).map_err(wrong)?;
        if !store::migration::names().contains(&header.schema) {
            return Err(newer(format!("schema {}", header.schema)).into());
        }
        Ok(header)
    }

    /// Whether anybody still listens.
    fn rows(
        &self,
        table: &str,
        entry: &mut impl Read,
        bytes: u64,
        sums: &mut Sums,
    ) -> Result<bool, BackupError> {
        let mut body = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
        entry.read_to_end(&mut body).map_err(|error| self.unreadable(&error))?;
        let (sum, count) = sums.tables.entry(table.to_owned()).or_default();
        sum.take(&body);
        let mut batch = Vec::with_capacity(BATCH);
        for line in body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let row: Row = serde_json::from_slice(line)
                .map_err(|error| self.altered(&format!("a row of `{table}`: {error}")))?;
            *count += 1;
            batch.push(row);
            if batch.len() == BATCH {
                let rows = std::mem::take(&mut batch);
                if !self.tell(Piece::Rows { table: table.to_owned(), rows }) {
                    return Ok(false);
                }
            }
        }
        Ok(batch.is_empty() || self.tell(Piece::Rows { table: table.to_owned(), rows: batch }))
    }

    fn native(
        &self,
        name: &str,
        entry: &mut impl Read,
        sums: &mut Sums,
    ) -> Result<(), BackupError> {
        let mut from = Hashed::new(entry);
        let mut buffer = vec![0; 1 << 16];
        let mut to = match &self.native {
            Some(path) => Some((path, File::create(path).map_err(BackupError::at(path))?)),
            None => None,
        };
        loop {
            let read = from.read(&mut buffer).map_err(|error| self.unreadable(&error))?;
            if read == 0 {
                break;
            }
            if let Some((path, file)) = &mut to {
                file.write_all(&buffer[..read]).map_err(BackupError::at(path))?;
            }
        }
        let (_, sha256, bytes) = from.sum();
        sums.native = Some((name.to_owned(), sha256, bytes));
        Ok(())
    }

    fn compare(
        &self,
        manifest: &Manifest,
        header: Option<&Header>,
        mut sums: Sums,
    ) -> Result<(), BackupError> {
        if header != Some(&manifest.header) {
            return Err(self.altered("its header and its manifest do not agree"));
        }
        for TableSum { name, rows, sha256 } in &manifest.tables {
            let (sum, count) = sums.tables.remove(name).unwrap_or_default();
            if count != *rows || sum.sum().1 != *sha256 {
                return Err(self.altered(&format!("the rows of `{name}` are not those written")));
            }
        }
        if let Some(name) = sums.tables.keys().next() {
            return Err(self.altered(&format!("`{name}` is not in its manifest")));
        }
        let said =
            manifest.native.clone().map(|Native { file, sha256, bytes, .. }| (file, sha256, bytes));
        if sums.native != said {
            return Err(self.altered("the database's own copy is not the one written"));
        }
        Ok(())
    }
}
