//! What may reach the query library: nothing that has it set memory aside for what is not there.

/// Longest answer of a Minecraft server, its picture included; real ones stay below a tenth.
const LONGEST_PACKET: usize = 256 * 1_024;
/// Longest answer in parts that were squeezed.
const LONGEST_SQUEEZED: u32 = 128 * 1_024;

/// The first packet of what a Minecraft server has said so far, whole: none as long as there is
/// more to come, an error when it is not what a server says.
pub(super) fn packet(said: &[u8]) -> Result<Option<&[u8]>, ()> {
    let Some((length, head)) = number(said)? else { return Ok(None) };
    if length == 0 || length > LONGEST_PACKET {
        return Err(());
    }
    // What kind of packet it is: the first. Others who talk first are known by this.
    if said.get(head).is_some_and(|kind| *kind != 0) {
        return Err(());
    }
    let Some(whole) = said.get(..head + length) else { return Ok(None) };
    let body = &whole[head..];
    // A text as long as the rest.
    let Some((text, start)) = number(&body[1..])? else { return Err(()) };
    if body.len() == 1 + start + text { Ok(Some(whole)) } else { Err(()) }
}

/// A number in groups of seven bits, and how many bytes it takes.
fn number(bytes: &[u8]) -> Result<Option<(usize, usize)>, ()> {
    let mut value = 0_usize;
    // Four groups are more than any length that is let through.
    for (at, byte) in bytes.iter().take(4).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok(Some((value, at + 1)));
        }
    }
    if bytes.len() < 4 { Ok(None) } else { Err(()) }
}

/// Whether a datagram may pass. Of Valve's parts of a larger answer, those may not that say there is
/// no part at all, or that they become enormous when they are unpacked.
pub(super) fn datagram(said: &[u8]) -> bool {
    let Some(part) = said.strip_prefix(&[0xfe, 0xff, 0xff, 0xff]) else { return true };
    let [_, _, _, id, parts, _, _, _, rest @ ..] = part else { return false };
    let is_squeezed = id & 0x80 != 0;
    let unpacked = rest.first_chunk::<4>().map(|bytes| u32::from_le_bytes(*bytes));
    *parts > 0 && (!is_squeezed || unpacked.is_some_and(|bytes| bytes <= LONGEST_SQUEEZED))
}

#[cfg(test)]
mod tests {
    use super::{datagram, packet};

    #[test]
    fn a_whole_answer_passes_and_what_follows_it_does_not() {
        let answer = b"\x04\x00\x02{}";
        assert_eq!(packet(answer), Ok(Some(&answer[..])));
        assert_eq!(packet(b"\x04\x00\x02{}\x09\x01and more"), Ok(Some(&answer[..])));
        for cut in 0..answer.len() {
            assert_eq!(packet(&answer[..cut]), Ok(None), "{cut}");
        }
        let long = [&b"\x84\x02\x00\x81\x02"[..], &[b'x'; 257]].concat();
        assert_eq!(packet(&long), Ok(Some(&long[..])));
    }

    #[test]
    fn lengths_that_are_not_there_do_not_pass() {
        for odd in [
            &b"\x00"[..],
            b"\xff\xff\xff\xff\x07",
            b"\xff\xff\xff\x7f",
            // Texts of minus one byte, of 2 GiB, of one byte too many and one too few.
            b"\x07\x00\xff\xff\xff\xff\x0f{",
            b"\x07\x00\xff\xff\xff\xff\x07{",
            b"\x04\x00\x03{}",
            b"\x04\x00\x01{}",
            // Another kind of packet.
            b"\x04\x02\x02{}",
            b"\x01\x00",
            b"HTTP/1.1 400 Bad Request",
        ] {
            assert_eq!(packet(odd), Err(()), "{odd:?}");
        }
    }

    #[test]
    fn parts_that_unpack_to_gigabytes_do_not_pass() {
        let part = |id: u8, parts: u8, unpacked: u32| {
            let head = [0xfe, 0xff, 0xff, 0xff, 1, 0, 0, id, parts, 0, 0xe0, 4];
            [&head[..], &unpacked.to_le_bytes(), &[0; 8]].concat()
        };
        assert!(datagram(b"\xff\xff\xff\xffI\x11"));
        assert!(datagram(&part(0, 2, u32::MAX)), "not squeezed");
        assert!(datagram(&part(0x80, 2, 4_000)));
        assert!(!datagram(&part(0x80, 2, u32::MAX)));
        assert!(!datagram(&part(0, 0, 0)), "the part of none");
        assert!(!datagram(&[0xfe, 0xff, 0xff, 0xff, 1]), "cut");
    }
}
