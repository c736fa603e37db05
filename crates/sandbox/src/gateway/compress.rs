//! Transport and payload compression (events/gateway, "Encoding and Compression").

use std::io::Write as _;

use axum::extract::ws::Message;
use flate2::{Compress, Compression, FlushCompress, write::ZlibEncoder};
use zstd::stream::raw::{Encoder, InBuffer, Operation as _, OutBuffer};

/// Payload compression is used for big payloads only; Discord promises no more than "may".
const PAYLOAD_THRESHOLD: usize = 8_192;

/// How a connection packs its messages: one context for the whole connection.
pub(crate) enum Packer {
    Plain,
    ZlibStream(Box<Compress>),
    ZstdStream(Box<Encoder<'static>>),
}

impl Packer {
    /// From the `compress` query value; `None` when it is unknown.
    pub(crate) fn from_query(value: Option<&str>) -> Option<Self> {
        match value {
            None | Some("") => Some(Self::Plain),
            Some("zlib-stream") => {
                Some(Self::ZlibStream(Box::new(Compress::new(Compression::fast(), true))))
            }
            Some("zstd-stream") => {
                Encoder::new(1).ok().map(|encoder| Self::ZstdStream(Box::new(encoder)))
            }
            Some(_) => None,
        }
    }

    /// One websocket message. `payload` asks for payload compression, which transport compression excludes.
    pub(crate) fn pack(&mut self, text: String, payload: bool) -> std::io::Result<Message> {
        match self {
            Self::Plain if payload && text.len() >= PAYLOAD_THRESHOLD => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(text.as_bytes())?;
                Ok(Message::Binary(encoder.finish()?.into()))
            }
            Self::Plain => Ok(Message::Text(text.into())),
            Self::ZlibStream(stream) => {
                zlib(stream, text.as_bytes()).map(|bytes| Message::Binary(bytes.into()))
            }
            Self::ZstdStream(stream) => {
                zstd(stream, text.as_bytes()).map(|bytes| Message::Binary(bytes.into()))
            }
        }
    }
}

/// A sync flush ends every message with 00 00 ff ff, the mark clients look for.
fn zlib(stream: &mut Compress, input: &[u8]) -> std::io::Result<Vec<u8>> {
    let start = stream.total_in();
    let mut output = Vec::with_capacity(input.len() / 3 + 64);
    loop {
        let done =
            usize::try_from(stream.total_in() - start).unwrap_or(usize::MAX).min(input.len());
        stream
            .compress_vec(&input[done..], &mut output, FlushCompress::Sync)
            .map_err(std::io::Error::other)?;
        // Room left means that the flush is complete.
        if output.len() < output.capacity() {
            return Ok(output);
        }
        output.reserve(output.capacity().max(1024));
    }
}

fn zstd(stream: &mut Encoder<'static>, input: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut output = Vec::with_capacity(input.len() / 3 + 256);
    let mut chunk = [0_u8; 16_384];
    let chunk = &mut chunk[..];
    let mut source = InBuffer::around(input);
    while source.pos() < input.len() {
        let mut target = OutBuffer::around(&mut *chunk);
        stream.run(&mut source, &mut target)?;
        output.extend_from_slice(target.as_slice());
    }
    loop {
        let mut target = OutBuffer::around(&mut *chunk);
        let left = stream.flush(&mut target)?;
        output.extend_from_slice(target.as_slice());
        if left == 0 {
            return Ok(output);
        }
    }
}
