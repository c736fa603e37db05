//! Every variable there is: the template, `config show` and the documentation come from here.

mod alerts;
mod amp;
mod backup;
mod database;
mod discord;
mod fleet;
mod http;
mod limits;
mod log;
mod provider;

use std::borrow::Cow;

pub(crate) use provider::is_theirs;

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Its name in the environment and in `.env`.
    pub name: &'static str,
    /// Its name in a TOML file.
    pub key: &'static str,
    /// What it is for, its units and limits, and what holds when it is unset.
    pub about: &'static str,
    /// What holds when it is unset, where that can be written down.
    pub default: Option<&'static str>,
    /// A value that shows the form.
    pub example: Option<&'static str>,
    /// Whether its value is nobody's to read.
    pub secret: bool,
    /// Whether the bot cannot start without it.
    pub needed: bool,
    /// Whether a running bot takes a new value on SIGHUP.
    pub reload: bool,
}

/// Settings of one concern.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// What they are about.
    pub title: &'static str,
    /// The settings.
    pub variables: &'static [Variable],
}

/// What is known of a name, also of those that are made of a panel's name or are a provider's.
#[derive(Clone, Debug)]
pub struct Found {
    /// The name.
    pub name: Cow<'static, str>,
    /// See [`Variable::secret`].
    pub secret: bool,
    /// See [`Variable::reload`].
    pub reload: bool,
}

impl Variable {
    const fn new(name: &'static str, key: &'static str, about: &'static str) -> Self {
        Self {
            name,
            key,
            about,
            default: None,
            example: None,
            secret: false,
            needed: false,
            reload: false,
        }
    }

    const fn default(self, text: &'static str) -> Self {
        Self { default: Some(text), ..self }
    }

    const fn example(self, text: &'static str) -> Self {
        Self { example: Some(text), ..self }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    const fn reload(self) -> Self {
        Self { reload: true, ..self }
    }
}

/// All settings, by concern, in the order of the template.
pub fn sections() -> &'static [Section] {
    &[
        discord::SECTION,
        database::SECTION,
        log::SECTION,
        limits::SECTION,
        fleet::SECTION,
        http::SECTION,
        backup::SECTION,
        alerts::SECTION,
        amp::SECTION,
    ]
}

/// All settings.
pub fn all() -> impl Iterator<Item = &'static Variable> {
    sections().iter().flat_map(|section| section.variables)
}

/// What is known of a name.
pub fn find(name: &str) -> Option<Found> {
    let fixed = all().find(|variable| variable.name == name).map(|variable| Found {
        name: Cow::Borrowed(variable.name),
        secret: variable.secret,
        reload: variable.reload,
    });
    fixed.or_else(|| amp::of_a_panel(name)).or_else(|| provider::of_a_provider(name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{all, find};

    #[test]
    fn names_and_keys_are_each_there_once() {
        let names: BTreeSet<_> = all().map(|variable| variable.name).collect();
        let keys: BTreeSet<_> = all().map(|variable| variable.key).collect();
        assert_eq!((names.len(), keys.len()), (all().count(), all().count()));
        // `_FILE` is how a secret's file is named.
        assert!(names.iter().all(|name| {
            !name.strip_suffix("_FILE").and_then(find).is_some_and(|found| found.secret)
        }));
    }

    #[test]
    fn what_a_panel_needs_is_known_by_its_name() {
        assert!(find("AMP_ATTIC_PASSWORD").is_some_and(|found| found.secret));
        assert!(find("AMP_ATTIC_URL").is_some_and(|found| !found.secret));
        assert!(find("AMP_ATTIC_COLOUR").is_none());
        assert!(find("AMP__URL").is_none());
    }

    #[test]
    fn what_a_provider_calls_its_own_is_secret_but_for_what_is_known_to_be_harmless() {
        let secret = |name: &str| find(name).map(|found| found.secret);
        assert_eq!(secret("AWS_SECRET_ACCESS_KEY"), Some(true));
        assert_eq!(secret("AZURE_SOMETHING_NEW"), Some(true));
        assert_eq!(secret("AWS_REGION"), Some(false));
        // A file that we read, and one that the provider's own client does.
        assert_eq!(secret("AWS_SECRET_ACCESS_KEY_FILE"), None);
        assert_eq!(secret("AWS_WEB_IDENTITY_TOKEN_FILE"), Some(false));
    }
}
