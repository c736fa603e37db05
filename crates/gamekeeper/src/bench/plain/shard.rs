//! Its gateway connection.

use std::{borrow::Cow, time::Duration};

use flate2::{Decompress, FlushDecompress};
use futures_util::{SinkExt as _, StreamExt as _};
use sandbox::Sandbox;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        Message,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};
use zstd::stream::raw::{Decoder, InBuffer, Operation as _, OutBuffer};

use crate::stage::verbs::Told;

/// How events are packed on the way.
#[derive(Clone, Copy, Debug)]
pub(in crate::bench) enum Packing {
    Plain,
    Zlib,
    Zstd,
}

impl Packing {
    pub(in crate::bench) const ALL: [Self; 3] = [Self::Plain, Self::Zlib, Self::Zstd];

    /// As the URL's query says it.
    pub(in crate::bench) fn name(self) -> &'static str {
        match self {
            Self::Plain => "uncompressed",
            Self::Zlib => "zlib-stream",
            Self::Zstd => "zstd-stream",
        }
    }
}

enum Unpacker {
    Plain,
    Zlib(Decompress),
    Zstd(Decoder<'static>),
}

/// What it reads of a frame.
#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(borrow)]
    t: Option<Cow<'a, str>>,
    d: Option<Body>,
}

/// What it reads of an event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::bench) struct Body {
    /// Whatever it is about.
    pub(in crate::bench) id: String,
    /// An interaction's token.
    pub(in crate::bench) token: String,
    /// Guilds of READY.
    pub(in crate::bench) guilds: Vec<IgnoredAny>,
    /// Channels of a guild.
    pub(in crate::bench) channels: Vec<IgnoredAny>,
}

pub(in crate::bench) struct Shard {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    unpacker: Unpacker,
    text: Vec<u8>,
    heartbeat: tokio::time::Interval,
    /// Bytes received, as packed.
    pub(in crate::bench) received: usize,
}

impl Shard {
    /// Connects, without identifying.
    pub(in crate::bench) async fn connect(discord: &Sandbox, packing: Packing) -> Told<Self> {
        let (query, unpacker) = match packing {
            Packing::Plain => (String::new(), Unpacker::Plain),
            Packing::Zlib => {
                (format!("&compress={}", packing.name()), Unpacker::Zlib(Decompress::new(true)))
            }
            Packing::Zstd => {
                let decoder = Decoder::new().map_err(|error| error.to_string())?;
                (format!("&compress={}", packing.name()), Unpacker::Zstd(decoder))
            }
        };
        let url = format!("{}/?v=10&encoding=json{query}", discord.gateway_url());
        let (socket, _) = connect_async(url).await.map_err(|error| error.to_string())?;
        let pace = Duration::from_secs(30);
        let heartbeat = tokio::time::interval_at(tokio::time::Instant::now() + pace, pace);
        Ok(Self { socket, unpacker, text: Vec::new(), heartbeat, received: 0 })
    }

    /// IDENTIFY for the only shard.
    pub(in crate::bench) async fn identify(&mut self, discord: &Sandbox) -> Told<()> {
        let properties = json!({"os": "linux", "browser": "bench", "device": "bench"});
        let data = json!({"token": discord.token(), "intents": 1, "properties": properties});
        self.send(Message::text(json!({"op": 2, "d": data}).to_string())).await
    }

    /// The next event: its name and what is read of it.
    pub(in crate::bench) async fn event(&mut self) -> Told<(String, Body)> {
        loop {
            let message = tokio::select! {
                message = self.socket.next() => message.ok_or("the gateway hung up")?,
                _ = self.heartbeat.tick() => {
                    self.send(Message::text(r#"{"op":1,"d":null}"#)).await?;
                    continue;
                }
            };
            let message = message.map_err(|error| error.to_string())?;
            self.received += message.len();
            let text = match &message {
                Message::Text(text) => text.as_bytes(),
                Message::Binary(bytes) => {
                    unpack(&mut self.unpacker, bytes, &mut self.text)?;
                    &self.text
                }
                Message::Close(frame) => return Err(format!("the gateway closed: {frame:?}")),
                _ => continue,
            };
            let frame: Frame<'_> =
                serde_json::from_slice(text).map_err(|error| error.to_string())?;
            if let Some(name) = frame.t {
                return Ok((name.into_owned(), frame.d.unwrap_or_default()));
            }
        }
    }

    /// Ends the session.
    pub(in crate::bench) async fn close(mut self) -> Told<()> {
        let goodbye = CloseFrame { code: CloseCode::Normal, reason: "".into() };
        self.send(Message::Close(Some(goodbye))).await?;
        while let Some(Ok(_)) = self.socket.next().await {}
        Ok(())
    }

    async fn send(&mut self, message: Message) -> Told<()> {
        self.socket.send(message).await.map_err(|error| error.to_string())
    }
}

/// One packed message, into `text`.
fn unpack(unpacker: &mut Unpacker, packed: &[u8], text: &mut Vec<u8>) -> Told<()> {
    text.clear();
    text.reserve(packed.len() * 8);
    match unpacker {
        Unpacker::Plain => return Err("packed, though nobody asked".to_owned()),
        Unpacker::Zlib(stream) => {
            let start = stream.total_in();
            loop {
                let read = usize::try_from(stream.total_in() - start).unwrap_or(packed.len());
                stream
                    .decompress_vec(&packed[read..], text, FlushDecompress::Sync)
                    .map_err(|error| error.to_string())?;
                if text.len() < text.capacity() {
                    break;
                }
                text.reserve(text.capacity());
            }
        }
        Unpacker::Zstd(stream) => {
            let mut source = InBuffer::around(packed);
            let mut room = vec![0; 64 * 1024];
            loop {
                let mut target = OutBuffer::around(&mut room[..]);
                stream.run(&mut source, &mut target).map_err(|error| error.to_string())?;
                let full = target.pos() == target.capacity();
                text.extend_from_slice(target.as_slice());
                if source.pos() == packed.len() && !full {
                    break;
                }
            }
        }
    }
    Ok(())
}
