//! Java Edition's server list ping: packets with a length before them, numbers in groups of seven bits
//! (<https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping>).

use serde_json::json;

use crate::server::Facts;

/// No question is longer.
const LONGEST: usize = 1_024;

/// What a client wants.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Packet {
    /// It says which name it connected to, and that it wants the status.
    Hello(String),
    /// How is the server doing?
    Status,
    /// Say the same eight bytes again.
    Ping([u8; 8]),
}

/// The next packet, and what is left after it; none as long as it is incomplete. What no client
/// says is an error.
pub(crate) fn next(bytes: &[u8], greeted: bool) -> Result<Option<(Packet, &[u8])>, &'static str> {
    let Some((length, rest)) = number(bytes)? else { return Ok(None) };
    let length = usize::try_from(length).ok().filter(|n| (1..=LONGEST).contains(n));
    let length = length.ok_or("a length that no client sends")?;
    let Some((body, rest)) = rest.split_at_checked(length) else { return Ok(None) };
    Ok(Some((read(body, greeted)?, rest)))
}

fn read(body: &[u8], greeted: bool) -> Result<Packet, &'static str> {
    match (body, greeted) {
        ([0, rest @ ..], false) => {
            let (_protocol, rest) = number(rest)?.ok_or("cut")?;
            let (length, rest) = number(rest)?.ok_or("cut")?;
            let length = usize::try_from(length).map_err(|_| "a negative length")?;
            let (host, rest) = rest.split_at_checked(length).ok_or("cut")?;
            // A port, and what the client has come for: 1 is the status.
            let [_, _, 1] = rest else { return Err("it has not come for the status") };
            let host = std::str::from_utf8(host).map_err(|_| "not UTF-8")?;
            Ok(Packet::Hello(host.to_owned()))
        }
        ([0], true) => Ok(Packet::Status),
        ([1, echo @ ..], true) => {
            Ok(Packet::Ping(echo.try_into().map_err(|_| "a ping has eight bytes")?))
        }
        _ => Err("a packet that nobody knows"),
    }
}

fn number(bytes: &[u8]) -> Result<Option<(i32, &[u8])>, &'static str> {
    let mut value = 0_u32;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value |= u32::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok(Some((value.cast_signed(), &bytes[at + 1..])));
        }
    }
    if bytes.len() < 5 { Ok(None) } else { Err("a number without an end") }
}

/// A number as it is sent.
pub(crate) fn as_number(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn packet(body: &[u8]) -> Vec<u8> {
    [as_number(body.len()).as_slice(), body].concat()
}

/// How the server is doing.
pub(crate) fn status(facts: &Facts) -> Vec<u8> {
    let sample: Vec<_> = facts
        .players
        .iter()
        .take(12)
        .map(|name| json!({ "name": name, "id": "4566e69f-c907-48ee-8d71-d7ba5aa00d20" }))
        .collect();
    let status = json!({
        "version": { "name": facts.version, "protocol": 769 },
        "players": { "max": facts.max, "online": facts.players.len(), "sample": sample },
        "description": { "text": facts.name },
        "enforcesSecureChat": false,
    });
    let text = status.to_string();
    packet(&[&[0], as_number(text.len()).as_slice(), text.as_bytes()].concat())
}

/// The answer to a ping.
pub(crate) fn pong(echo: [u8; 8]) -> Vec<u8> {
    packet(&[&[1], echo.as_slice()].concat())
}
