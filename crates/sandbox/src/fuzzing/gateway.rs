//! Any gateway connections, one after another.

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

use super::names::Names;
use super::pipe::Plug;
use crate::sandbox::Sandbox;

/// Connections of one input.
const MOST: usize = 6;

pub(super) async fn play(_: &Sandbox, plug: &Plug, names: &mut Names, input: &[u8]) {
    for part in super::parts(input).take(MOST) {
        let part = names.fill(part);
        let (query, rest) = super::split(&part, b"\n");
        let query = super::clean(query);
        let mut pipe = plug.open().await.expect("the sandbox is there");
        if !shake_hands(&mut pipe, &query).await {
            continue;
        }
        let sent = frames(rest);
        let (mut reader, mut writer) = tokio::io::split(pipe);
        let write = async {
            // The gateway may have closed before it has read everything.
            let _ = writer.write_all(&sent).await;
            let _ = writer.shutdown().await;
        };
        let mut answer = Vec::new();
        let read = reader.read_to_end(&mut answer);
        let ((), read) = tokio::join!(write, read);
        read.expect("a pipe does not break");
        let goodbye =
            rest.split(|byte| *byte == b'\n').any(|line| matches!(line.first(), Some(b'C' | b'R')));
        let packed = query.contains("compress");
        check(names, &answer, packed, goodbye);
    }
}

/// The HTTP half; false when there is no websocket after it.
async fn shake_hands(pipe: &mut DuplexStream, query: &str) -> bool {
    let request = format!(
        "GET /?{query} HTTP/1.1\r\nhost: box\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    pipe.write_all(request.as_bytes()).await.expect("the sandbox reads");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = pipe.read_u8().await else { break };
        head.push(byte);
    }
    head.starts_with(b"HTTP/1.1 101")
}

/// The websocket frames of an input. A line is a text frame, or begins with `B` (binary), `P` (ping), `C` (close with
/// that code) or `R` (bytes as hexadecimal digits, whatever they mean).
fn frames(lines: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in lines.split(|byte| *byte == b'\n') {
        match line.split_first() {
            Some((b'B', rest)) => frame(&mut bytes, 2, rest),
            Some((b'P', rest)) => frame(&mut bytes, 9, &rest[..rest.len().min(125)]),
            Some((b'C', rest)) => {
                let code =
                    std::str::from_utf8(rest).ok().and_then(|code| code.trim().parse::<u16>().ok());
                frame(&mut bytes, 8, &code.map(u16::to_be_bytes).unwrap_or_default());
            }
            Some((b'R', rest)) => bytes.extend(
                rest.chunks_exact(2)
                    .filter_map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()),
            ),
            _ => frame(&mut bytes, 1, line),
        }
    }
    bytes
}

/// A whole frame as a client sends it: masked, here with a mask that changes nothing (RFC 6455, 5.2).
fn frame(bytes: &mut Vec<u8>, opcode: u8, payload: &[u8]) {
    bytes.push(0x80 | opcode);
    match (u8::try_from(payload.len()), u16::try_from(payload.len())) {
        (Ok(short @ 0..=125), _) => bytes.push(0x80 | short),
        (_, Ok(medium)) => {
            bytes.push(0x80 | 0x7e);
            bytes.extend(medium.to_be_bytes());
        }
        _ => {
            bytes.push(0x80 | 0x7f);
            bytes.extend((payload.len() as u64).to_be_bytes());
        }
    }
    bytes.extend([0; 4]);
    bytes.extend_from_slice(payload);
}

/// Holds what came back to the protocol: whole JSON frames, then at most one close with a documented code.
fn check(names: &mut Names, mut bytes: &[u8], packed: bool, goodbye: bool) {
    let mut closed = false;
    while let Some((opcode, payload, rest)) = unframe(bytes) {
        bytes = rest;
        assert!(!closed, "a frame after the close");
        match opcode {
            1 => {
                let read: Value = serde_json::from_slice(payload).expect("frames are JSON");
                assert!(read["op"].is_u64(), "a frame without op: {read}");
                if let Some(session) = read["d"]["session_id"].as_str() {
                    names.set("session", session);
                }
            }
            2 => assert!(packed || payload.first() == Some(&0x78), "binary, though nobody asked"),
            8 => {
                closed = true;
                let code = payload.first_chunk().map_or(1005, |two| u16::from_be_bytes(*two));
                let documented = matches!(code, 4000..=4005 | 4007..=4014);
                // A client's own close is answered with its own code.
                assert!(documented || goodbye, "closed with {code}");
            }
            // Pongs.
            10 => {}
            _ => panic!("a frame of type {opcode}"),
        }
    }
    assert!(bytes.is_empty(), "half a frame");
}

/// Takes the first frame of a server off: opcode, payload, what follows.
fn unframe(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[first, second], rest) = bytes.split_first_chunk()?;
    assert!(first & 0x80 != 0 && second & 0x80 == 0, "servers neither split nor mask here");
    let (length, rest) = match second {
        0x7e => rest
            .split_first_chunk()
            .map(|(two, rest)| (u64::from(u16::from_be_bytes(*two)), rest))?,
        0x7f => rest.split_first_chunk().map(|(eight, rest)| (u64::from_be_bytes(*eight), rest))?,
        short => (u64::from(short), rest),
    };
    let (payload, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some((first & 0x0f, payload, rest))
}
