//! All words people read, in one place: `texts/*.ftl`, reached through [`Words`].
//!
//! A language is one file. What needs more than looking a key up (a sentence for every mistake,
//! refusal, problem, plan step, audit entry) is a function in one of the modules here.

pub mod audit;
pub mod chart;
pub mod check;
pub mod fact;
pub mod mistake;
pub mod permission;
pub mod plain;
pub mod problem;
pub mod server;
pub mod step;

use std::{fmt, sync::LazyLock};

use domain::Locale;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

pub(crate) const EN: &str = include_str!("../texts/en.ftl");
pub(crate) const DE: &str = include_str!("../texts/de.ftl");

/// Names and values for the placeholders of a text: `args!["n" => 3, "name" => name]`. Ids go in
/// as text, because Fluent's numbers are floating point.
macro_rules! args {
    ($($name:literal => $value:expr),+ $(,)?) => {{
        let mut args = ::fluent_bundle::FluentArgs::new();
        $(args.set($name, $value);)+
        args
    }};
}
pub(crate) use args;

/// Marks a text key that is not looked up on the spot, so that the test over all keys finds it.
macro_rules! key {
    ($key:literal) => {
        $key
    };
}
pub(crate) use key;

/// The words of one language.
pub struct Words {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::read(Locale::En, "en", EN));
static GERMAN: LazyLock<Words> = LazyLock::new(|| Words::read(Locale::De, "de", DE));

impl Words {
    /// The words of a language.
    pub fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::En => &ENGLISH,
            Locale::De => &GERMAN,
        }
    }

    /// Which language these are.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    fn read(locale: Locale, code: &str, source: &str) -> Self {
        let mut bundle = FluentBundle::new_concurrent(code.parse().into_iter().collect::<Vec<_>>());
        // Discord shows the isolation marks as boxes in some clients, and they count as characters.
        bundle.set_use_isolating(false);
        // The files are part of the program and tested; half a file is still better than a panic.
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(half, errors)| {
                tracing::error!(?errors, code, "text file has errors");
                half
            });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(?errors, code, "text file has doubled keys");
        }
        Self { locale, bundle }
    }

    /// A text without placeholders.
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text with its placeholders filled.
    pub fn with(&self, key: &str, args: &FluentArgs<'_>) -> String {
        self.format(key, Some(args))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, "no such text");
            #[cfg(test)]
            panic!("no such text: {key}");
            #[cfg(not(test))]
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "text with unfilled placeholders");
            #[cfg(test)]
            panic!("{key}: {errors:?}");
        }
        text
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("locale", &self.locale).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
