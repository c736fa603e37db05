//! Its REST connections.

use sandbox::Sandbox;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
    task::JoinSet,
};

use super::Body;
use crate::stage::verbs::Told;

/// Connections kept open; each has one request under way at a time.
const CONNECTIONS: usize = 32;

/// Answers that wait for one connection.
const WAITING: usize = 64;

/// Answers interactions, over a number of connections in turn.
pub(in crate::bench) struct Desk {
    lines: Vec<mpsc::Sender<Body>>,
    next: usize,
    running: JoinSet<Told<()>>,
}

impl Desk {
    /// Answers every interaction with this body.
    pub(in crate::bench) async fn open(discord: &Sandbox, answer: &'static str) -> Told<Self> {
        let mut desk = Self { lines: Vec::new(), next: 0, running: JoinSet::new() };
        for _ in 0..CONNECTIONS {
            let (line, mut asked) = mpsc::channel::<Body>(WAITING);
            let mut stream = connect(discord).await?;
            desk.running.spawn(async move {
                let mut read = Vec::new();
                while let Some(Body { id, token, .. }) = asked.recv().await {
                    let request = format!(
                        "POST /api/v10/interactions/{id}/{token}/callback HTTP/1.1\r\nhost: box\r\n\
                         content-type: application/json\r\ncontent-length: {}\r\n\r\n{answer}",
                        answer.len()
                    );
                    exchange(&mut stream, &request, &mut read).await?;
                    if !read.starts_with(b"HTTP/1.1 204") {
                        return Err(String::from_utf8_lossy(&read).into_owned());
                    }
                }
                Ok(())
            });
            desk.lines.push(line);
        }
        Ok(desk)
    }

    /// Hands an interaction to the next connection.
    pub(in crate::bench) async fn take(&mut self, asked: Body) -> Told<()> {
        self.next = (self.next + 1) % self.lines.len();
        if self.lines[self.next].send(asked).await.is_ok() {
            return Ok(());
        }
        match self.running.join_next().await {
            Some(Ok(Err(why))) => Err(why),
            _ => Err("a connection ended".to_owned()),
        }
    }
}

/// One request with the bot's token on a connection of its own; an error unless it succeeds.
pub(in crate::bench) async fn call(
    discord: &Sandbox,
    method: &str,
    path: &str,
    body: &str,
) -> Told<()> {
    let request = format!(
        "{method} /api/v10{path} HTTP/1.1\r\nhost: box\r\nauthorization: Bot {}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        discord.token(),
        body.len()
    );
    let mut read = Vec::new();
    exchange(&mut connect(discord).await?, &request, &mut read).await?;
    if read.starts_with(b"HTTP/1.1 2") {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&read).into_owned())
    }
}

async fn connect(discord: &Sandbox) -> Told<TcpStream> {
    let stream = TcpStream::connect(discord.address()).await.map_err(|error| error.to_string())?;
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    Ok(stream)
}

/// Sends a request and reads the head of its answer, with whatever of the body came along.
async fn exchange(stream: &mut TcpStream, request: &str, read: &mut Vec<u8>) -> Told<()> {
    stream.write_all(request.as_bytes()).await.map_err(|error| error.to_string())?;
    read.clear();
    while !read.windows(4).any(|four| four == b"\r\n\r\n") {
        if stream.read_buf(read).await.map_err(|error| error.to_string())? == 0 {
            return Err("the connection ended".to_owned());
        }
    }
    Ok(())
}
