//! Asks the running bot for its figures.

use std::time::Duration;

use reqwest::{Client, StatusCode, redirect::Policy};
use secrecy::{ExposeSecret as _, SecretString};
use settings::Settings;
use watch::{Figures, Look, Seen};

use crate::{config::HttpConfig, exit::Stop, health};

/// How long a look may take.
const WITHIN: Duration = Duration::from_secs(5);
/// Longest page, in bytes. Ours has some hundred kilobytes where there are many routes.
const LONGEST: usize = 4 * 1024 * 1024;

/// Whoever looks.
pub(crate) struct Asking {
    client: Client,
    base: String,
    token: Option<SecretString>,
}

impl Asking {
    /// Of the bot at `url`, or of the one that these settings name.
    pub(crate) fn new(url: Option<&str>, settings: &Settings) -> Result<Self, Stop> {
        let http = HttpConfig::read(settings)?;
        match url {
            Some(url) => Self::at(url.trim_end_matches('/').to_owned(), http.token),
            None => Self::of(&http),
        }
    }

    /// Of the bot with these settings.
    pub(crate) fn of(http: &HttpConfig) -> Result<Self, Stop> {
        Self::at(health::address(http)?, http.token.clone())
    }

    fn at(base: String, token: Option<SecretString>) -> Result<Self, Stop> {
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(Stop::Usage(format!(
                "`{base}` is no address such as http://127.0.0.1:7610"
            )));
        }
        // A token is for this one place, wherever that points to.
        let client = Client::builder().timeout(WITHIN).redirect(Policy::none()).no_proxy().build();
        let client = client.map_err(|error| Stop::Unavailable(error.without_url().to_string()))?;
        Ok(Self { client, base, token })
    }

    /// Where it asks.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// One look, so many hours after the watch began.
    pub(crate) async fn look(&self, hours: f64) -> Look {
        let seen = match self.figures().await {
            Ok(figures) => Seen::Up(Box::new(figures)),
            Err(why) => Seen::Away(why),
        };
        let not_ready = match &seen {
            Seen::Up(figures) if !figures.ready => self.why_not_ready().await,
            _ => String::new(),
        };
        Look { hours, seen, not_ready }
    }

    /// What it tells now, or why it does not.
    pub(crate) async fn figures(&self) -> Result<Figures, String> {
        let (status, text) = self.page("metrics").await?;
        match status {
            StatusCode::OK => Figures::read(&text)
                .ok_or_else(|| "what is there is not the bot's /metrics".to_owned()),
            StatusCode::UNAUTHORIZED => {
                Err("it wants the token of GAMEKEEPER_METRICS_TOKEN".to_owned())
            }
            other => Err(format!("/metrics answers {other}")),
        }
    }

    /// In the bot's own words.
    async fn why_not_ready(&self) -> String {
        let Ok((_, text)) = self.page("readyz").await else { return String::new() };
        let bad = text.lines().filter_map(|line| line.strip_prefix("[-] "));
        let words: Vec<String> = bad.map(|line| line.replace(char::is_control, " ")).collect();
        words.join("; ")
    }

    async fn page(&self, page: &str) -> Result<(StatusCode, String), String> {
        let mut request = self.client.get(format!("{}/{page}", self.base));
        if let Some(token) = self.token.as_ref().filter(|_| page == "metrics") {
            request = request.bearer_auth(token.expose_secret());
        }
        let mut answer = request.send().await.map_err(|error| health::deepest(&error))?;
        let status = answer.status();
        let mut text = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| health::deepest(&error))? {
            if text.len() + chunk.len() > LONGEST {
                return Err("its answer is too long".to_owned());
            }
            text.extend_from_slice(&chunk);
        }
        Ok((status, String::from_utf8_lossy(&text).into_owned()))
    }
}
