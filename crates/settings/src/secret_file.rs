//! Secrets that stand in a file of their own: one that `NAME_FILE` names, as containers do it, or a
//! credential that systemd puts into `$CREDENTIALS_DIRECTORY`.

use std::{fs::File, io::Read as _, path::Path};

use secrecy::SecretString;

use crate::{Origin, SettingError, Settings, find};

/// Nothing secret is longer.
const MOST_BYTES: u64 = 16 * 1024;

/// Reads all of them. A variable that is set itself and names a file as well is a mistake;
/// credentials are the weakest, since they may be there for everybody.
pub(crate) fn read(
    settings: &mut Settings,
    credentials: Option<&Path>,
) -> Result<(), SettingError> {
    let named: Vec<String> = settings
        .names()
        // Some providers have names of their own that end like that.
        .filter(|name| find(name).is_none())
        .filter_map(|name| name.strip_suffix("_FILE"))
        .filter(|name| find(name).is_some_and(|found| found.secret))
        .map(str::to_owned)
        .collect();
    for name in named {
        let variable = format!("{name}_FILE");
        if settings.get(&name).is_some() {
            let what = format!("is set, and so is {name}");
            return Err(SettingError::new(variable, what, "Set one of the two"));
        }
        let Some(file) = settings.get(&variable).map(std::path::PathBuf::from) else { continue };
        let text = one(&variable, &file)?;
        settings.resolve(&name, text, Origin::File(file));
    }
    let Some(directory) = credentials else { return Ok(()) };
    // One that cannot be listed holds nothing for us.
    let Ok(entries) = std::fs::read_dir(directory) else { return Ok(()) };
    for file in entries.flatten().map(|entry| entry.path()) {
        let name = file.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
        let secret = find(name).is_some_and(|found| found.secret);
        if secret && settings.get(name).is_none() {
            let text = one(name, &file)?;
            settings.resolve(name, text, Origin::Credential(file.clone()));
        }
    }
    Ok(())
}

fn one(variable: &str, file: &Path) -> Result<SecretString, SettingError> {
    let wrong = |what: String| {
        let cure = "Name a text file that the bot's user may read (mode 400 or 600), with nothing \
                    but the secret in it";
        SettingError::new(variable.to_owned(), format!("({}) {what}", file.display()), cure)
    };
    let open = File::open(file).map_err(|problem| wrong(format!("cannot be read: {problem}")))?;
    let mut text = String::new();
    open.take(MOST_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(|problem| wrong(format!("cannot be read: {problem}")))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(wrong("is too long for a secret".to_owned()));
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(wrong("is empty".to_owned()));
    }
    Ok(SecretString::from(text.to_owned()))
}
