//! The way to Discord, one stage at a time: name, address, TLS, answer.

use std::time::{Duration, Instant, SystemTime};

use discord::Origin;

use crate::Finding;

/// How long one stage may take.
const WITHIN: Duration = Duration::from_secs(10);
/// From here on people notice it in every answer.
const SLOW: Duration = Duration::from_millis(500);
/// The header has whole seconds, and the answer was under way.
const SKEW_SEEN: Duration = Duration::from_secs(3);
/// From here on the bot takes fresh clicks for old ones.
const SKEW_HARMFUL: Duration = Duration::from_secs(30);

const REACH: &str = "discord.reach";
const CLOCK: &str = "discord.clock";

pub(super) async fn look(origin: &Origin) -> Vec<Finding> {
    let address = origin.to_string();
    let (secure, host) = match address.split_once("://") {
        Some((scheme, host)) => (scheme == "https", host.to_owned()),
        None => (true, address.clone()),
    };
    let with_port = if host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
        host.clone()
    } else {
        format!("{host}:{}", if secure { 443 } else { 80 })
    };
    let resolved = tokio::time::timeout(WITHIN, tokio::net::lookup_host(with_port)).await;
    let addresses: Vec<_> = match resolved {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(problem)) => {
            return vec![Finding::error(
                REACH,
                format!("the name of {host} cannot be resolved: {problem}"),
                format!("Check DNS: getent hosts {host}; look at /etc/resolv.conf"),
            )];
        }
        Err(_) => {
            return vec![Finding::error(
                REACH,
                format!("the name server did not tell where {host} is within 10 s"),
                "Check /etc/resolv.conf, and whether the firewall lets DNS out",
            )];
        }
    };
    if let Err(finding) = connect(&addresses, &host).await {
        return vec![finding];
    }
    ask(&address).await
}

async fn connect(addresses: &[std::net::SocketAddr], host: &str) -> Result<(), Finding> {
    let mut last = "it has no address".to_owned();
    for address in addresses {
        match tokio::time::timeout(WITHIN, tokio::net::TcpStream::connect(address)).await {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(problem)) => last = format!("{address}: {problem}"),
            Err(_) => last = format!("{address}: no answer within 10 s"),
        }
    }
    Err(Finding::error(
        REACH,
        format!("{host} does not let us connect ({last})"),
        "Check the network and whether the firewall lets connections out",
    ))
}

async fn ask(address: &str) -> Vec<Finding> {
    let failed = |problem: reqwest::Error| {
        let what = if problem.is_timeout() {
            "no answer within 10 s".to_owned()
        } else {
            deepest(&problem)
        };
        let cure = "If it is about certificates: apt install ca-certificates, and look whether \
                    something on the way opens TLS. https://discordstatus.com tells of outages";
        vec![Finding::error(REACH, format!("{address} does not answer: {what}"), cure)]
    };
    let client = match reqwest::Client::builder().timeout(WITHIN).build() {
        Ok(client) => client,
        Err(problem) => return failed(problem),
    };
    let url = format!("{address}/api/v{}/gateway", Origin::API_VERSION);
    // The first brings the connection about; the second is what a call costs.
    if let Err(problem) = client.get(&url).send().await {
        return failed(problem);
    }
    let started = Instant::now();
    let answer = match client.get(&url).send().await {
        Ok(answer) => answer,
        Err(problem) => return failed(problem),
    };
    let took = started.elapsed();
    let clock = skew(answer.headers().get("date"));
    let status = answer.status();
    let ms = took.as_millis();
    let reach = if !status.is_success() {
        Finding::error(
            REACH,
            format!("{address} answers with {status}"),
            "Check DISCORD_API_URL; https://discordstatus.com tells of outages",
        )
    } else if took > SLOW {
        let cure = "Look at the network between here and Discord; players wait as long";
        Finding::warning(REACH, format!("{address} takes {ms} ms to answer"), cure)
    } else {
        Finding::ok(REACH, format!("{address} answers within {ms} ms"))
    };
    vec![reach, clock]
}

/// The innermost reason: the outer ones only say that something failed. None of them holds what
/// was sent.
fn deepest(problem: &dyn std::error::Error) -> String {
    let mut inner = problem;
    while let Some(next) = inner.source() {
        inner = next;
    }
    inner.to_string()
}

fn skew(date: Option<&reqwest::header::HeaderValue>) -> Finding {
    let told = date.and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let Some(told) = told else { return Finding::skipped(CLOCK, "Discord did not tell its time") };
    let now = SystemTime::now();
    let (skew, way) = match now.duration_since(told) {
        Ok(ahead) => (ahead, "ahead"),
        Err(behind) => (behind.duration(), "behind"),
    };
    let seconds = skew.as_secs();
    let cure = "timedatectl set-ntp true; apt install systemd-timesyncd";
    if skew <= SKEW_SEEN {
        Finding::ok(CLOCK, "this machine's clock agrees with Discord's")
    } else if skew <= SKEW_HARMFUL {
        Finding::warning(CLOCK, format!("this machine's clock is {seconds} s {way}"), cure)
    } else {
        Finding::error(CLOCK, format!("this machine's clock is {seconds} s {way}"), cure)
    }
}
