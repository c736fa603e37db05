//! Where values come from, strongest first.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

use crate::{Origin, SettingError, Settings, dotenv, find, secret_file, toml_file};

/// What the command line says about settings.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config`: a TOML file.
    pub toml: Option<PathBuf>,
    /// `--env-file`, instead of the nearest `.env` upwards.
    pub dotenv: Option<PathBuf>,
    /// `--set NAME=VALUE`.
    pub set: Vec<String>,
}

impl Settings {
    /// Reads all layers of this process.
    pub fn load(flags: &Flags) -> Result<Self, SettingError> {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            // A name that is no text cannot be one of ours.
            Some((name.into_string().ok()?, value))
        });
        let mut plain = Vec::new();
        for (name, value) in environment {
            match value.into_string() {
                Ok(value) => plain.push((name, SecretString::from(value))),
                Err(_) if find(&name).is_some() => {
                    return Err(SettingError::new(name, "is not text", "Use text in UTF-8 only"));
                }
                Err(_) => {}
            }
        }
        let here = std::env::current_dir().unwrap_or_default();
        Self::from_layers(flags, &plain, &here)
    }

    /// Reads the layers as if the environment and the working directory were these.
    pub fn from_layers(
        flags: &Flags,
        environment: &[(String, SecretString)],
        here: &Path,
    ) -> Result<Self, SettingError> {
        let mut settings = Self::default();
        for text in &flags.set {
            let (name, value) = flag(text)?;
            settings.put(name, value, &Origin::Flag);
        }
        for (name, value) in environment {
            settings.put(name, value.expose_secret(), &Origin::Environment);
        }
        if let Some(file) = flags.dotenv.clone().or_else(|| dotenv::find(here)) {
            let found = dotenv::read(&file).map_err(|problem| {
                SettingError::new(
                    ".env",
                    format!("({}) cannot be read: {problem}", file.display()),
                    "Make it a text file in UTF-8 that the bot's user may read (mode 600)",
                )
            })?;
            for (name, value) in &found {
                settings.put(name, value, &Origin::DotEnv(file.clone()));
            }
            settings.remember_dotenv(file);
        }
        let named = flags.toml.as_ref().and_then(|file| file.to_str());
        let named = named.or_else(|| settings.get("GAMEKEEPER_CONFIG")).map(str::to_owned);
        if let Some(file) = toml_file::find(named.as_deref(), here) {
            for (name, value) in toml_file::read(&file)? {
                settings.put(&name, &value, &Origin::Toml(file.clone()));
            }
        }
        let credentials = environment
            .iter()
            .find(|(name, _)| name == "CREDENTIALS_DIRECTORY")
            .map(|(_, directory)| PathBuf::from(directory.expose_secret()));
        secret_file::read(&mut settings, credentials.as_deref())?;
        Ok(settings)
    }
}

/// `NAME=VALUE`, of nothing secret: everybody on the machine can read a command line.
fn flag(text: &str) -> Result<(&str, &str), SettingError> {
    let wrong = |what: &str, cure: &str| SettingError::new("--set", what, cure);
    let Some((name, value)) = text.split_once('=') else {
        return Err(wrong("has no `=` in it", "Write --set NAME=VALUE"));
    };
    let name = name.trim();
    match find(name) {
        None => Err(wrong(
            &format!("names `{name}`, which is not a setting"),
            "gamekeeper config template lists all settings",
        )),
        Some(variable) if variable.secret => Err(wrong(
            &format!("names {name}, which is secret, and command lines can be read by everybody"),
            "Put it into .env, or into a file that its _FILE variable names",
        )),
        Some(_) => Ok((name, value)),
    }
}
