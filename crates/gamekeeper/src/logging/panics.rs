//! Panics as lines of the log, so that whoever reads the log, or is told by it, hears of them.

use std::panic::{self, PanicHookInfo};

/// From now on, panics are logged.
pub(super) fn log() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("unnamed");
        tracing::error!(
            panic.place = place,
            panic.thread = thread,
            "the program met what must not be: {}",
            words(panic)
        );
    }));
}

/// What it said, on one line.
fn words(panic: &PanicHookInfo<'_>) -> String {
    let said = panic.payload_as_str().unwrap_or("it did not say what");
    said.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        panic::{self, AssertUnwindSafe},
        sync::Arc,
    };

    use parking_lot::Mutex;
    use settings::Settings;
    use tracing_subscriber::fmt::MakeWriter;

    use crate::config::Config;

    /// Keeps what was written.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for &Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Paper {
        type Writer = &'a Self;

        fn make_writer(&'a self) -> Self::Writer {
            self
        }
    }

    /// The worst that could be said in a panic: everything that the program was started with.
    #[test]
    fn a_panic_is_one_line_of_the_log_without_a_secret() {
        let mark = "pLanted-0123456789-0123456789";
        let planted = [
            ("DISCORD_TOKEN", mark.to_owned()),
            ("DISCORD_CLIENT_ID", "123456789012345678".to_owned()),
            ("DATABASE_URL", format!("postgresql://me:{mark}@127.0.0.1:9/x")),
            ("GAMEKEEPER_METRICS_TOKEN", mark.to_owned()),
            ("GAMEKEEPER_BACKUP_IDENTITY", key()),
            ("GAMEKEEPER_ALERT_DISCORD", format!("https://discord.com/api/webhooks/1/{mark}")),
            ("GAMEKEEPER_ALERT_WEBHOOK", format!("https://me:{mark}@example.org/{mark}")),
            ("GAMEKEEPER_ALERT_WEBHOOK_TOKEN", mark.to_owned()),
            ("GAMEKEEPER_ALERT_SMTP", format!("smtps://me:{mark}@example.org")),
            ("GAMEKEEPER_ALERT_MAIL_FROM", "me@example.org".to_owned()),
            ("GAMEKEEPER_ALERT_MAIL_TO", "me@example.org".to_owned()),
            ("GAMEKEEPER_SENTRY_DSN", format!("https://{mark}@sentry.example.org/1")),
            ("GAMEKEEPER_DEADMAN_URL", format!("https://example.org/{mark}")),
            ("AMP_ENABLED", "true".to_owned()),
            ("AMP_URL", "https://amp.example.org".to_owned()),
            ("AMP_USERNAME", "bot".to_owned()),
            ("AMP_PASSWORD", mark.to_owned()),
        ];
        for variable in settings::all().filter(|variable| variable.secret) {
            assert!(planted.iter().any(|(name, _)| *name == variable.name), "{}", variable.name);
        }
        let settings = Settings::of(planted.iter().map(|(name, text)| (*name, text.as_str())));
        let _ = rustls::crypto::ring::default_provider().install_default();
        let config = Config::read(&settings).expect("everything is set rightly");
        let paper = Paper::default();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(paper.clone()).finish();
        let before = panic::take_hook();
        super::log();
        let ended = tracing::subscriber::with_default(log, || {
            panic::catch_unwind(AssertUnwindSafe(|| panic!("{settings:?}\nand {config:?}")))
        });
        panic::set_hook(before);
        assert!(ended.is_err());
        let said = String::from_utf8(paper.0.lock().clone()).expect("text");
        assert_eq!(said.lines().count(), 1, "{said}");
        for wanted in
            ["the program met what must not be", "panic.place", "panics.rs", "amp.example.org"]
        {
            assert!(said.contains(wanted), "{wanted} is missing: {said}");
        }
        assert!(!said.contains("pLanted"), "{said}");
        assert!(!said.contains(&key()), "{said}");
    }

    /// A key that nobody uses, made of one byte.
    fn key() -> String {
        let data = format!("GFPYYSJZ{}GFPQ4EGAEX", "GFPYYSJZ".repeat(5));
        format!("AGE-SECRET-KEY-1{data}")
    }
}
