//! `gamekeeper health`: asks the running bot whether it is alive, for Docker's HEALTHCHECK and for
//! scripts.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use clap::Args;
use settings::Settings;

use crate::{
    config::{Flags, HttpConfig},
    exit::Stop,
};

/// Docker gives it 5 s.
const WITHIN: Duration = Duration::from_secs(4);
/// Longest answer that is shown, in bytes.
const LONGEST: usize = 4_096;

/// What is asked.
#[derive(Args, Clone, Debug)]
pub struct HealthArgs {
    /// Where the bot answers, such as `http://127.0.0.1:7610`; by GAMEKEEPER_HTTP when left out.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Ask whether people are served (connected, with a database), not only whether the process
    /// lives.
    #[arg(long)]
    pub ready: bool,
}

/// Asks; exit code 0 if all is well, 1 if not or if nobody answers.
#[expect(clippy::print_stdout, reason = "it is a command line's answer")]
pub async fn run(args: &HealthArgs, flags: &Flags) -> Result<(), Stop> {
    let base = match &args.url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => address(&HttpConfig::read(&Settings::load(flags)?)?)?,
    };
    let page = if args.ready { "readyz" } else { "livez" };
    let nobody = |why: String| Stop::Failed(format!("the bot does not answer at {base}: {why}"));
    let client = reqwest::Client::builder().timeout(WITHIN).no_proxy().build();
    let client = client.map_err(|error| nobody(error.without_url().to_string()))?;
    let asked = client.get(format!("{base}/{page}")).send().await;
    let mut answer = asked.map_err(|error| nobody(deepest(&error)))?;
    let status = answer.status();
    let mut text = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        text.extend_from_slice(&chunk);
        if text.len() > LONGEST {
            text.truncate(LONGEST);
            break;
        }
    }
    let text = String::from_utf8_lossy(&text);
    let bad: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("[-] ")).collect();
    match status.as_u16() {
        200 if args.ready => println!("The bot is ready."),
        200 => println!("The bot is alive."),
        503 if !bad.is_empty() => {
            return Err(Stop::Failed(format!("the bot is not well: {}", bad.join("; "))));
        }
        other => return Err(nobody(format!("what is there says {other}; is it the bot?"))),
    }
    Ok(())
}

/// Where the bot of these settings answers.
pub(crate) fn address(http: &HttpConfig) -> Result<String, Stop> {
    let Some(mut address) = http.address else {
        return Err(Stop::Failed(
            "GAMEKEEPER_HTTP is off: there is nobody to ask. Leave it empty for 127.0.0.1:7610"
                .to_owned(),
        ));
    };
    // "Everywhere" is also here.
    if address.ip().is_unspecified() {
        let here = match address.ip() {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        };
        address = SocketAddr::new(here, address.port());
    }
    Ok(format!("http://{address}"))
}

/// Why somebody could not be asked, without the address.
pub(crate) fn deepest(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
