//! What operators write down, and what is made of it.

mod layers;
mod paper;
mod secrets;

use std::path::Path;

use secrecy::SecretString;
use settings::{Flags, SettingError, Settings};

/// Reads all layers in `here`, with this environment.
fn load(here: &Path, environment: &[(&str, &str)]) -> Result<Settings, SettingError> {
    load_with(&Flags::default(), here, environment)
}

fn load_with(
    flags: &Flags,
    here: &Path,
    environment: &[(&str, &str)],
) -> Result<Settings, SettingError> {
    let environment: Vec<(String, SecretString)> = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), SecretString::from((*value).to_owned())))
        .collect();
    Settings::from_layers(flags, &environment, here)
}
