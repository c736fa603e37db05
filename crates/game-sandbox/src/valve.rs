//! Valve's server queries (<https://developer.valvesoftware.com/wiki/Server_queries>): every question needs a
//! number that the server has given out before, so that nobody can have the answers sent to others.

use crate::server::Facts;

const WHOLE: [u8; 4] = [0xff; 4];
const PART: [u8; 4] = [0xfe, 0xff, 0xff, 0xff];
const INFO: &[u8] = b"TSource Engine Query\0";
const CHALLENGE: [u8; 4] = [0x0b, 0xad, 0xf0, 0x0d];
/// Longest datagram; what is longer is sent in parts.
const LONGEST: usize = 1_400;

/// The datagrams of the answer; none to what is no question.
pub(crate) fn answer(facts: &Facts, asked: &[u8]) -> Vec<Vec<u8>> {
    let Some(question) = asked.strip_prefix(&WHOLE) else { return Vec::new() };
    let (said, body) = match question {
        [b'T', ..] => match question.strip_prefix(INFO) {
            Some(said) => (said, info(facts)),
            None => return Vec::new(),
        },
        [b'U', said @ ..] => (said, players(facts)),
        [b'V', said @ ..] => (said, rules()),
        _ => return Vec::new(),
    };
    let body = if said == CHALLENGE { body } else { [b"A", &CHALLENGE[..]].concat() };
    datagrams(&[&WHOLE, body.as_slice()].concat())
}

fn datagrams(answer: &[u8]) -> Vec<Vec<u8>> {
    if answer.len() <= LONGEST {
        return vec![answer.to_vec()];
    }
    let parts = answer.chunks(LONGEST);
    let total = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    let size = u16::try_from(LONGEST).unwrap_or(u16::MAX).to_le_bytes();
    let head = |number: u8| [&PART[..], &[1, 0, 0, 0], &[total, number], &size].concat();
    (0..).zip(parts).map(|(number, part)| [head(number).as_slice(), part].concat()).collect()
}

fn text(text: &str) -> Vec<u8> {
    [text.as_bytes(), &[0]].concat()
}

fn count(players: &[String]) -> u8 {
    u8::try_from(players.len()).unwrap_or(u8::MAX)
}

fn info(facts: &Facts) -> Vec<u8> {
    [
        vec![b'I', 17],
        text(&facts.name),
        text(&facts.map),
        text("csgo"),
        text("Counter-Strike 2"),
        // The number of a game is that of its shop page, cut to 16 bits.
        730_u16.to_le_bytes().to_vec(),
        // Dedicated, on Linux, without a password, cheaters unwelcome.
        vec![count(&facts.players), facts.max, 0, b'd', b'l', 0, 1],
        text(&facts.version),
        // No more.
        vec![0],
    ]
    .concat()
}

fn players(facts: &Facts) -> Vec<u8> {
    let mut answer = vec![b'D', count(&facts.players)];
    for name in facts.players.iter().take(usize::from(u8::MAX)) {
        answer.push(0);
        answer.extend(text(name));
        answer.extend(7_i32.to_le_bytes());
        answer.extend(90.5_f32.to_le_bytes());
    }
    answer
}

fn rules() -> Vec<u8> {
    let rules = [("mp_friendlyfire", "0"), ("sv_gravity", "800")];
    let said: Vec<u8> = rules.iter().flat_map(|(k, v)| [text(k), text(v)].concat()).collect();
    [vec![b'E', 2, 0], said].concat()
}
