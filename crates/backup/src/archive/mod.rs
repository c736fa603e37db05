//! The container: tar in zstd, in age where there is somebody to encrypt for.
//!
//! `age -d -i KEY FILE | zstd -d | tar t` opens it without us. First comes `header.json`, then tables
//! as `tables/NAME/00001.jsonl`, then the database's own copy below `native/`, and at the end
//! `manifest.json`: an archive without it was cut short.

mod pack;
mod unpack;

pub(crate) use pack::Packer;
pub(crate) use unpack::{Piece, Unpacking, unpack};

pub(crate) const HEADER: &str = "header.json";
pub(crate) const MANIFEST: &str = "manifest.json";
pub(crate) const TABLES: &str = "tables/";
pub(crate) const NATIVE: &str = "native/";

/// Lines of a table are gathered up to so many bytes.
pub(crate) const CHUNK: usize = 1 << 20;
