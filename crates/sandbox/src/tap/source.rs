//! Where the description comes from.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use contract::Contract;
use parking_lot::Mutex;

/// Names the file.
const FILE: &str = "DISCORD_OPENAPI";

/// Whether everything said is held to Discord's published API description (specs/openapi.json of the GitHub
/// repository discord/discord-api-spec).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ContractCheck {
    /// When `DISCORD_OPENAPI` names the file, and then a violation fails the test: letting go of the last handle
    /// of the sandbox panics.
    #[default]
    Environment,
    /// Never.
    Off,
    /// With this file. Violations are listed and nothing else happens.
    Report(PathBuf),
    /// With this file, and a violation fails the test.
    Enforce(PathBuf),
}

impl ContractCheck {
    /// The file and whether the check is enforced.
    pub(super) fn file(&self) -> Option<(PathBuf, bool)> {
        match self {
            Self::Environment => std::env::var_os(FILE).map(|path| (PathBuf::from(path), true)),
            Self::Off => None,
            Self::Report(path) => Some((path.clone(), false)),
            Self::Enforce(path) => Some((path.clone(), true)),
        }
    }
}

/// Read once a process: a process has one or two of these files, and many sandboxes.
static LOADED: LazyLock<Mutex<HashMap<PathBuf, Arc<Contract>>>> = LazyLock::new(Mutex::default);

pub(super) fn load(path: &Path) -> io::Result<Arc<Contract>> {
    let mut loaded = LOADED.lock();
    if let Some(found) = loaded.get(path) {
        return Ok(Arc::clone(found));
    }
    let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = std::fs::read(path).map_err(|error| io::Error::new(error.kind(), named(&error)))?;
    let contract = Contract::new(&bytes)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, named(&error)))?;
    let contract = Arc::new(contract);
    loaded.insert(path.to_owned(), Arc::clone(&contract));
    Ok(contract)
}
