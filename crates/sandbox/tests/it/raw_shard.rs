//! A gateway client that does nothing by itself: every frame and close code is visible.

use std::io::Write as _;
use std::time::Duration;

use flate2::{Decompress, FlushDecompress, write::ZlibDecoder};
use futures_util::{SinkExt as _, StreamExt as _};
use sandbox::Sandbox;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use zstd::stream::raw::{Decoder, InBuffer, Operation as _, OutBuffer};

/// What came in.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    Json(Value),
    Close(u16),
    /// The end without a close frame.
    Broken,
}

/// How binary messages are to be read.
enum Unpack {
    Payload,
    ZlibStream(Box<Decompress>),
    ZstdStream(Box<Decoder<'static>>),
}

pub struct RawShard {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    unpack: Unpack,
    /// How many messages came in binary.
    pub binary: usize,
    /// Newest sequence number.
    pub seq: u64,
}

impl RawShard {
    /// Connects with this query and reads HELLO.
    pub async fn open(sandbox: &Sandbox, query: &str) -> Self {
        let mut shard = Self::connect(sandbox, query).await;
        let Frame::Json(hello) = shard.next().await else { panic!("no HELLO") };
        assert_eq!(hello["op"], 10);
        assert!(hello["d"]["heartbeat_interval"].is_u64());
        shard
    }

    /// Connects with this query.
    pub async fn connect(sandbox: &Sandbox, query: &str) -> Self {
        let url = format!("{}/?{query}", sandbox.gateway_url());
        let (socket, _) = connect_async(url).await.unwrap();
        let unpack = if query.contains("zlib-stream") {
            Unpack::ZlibStream(Box::new(Decompress::new(true)))
        } else if query.contains("zstd-stream") {
            Unpack::ZstdStream(Box::new(Decoder::new().unwrap()))
        } else {
            Unpack::Payload
        };
        Self { socket, unpack, binary: 0, seq: 0 }
    }

    /// Connects and identifies; returns READY's body too.
    pub async fn ready(sandbox: &Sandbox, intents: u64) -> (Self, Value) {
        let mut shard = Self::open(sandbox, "v=10&encoding=json").await;
        shard.identify(sandbox, json!({"intents": intents})).await;
        let ready = shard.dispatch("READY").await;
        (shard, ready)
    }

    /// The next frame.
    pub async fn next(&mut self) -> Frame {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(5), self.socket.next()).await;
            let text = match message.expect("the gateway is silent") {
                Some(Ok(Message::Text(text))) => text.as_bytes().to_vec(),
                Some(Ok(Message::Binary(bytes))) => {
                    self.binary += 1;
                    self.unpack(&bytes)
                }
                Some(Ok(Message::Close(Some(frame)))) => return Frame::Close(frame.code.into()),
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Frame::Broken,
                Some(Ok(_)) => continue,
            };
            let value: Value = serde_json::from_slice(&text).unwrap();
            if let Some(seq) = value["s"].as_u64() {
                self.seq = seq;
            }
            return Frame::Json(value);
        }
    }

    /// The next frame that is no dispatch.
    pub async fn control(&mut self) -> Frame {
        loop {
            match self.next().await {
                Frame::Json(value) if value["op"] == 0 => {}
                other => return other,
            }
        }
    }

    /// Reads until this event and returns its body.
    pub async fn dispatch(&mut self, name: &str) -> Value {
        loop {
            match self.next().await {
                Frame::Json(value) if value["t"] == name => return value["d"].clone(),
                Frame::Json(_) => {}
                end => panic!("{end:?} instead of {name}"),
            }
        }
    }

    /// Names of all events that come before the gateway is quiet for a moment.
    pub async fn events(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        while let Ok(frame) = tokio::time::timeout(Duration::from_millis(150), self.next()).await {
            let Frame::Json(value) = frame else { break };
            names.extend(value["t"].as_str().map(str::to_owned));
        }
        names
    }

    /// The names of channels that CHANNEL_UPDATE tells, in order, until nothing comes any more.
    pub async fn renames(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        while let Ok(Frame::Json(event)) =
            tokio::time::timeout(Duration::from_millis(150), self.next()).await
        {
            if event["t"] == "CHANNEL_UPDATE" {
                names.push(event["d"]["name"].as_str().unwrap().to_owned());
            }
        }
        names
    }

    pub async fn send(&mut self, message: Value) {
        self.say(&message.to_string()).await;
    }

    pub async fn say(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// The same, when the server may hang up meanwhile.
    pub async fn try_say(&mut self, text: &str) {
        let _ = self.socket.send(Message::text(text)).await;
    }

    pub async fn say_bytes(&mut self, bytes: &'static [u8]) {
        self.socket.send(Message::binary(bytes)).await.unwrap();
    }

    /// IDENTIFY; `more` goes on top of the usual fields.
    pub async fn identify(&mut self, sandbox: &Sandbox, more: Value) {
        let properties = json!({"os": "linux", "browser": "raw", "device": "raw"});
        let mut data = json!({"token": sandbox.token(), "intents": 0, "properties": properties});
        for (key, value) in more.as_object().unwrap() {
            data[key] = value.clone();
        }
        self.send(json!({"op": 2, "d": data})).await;
    }

    /// RESUME.
    pub async fn resume(&mut self, sandbox: &Sandbox, ready: &Value, seq: u64) {
        let session = &ready["session_id"];
        let data = json!({"token": sandbox.token(), "session_id": session, "seq": seq});
        self.send(json!({"op": 6, "d": data})).await;
    }

    /// Closes with a code, as a client does.
    pub async fn close(mut self, code: u16) {
        use tokio_tungstenite::tungstenite::protocol::CloseFrame;
        let frame = CloseFrame { code: code.into(), reason: "".into() };
        self.socket.close(Some(frame)).await.unwrap();
        while let Some(Ok(_)) = self.socket.next().await {}
    }

    fn unpack(&mut self, bytes: &[u8]) -> Vec<u8> {
        match &mut self.unpack {
            Unpack::Payload => {
                let mut decoder = ZlibDecoder::new(Vec::new());
                decoder.write_all(bytes).unwrap();
                decoder.finish().unwrap()
            }
            Unpack::ZlibStream(stream) => {
                assert_eq!(bytes[bytes.len() - 4..], [0, 0, 0xff, 0xff]);
                let mut text = Vec::with_capacity(1 << 20);
                stream.decompress_vec(bytes, &mut text, FlushDecompress::Sync).unwrap();
                text
            }
            Unpack::ZstdStream(stream) => {
                let mut room = vec![0; 1 << 20];
                let mut source = InBuffer::around(bytes);
                let mut target = OutBuffer::around(&mut room[..]);
                while source.pos() < bytes.len() {
                    stream.run(&mut source, &mut target).unwrap();
                }
                target.as_slice().to_vec()
            }
        }
    }
}
