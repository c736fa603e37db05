//! The values as they stand, each with where it comes from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::PathBuf,
};

use secrecy::{ExposeSecret, SecretString};

use crate::{SettingError, find, nearest, table::is_theirs};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `--set`.
    Flag,
    /// The environment.
    Environment,
    /// An `.env` file.
    DotEnv(PathBuf),
    /// A TOML file.
    Toml(PathBuf),
    /// A file of its own, named by `NAME_FILE`.
    File(PathBuf),
    /// A credential that systemd hands over.
    Credential(PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("--set"),
            Self::Environment => f.write_str("environment"),
            Self::DotEnv(file) | Self::Toml(file) | Self::File(file) => {
                write!(f, "{}", file.display())
            }
            Self::Credential(file) => write!(f, "credential {}", file.display()),
        }
    }
}

/// A value that may be a secret.
#[derive(Clone, Debug)]
struct Value {
    text: SecretString,
    origin: Origin,
}

/// All values that are set.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    values: BTreeMap<String, Value>,
    strangers: BTreeMap<String, Origin>,
    dotenv: Option<PathBuf>,
}

impl Settings {
    /// Settings that were not read from anywhere, for tests.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut settings = Self::default();
        for (name, text) in values {
            settings.put(name, text, &Origin::Environment);
        }
        settings
    }

    /// The value of a variable, without the space around it; none where it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.text.expose_secret())
    }

    /// The same for what nobody may read.
    pub fn secret(&self, name: &str) -> Option<SecretString> {
        self.values.get(name).map(|value| value.text.clone())
    }

    /// Where a variable's value comes from.
    pub fn origin(&self, name: &str) -> Option<&Origin> {
        self.values.get(name).map(|value| &value.origin)
    }

    /// Names of all variables that are set, in order of the alphabet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// What is set for the providers of object stores, by their own names.
    pub fn of_providers(&self) -> impl Iterator<Item = (String, SecretString)> {
        let theirs = self.values.iter().filter(|(name, _)| is_theirs(name));
        theirs.map(|(name, value)| (name.clone(), value.text.clone()))
    }

    /// The `.env` file that was read.
    pub fn dotenv(&self) -> Option<&std::path::Path> {
        self.dotenv.as_deref()
    }

    /// A sentence for each name that looks like ours and is not.
    pub fn unknown(&self) -> Vec<SettingError> {
        let known = |name: &String| nearest::to(name);
        self.strangers
            .iter()
            .map(|(name, origin)| {
                let what = format!("(in {origin}) is not a setting of Gamekeeper");
                let cure = match known(name) {
                    Some(nearest) => format!("Did you mean {nearest}?"),
                    None => "Take it out; gamekeeper config template lists all settings".to_owned(),
                };
                SettingError::new(name.clone(), what, cure)
            })
            .collect()
    }

    /// Names of variables that have another value there, or none.
    pub fn changed(&self, there: &Self) -> Vec<String> {
        let names: BTreeSet<&str> = self.names().chain(there.names()).collect();
        let differ = |name: &&str| self.get(name) != there.get(name);
        names.into_iter().filter(differ).map(str::to_owned).collect()
    }

    /// Puts a value where there is none of a stronger layer.
    pub(crate) fn put(&mut self, name: &str, text: &str, origin: &Origin) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if find(name).is_none() {
            // A secret's file is looked at once everything is read.
            let is_file = name.strip_suffix("_FILE").and_then(find).is_some_and(|v| v.secret);
            if !is_file {
                if nearest::looks_like_ours(name) {
                    self.strangers.entry(name.to_owned()).or_insert_with(|| origin.clone());
                }
                return;
            }
        }
        let value = || Value { text: SecretString::from(text.to_owned()), origin: origin.clone() };
        self.values.entry(name.to_owned()).or_insert_with(value);
    }

    pub(crate) fn remember_dotenv(&mut self, file: PathBuf) {
        self.dotenv = Some(file);
    }

    /// Replaces what names a file by what the file holds.
    pub(crate) fn resolve(&mut self, name: &str, text: SecretString, origin: Origin) {
        self.values.remove(&format!("{name}_FILE"));
        self.values.insert(name.to_owned(), Value { text, origin });
    }
}
