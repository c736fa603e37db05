//! Watching over the bot: its pages, its figures, its alerts, its log; and that no secret is in any
//! of them.

mod alarm;
#[cfg(any(feature = "sentry", feature = "otlp"))]
mod elsewhere;
mod figures;
mod log;
mod pages;
mod papers;
mod secrets;
mod signs;

use std::{net::SocketAddr, time::Duration};

use gamekeeper::{child::Program, stage::verbs::Told};

/// A port that is free right now.
fn free_port() -> Told<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    listener.local_addr().map_err(|e| e.to_string())
}

/// The program with its pages at this address.
fn program(address: SocketAddr) -> Program {
    Program::at(env!("CARGO_BIN_EXE_gamekeeper")).set("GAMEKEEPER_HTTP", address.to_string())
}

/// A page: its status and text.
async fn get(address: SocketAddr, path: &str) -> Told<(u16, String)> {
    get_with(address, path, None).await
}

async fn get_with(address: SocketAddr, path: &str, bearer: Option<&str>) -> Told<(u16, String)> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build();
    let mut request = client.map_err(|e| e.to_string())?.get(format!("http://{address}{path}"));
    if let Some(bearer) = bearer {
        request = request.bearer_auth(bearer);
    }
    let answer = request.send().await.map_err(|e| e.to_string())?;
    let status = answer.status().as_u16();
    Ok((status, answer.text().await.map_err(|e| e.to_string())?))
}
