//! Plain HTTP over a socket of its own: shows exactly what comes back, resets included.

use std::io;
use std::time::Duration;

use sandbox::Sandbox;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> f64 {
        self.header(name).unwrap().parse().unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(key, value)| (key.to_lowercase(), value.to_owned())).collect();
        Some(Self { status, headers, body: body.to_owned() })
    }
}

/// Marks a request that may be wrong on purpose.
pub const PROBE: &str = "x-sandbox-probe";

/// The bytes of a request with the bot's token.
fn request(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> String {
    format!(
        "{method} /api/v10{path} HTTP/1.1\r\nhost: discord.com\r\nconnection: close\r\n\
         authorization: Bot {}\r\nuser-agent: DiscordBot (test, 1)\r\ncontent-type: application/json\r\n\
         x-sandbox-probe: it\r\n\
         content-length: {}\r\n\r\n{body}",
        sandbox.token(),
        body.len()
    )
}

/// One request with exactly these headers (besides Host, Connection and the length), to any path.
pub async fn raw(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    // What these tests send may be wrong on purpose; see the tap.
    let probe = headers.iter().all(|(name, _)| *name != PROBE).then_some((PROBE, "it"));
    let headers: String = headers
        .iter()
        .chain(&probe)
        .flat_map(|(name, value)| [*name, ": ", *value, "\r\n"])
        .collect();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: discord.com\r\nconnection: close\r\n{headers}\
         content-length: {length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    // A server that refuses a body early may close before it has read all of it.
    let _ = stream.write_all(body).await;
    receive(stream).await.unwrap()
}

/// Sends a request without waiting for the answer; the connection is the caller's to keep or to drop.
pub async fn send(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(request(sandbox, method, path, body).as_bytes()).await.unwrap();
    stream
}

/// One request; the error is what the socket said.
pub async fn call(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> io::Result<Answer> {
    receive(send(sandbox, method, path, body).await).await
}

async fn receive(mut stream: TcpStream) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes));
    read.await.map_err(|_| io::ErrorKind::TimedOut)??;
    let text = String::from_utf8_lossy(&bytes);
    Answer::parse(&text).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

pub async fn get(sandbox: &Sandbox, path: &str) -> Answer {
    call(sandbox, "GET", path, "").await.unwrap()
}
