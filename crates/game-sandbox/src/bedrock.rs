//! Bedrock Edition's answer to RakNet's unconnected ping
//! (<https://minecraft.wiki/w/RakNet#Unconnected_Ping>).

use crate::server::Facts;

const PING: u8 = 0x01;
const PONG: u8 = 0x1c;
const MAGIC: [u8; 16] = [
    0x00, 0xff, 0xff, 0x00, 0xfe, 0xfe, 0xfe, 0xfe, 0xfd, 0xfd, 0xfd, 0xfd, 0x12, 0x34, 0x56, 0x78,
];
const OURS: u64 = 0x0102_0304_0506_0708;

/// The answer; none to what is no ping.
pub(crate) fn answer(facts: &Facts, asked: &[u8]) -> Option<Vec<u8>> {
    let (id, rest) = asked.split_first()?;
    let (time, rest) = rest.split_first_chunk::<8>()?;
    let (magic, guid) = rest.split_first_chunk::<16>()?;
    if *id != PING || *magic != MAGIC || guid.len() != 8 {
        return None;
    }
    let text = format!(
        "MCPE;{};766;{};{};{};{OURS};{};Survival;1;19132;19133;",
        facts.name,
        facts.version,
        facts.players.len(),
        facts.max,
        facts.map,
    );
    let length = u16::try_from(text.len()).ok()?.to_be_bytes();
    Some([&[PONG], time.as_slice(), &OURS.to_be_bytes(), &MAGIC, &length, text.as_bytes()].concat())
}
